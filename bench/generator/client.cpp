#include "bench/generator/client.hpp"

namespace invited::bench {

coro<const answer*> client::ask(std::size_t op, std::string_view request) {
  const steady::time_point sent = steady::now();
  meant_ = first_ ? intended_ : sent;
  first_ = false;
  numbers_.note_sent(sent);
  co_await connection_.exchange(request, answer_);
  measured_ = numbers_.note(op, answer_, meant_, sent, steady::now());
  co_return &answer_;
}

} // namespace invited::bench

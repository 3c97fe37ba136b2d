#include "bench/generator/pulse.hpp"

#include <algorithm>

namespace invited::bench {

using namespace std::chrono_literals;

void second::merge(const second& other) {
  from = std::min(from, other.from);
  until = std::max(until, other.until);
  sent += other.sent;
  answered += other.answered;
  wrong += other.wrong;
  for (const auto& [what, count] : other.errors) errors[what] += count;
  latency.merge(other.latency);
  in_flight += other.in_flight;
}

pulse::pulse(steady::time_point start, steady::time_point zero) {
  current_.from = start;
  current_.until = zero - std::chrono::floor<std::chrono::seconds>(zero - start);
  if (current_.until == start) current_.until += 1s;
}

void pulse::sent(steady::time_point now) {
  look(now);
  ++current_.sent;
  ++in_flight_;
}

void pulse::ended(const answer& a, steady::duration latency, steady::time_point now) {
  look(now);
  --in_flight_;
  current_.latency.add(
      static_cast<std::uint64_t>(std::max<steady::rep>(0, std::chrono::nanoseconds(latency).count())));
  if (a.what == fate::answered) ++current_.answered;
  if (a.what != fate::answered) {
    ++current_.errors[std::string(name_of(a.what))];
  } else if (a.status >= 400) {
    ++current_.errors[std::to_string(a.status)];
  }
}

void pulse::look(steady::time_point now) {
  while (now >= current_.until) publish();
}

void pulse::publish() {
  const steady::time_point until = current_.until;
  current_.in_flight = in_flight_;
  {
    const std::lock_guard hold(mutex_);
    passed_.push_back(std::move(current_));
  }
  current_ = second{};
  current_.from = until;
  current_.until = until + 1s;
}

void pulse::close(steady::time_point now) {
  look(now);
  current_.until = now;
  const bool quiet = current_.sent == 0 && current_.latency.count() == 0;
  if (!quiet) publish();
  const std::lock_guard hold(mutex_);
  closed_ = true;
}

std::optional<second> pulse::oldest() const {
  const std::lock_guard hold(mutex_);
  return passed_.empty() ? std::nullopt : std::optional(passed_.front());
}

void pulse::drop_oldest() {
  const std::lock_guard hold(mutex_);
  passed_.pop_front();
}

bool pulse::is_over() const {
  const std::lock_guard hold(mutex_);
  return closed_ && passed_.empty();
}

} // namespace invited::bench

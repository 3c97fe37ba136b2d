#include "store/redis/connection.hpp"

#include "store/redis/link.hpp"

#include <array>

namespace invited::store::redis {

connection::connection(executor_type executor, turn& end_of_turn, connection_settings settings,
                       connection_observer& observer, entropy& random)
    : link_(std::make_shared<link>(executor, end_of_turn, std::move(settings), observer, random)) {}

connection::~connection() {
  link_->shut_down();
}

void connection::start() {
  link_->start();
}
void connection::stop() {
  link_->stop();
}
void connection::wait_while_full(std::chrono::microseconds at_most) noexcept {
  link_->wait_while_full(at_most);
}
turn& connection::end_of_turn() const noexcept {
  return link_->end_of_turn();
}
std::size_t connection::batch() const noexcept {
  return link_->batch();
}
bool connection::ready() const noexcept {
  return link_->ready();
}
std::string_view connection::why_not_ready() const noexcept {
  return link_->why_not_ready();
}
const traffic& connection::counts() const noexcept {
  return link_->counts();
}

task<result<void>> connection::ping() {
  const std::array<std::string_view, 1> args = {"PING"};
  const result<reply> pong = co_await execute(args);
  if (!pong) co_return pong.error();
  if (pong->text() != "PONG") co_return make_error_code(errc::unexpected);
  co_return result<void>();
}

} // namespace invited::store::redis

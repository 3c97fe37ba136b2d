#include "server/log/timestamp.hpp"

namespace invited::server {

std::string_view timestamp::operator()(std::chrono::system_clock::time_point at) {
  // floor, not duration_cast: before 1970 that would round up, and the milliseconds would be negative.
  const auto second = std::chrono::floor<std::chrono::seconds>(at);
  if (second != second_) render_second(second);
  const auto ms = static_cast<unsigned>(std::chrono::floor<std::chrono::milliseconds>(at - second).count());
  text_[20] = static_cast<char>('0' + ms / 100);
  text_[21] = static_cast<char>('0' + ms / 10 % 10);
  text_[22] = static_cast<char>('0' + ms % 10);
  return {text_.data(), text_.size()};
}

void timestamp::render_second(std::chrono::sys_seconds second) {
  handlers::write_time(text_.data(), std::chrono::milliseconds(second.time_since_epoch()).count());
  second_ = second;
}

} // namespace invited::server

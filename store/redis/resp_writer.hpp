#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace invited::store::redis {

/// Encodes commands as RESP arrays of bulk strings at the end of a buffer. Call begin(n) and then arg() n
/// times, or command() for a whole command, as each request does. Only the growth of the buffer allocates.
/// The buffer must outlive the writer.
class resp_writer {
public:
  explicit resp_writer(std::string& out) noexcept : out_(out) {}

  void begin(std::size_t nargs);
  void arg(std::string_view bytes);
  void arg(std::int64_t number);

  /// A command of the arguments of all `parts`, one part after the other.
  void command(std::initializer_list<std::span<const std::string_view>> parts);

private:
  std::string& out_;
};

} // namespace invited::store::redis

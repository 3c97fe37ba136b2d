#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace invited::store::redis {

/// Encodes commands as RESP arrays of bulk strings at the end of a buffer: begin(n), then n times arg(), or a
/// whole command at once, which is what each request does. Allocates nothing but the buffer's growth; the
/// buffer must outlive the writer.
class resp_writer {
public:
  explicit resp_writer(std::string& out) noexcept : out_(out) {}

  void begin(std::size_t nargs);
  void arg(std::string_view bytes);
  void arg(std::int64_t number);

  /// The arguments of all `parts`, one part after the other.
  void command(std::initializer_list<std::span<const std::string_view>> parts);

private:
  std::string& out_;
};

} // namespace invited::store::redis

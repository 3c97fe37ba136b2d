#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace invited::store::redis {

/// Encodes commands as RESP arrays of bulk strings at the end of a buffer. Call begin(n) and then give n
/// arguments, one by one or many at once, or call command() for a whole command. Only the growth of the
/// buffer allocates, and each call grows it once: many arguments at once cost half of what they cost one by
/// one. The buffer must outlive the writer.
class resp_writer {
public:
  using strings = std::span<const std::string_view>;

  explicit resp_writer(std::string& out) noexcept : out_(out) {}

  /// A command of `nargs` arguments, of which `first` are the first.
  void begin(std::size_t nargs, strings first = {});
  void arg(std::string_view bytes);
  void arg(std::int64_t number);

  /// The arguments of all `parts`, one part after the other.
  void args(std::initializer_list<strings> parts);

  /// The same as a whole command.
  void command(std::initializer_list<strings> parts);

private:
  std::string& out_;
};

} // namespace invited::store::redis

#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace invited::server {

/// A value in an event line. Text is viewed and not copied: it must live as long as the call that takes it.
class log_value {
public:
  log_value(const char* text) : value_{std::string_view{text}} {} // without it a literal would become a bool
  log_value(std::string_view text) : value_{text} {}
  log_value(const std::string& text) : value_{std::string_view{text}} {}
  log_value(bool truth) : value_{truth} {}
  template <std::signed_integral T>
  log_value(T number) : value_{std::int64_t{number}} {}
  template <std::unsigned_integral T>
  requires(!std::same_as<T, bool>) log_value(T number) : value_{std::uint64_t{number}} {}

  const auto& get() const { return value_; }

private:
  std::variant<std::string_view, bool, std::int64_t, std::uint64_t> value_;
};

/// One member of an event line. It must not be a patient's data, a token, an invite_id or a query string.
struct log_field {
  std::string_view name; ///< snake_case, not `time`, `level` or `event`
  log_value value;
};

using log_fields = std::initializer_list<log_field>;

} // namespace invited::server

#pragma once

#include "handlers/fields/fields.hpp"
#include "handlers/tokens/principal.hpp"
#include "store/keys/index_position.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace invited::handlers {

/// Checks the values of a query one by one and collects the errors. Everything passed in must outlive it.
class query_judge {
public:
  query_judge(std::span<const field_rule> rules, std::span<const field_value> values,
              std::vector<field_error>& errors)
      : rules_(rules), values_(values), errors_(errors) {}

  /// Calls `read(text)` if the value is there. False means that the value is wrong.
  template <class Read>
  void take(std::size_t field, std::string_view code, std::string_view should_be, Read read) {
    if (values_[field].good() && !read(values_[field].text))
      errors_.push_back({pointer_to(rules_[field].name), code, std::string(should_be)});
  }

  /// A time, in ms since 1970. `out` stays unchanged if there is none.
  void take_time(std::size_t field, std::optional<std::int64_t>& out);

  /// The named provider; if none is named, the only one of `who`. It does not check whether `who` may use it.
  void take_provider(std::size_t field, const principal& who, std::string_view& out);

private:
  std::span<const field_rule> rules_;
  std::span<const field_value> values_;
  std::vector<field_error>& errors_;
};

// A position in a stream inside a cursor has 16 bytes.
inline constexpr std::size_t position_size = 16;
void append_position(std::string& out, const store::index_position& at);
store::index_position position_in(std::span<const std::uint8_t, position_size> bytes);

} // namespace invited::handlers

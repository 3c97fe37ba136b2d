#pragma once

#include "handlers/fields/fields.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace invited::handlers {

/// The rows of a body that is an array of objects of one table. Values point into the body.
class json_rows {
public:
  /// `rules` outlive the object.
  explicit json_rows(std::span<const field_rule> rules) : rules_(rules) {}

  /// Reads a body in place, once. A problem is that of the whole: 400 `malformed_json`, or 422 for what is no
  /// array or has more than `most` rows; then no row counts. What is wrong with a row, and be it that it is
  /// no object, stands in its errors.
  result<void> read(std::span<char> body, std::size_t most);

  std::size_t size() const { return errors_.size(); }

  /// One a rule, in the order of the rules.
  std::span<const field_value> values(std::size_t row) const {
    return std::span(values_).subspan(row * rules_.size(), rules_.size());
  }

  /// All that is wrong with one row; the pointers count from the row, as those of a body of one object do.
  /// For the caller to add to, and to take away.
  std::vector<field_error>& errors(std::size_t row) { return errors_[row]; }

private:
  class events;

  std::span<const field_rule> rules_;
  std::vector<field_value> values_;
  std::vector<std::vector<field_error>> errors_;
};

} // namespace invited::handlers

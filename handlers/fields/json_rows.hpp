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
  /// `rules` must outlive the object.
  explicit json_rows(std::span<const field_rule> rules) : rules_(rules) {}

  /// Reads a body in place, once. A problem is one of the whole body, and then no row counts: 400
  /// `malformed_json`, or 422 if it is not an array or has more than `most` rows. Errors of a row, even that
  /// it is not an object, are in its errors().
  result<void> read(std::span<char> body, std::size_t most);

  std::size_t size() const { return errors_.size(); }

  /// One value for each rule, in the order of the rules.
  std::span<const field_value> values(std::size_t row) const {
    return std::span(values_).subspan(row * rules_.size(), rules_.size());
  }

  /// All errors of one row. Their pointers start at the row, like those of a body of one object. The caller
  /// may add errors, and may move them away.
  std::vector<field_error>& errors(std::size_t row) { return errors_[row]; }

private:
  class events;

  std::span<const field_rule> rules_;
  std::vector<field_value> values_;
  std::vector<std::vector<field_error>> errors_;
};

} // namespace invited::handlers

#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/values/values.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace invited::handlers {

/// What a field of a body holds.
enum class field_kind : std::uint8_t {
  text,    ///< a JSON string, or any form value
  integer, ///< a whole number; in forms and queries, digits with an optional '-'
  boolean, ///< true or false: `number` is 1 or 0; not in forms
  number,  ///< any JSON number; `text` is the number as written, of any size
  object,  ///< a JSON object, whose members are the rules with its name as `within`; not in forms
};

/// One row of the table that declares a body. The same tables serve JSON objects, forms and query strings.
struct field_rule {
  std::string_view name;
  field_kind kind = field_kind::text;
  bool required =
      false; ///< the field must be there, and not null; an optional field may be null, which counts as absent
  std::string_view within{}; ///< the object of which it is a member; empty: the body itself
};

/// The value that was found for the rule of the same index.
struct field_value {
  enum class state : std::uint8_t {
    absent, ///< not there, or null
    good,   ///< `text` or `number` holds it
    flawed, ///< an error is noted already: do not check further
  };
  state is = state::absent;
  bool seen = false;       ///< the name occurred, with any value
  std::string_view text{}; ///< a view into the body
  std::int64_t number = 0; ///< saturated, so that a range check refuses a number that does not fit
  bool good() const { return is == state::good; }
};

/// How many errors of unknown or repeated names one body can collect. More are dropped, so that the answer to
/// thousands of wrong fields does not have thousands of errors. Errors of declared fields are never dropped.
inline constexpr std::size_t most_name_errors = 32;

/// Index of the rule called `name` in the object `within` (empty: the body itself), or rules.size().
std::size_t find_rule(std::span<const field_rule> rules, std::string_view name, std::string_view within = "");

/// Notes `unknown_field`. A name over 64 bytes is not repeated: then the error points at the object around
/// it.
void note_unknown(std::vector<field_error>& errors, std::string_view name, std::string_view within = "");

/// Notes `duplicate_field`.
void note_duplicate(std::vector<field_error>& errors, std::string_view name, std::string_view within = "");

/// Notes `required` for every required rule of the object `within` whose name did not occur.
void note_missing(std::span<const field_rule> rules, std::span<const field_value> values,
                  std::vector<field_error>& errors, std::string_view within = "");

/// Notes the flaw that a check found in a field, if any.
void note(std::vector<field_error>& errors, const field_rule& about, checked<> found);
void note(std::vector<field_error>& errors, std::string_view pointer, checked<> found);

/// Puts what was read into `out`, or notes its flaw and leaves `out` as it is.
template <class T, class Out>
void take(std::vector<field_error>& errors, const field_rule& about, checked<T> read, Out& out) {
  if (!read) return note(errors, about, std::move(read).error());
  out = *std::move(read);
}

/// Reads `-?[0-9]+`, saturating at the ends of int64. False if `text` is anything else.
bool read_integer(std::string_view text, std::int64_t& out);

/// The same for a number of JSON, of which `text` must be one: whole numbers in any spelling, as 36e2 and
/// 3600.0 (RFC 8259 §6).
bool read_json_integer(std::string_view text, std::int64_t& out);

/// "/" and the name with '~' and '/' escaped (RFC 6901 §3), after the pointer of the object around it, if
/// any.
std::string pointer_to(std::string_view name, std::string_view within = "");
std::string pointer_to(const field_rule& rule);

/// 400: the bytes are not of the media type. `offset` counts from 0.
problem malformed(std::string_view code, std::size_t offset, std::string_view why);

/// 422 `invalid_content`: the content is well-formed, but this call does not accept it.
problem invalid_content(std::vector<field_error> errors);

} // namespace invited::handlers

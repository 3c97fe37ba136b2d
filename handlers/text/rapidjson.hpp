#pragma once

#include <stdexcept>

namespace invited::handlers {

/// An assertion inside RapidJSON did not hold. Whoever parses a stranger's bytes catches it.
class rapidjson_fault : public std::logic_error {
public:
  using std::logic_error::logic_error;
};

[[noreturn]] inline void end_parse(const char* broken) {
  throw rapidjson_fault(broken);
}

} // namespace invited::handlers

/// Without this, NDEBUG takes the assertions out, and what they would have stopped reads out of bounds.
#ifdef RAPIDJSON_ASSERT
#error "Include handlers/text/rapidjson.hpp before any header of RapidJSON."
#endif
#define RAPIDJSON_ASSERT(x) (static_cast<bool>(x) ? static_cast<void>(0) : ::invited::handlers::end_parse(#x))

#include <rapidjson/reader.h>

namespace invited::handlers {

/// Has to be among the flags of every parse (scripts/check_json looks). RapidJSON's own conversion of numbers
/// indexes a table with a wrapped exponent (CVE-2024-38517, in Debian's 1.1.0); with this flag a number
/// arrives as it was written, and std::from_chars reads it.
inline constexpr unsigned safe_numbers = rapidjson::kParseNumbersAsStringsFlag;

} // namespace invited::handlers

#pragma once

#include <stdexcept>

namespace invited::handlers {

/// An assertion inside RapidJSON failed. Code that parses foreign bytes must catch it.
class rapidjson_fault : public std::logic_error {
public:
  using std::logic_error::logic_error;
};

[[noreturn]] inline void end_parse(const char* broken) {
  throw rapidjson_fault(broken);
}

} // namespace invited::handlers

/// Without this, NDEBUG removes the assertions, and the faults that they stop would read out of bounds.
#ifdef RAPIDJSON_ASSERT
#error "Include handlers/text/rapidjson.hpp before any header of RapidJSON."
#endif
#define RAPIDJSON_ASSERT(x) (static_cast<bool>(x) ? static_cast<void>(0) : ::invited::handlers::end_parse(#x))

// RapidJSON 1.1's stack adds to a null pointer before it has memory, and compares. Nothing is read or written
// there, so clang's sanitizer is told not to stop at it.
#ifdef __clang__
#pragma clang attribute push(__attribute__((no_sanitize("pointer-overflow"))), apply_to = function)
#endif
#include <rapidjson/internal/stack.h>
#ifdef __clang__
#pragma clang attribute pop
#endif

#include <rapidjson/reader.h>

namespace invited::handlers {

/// Must be among the flags of every parse (scripts/check_json checks this). RapidJSON's own conversion of
/// numbers indexes a table with a wrapped exponent (CVE-2024-38517, in Debian's 1.1.0). With this flag a
/// number arrives as text, and std::from_chars reads it.
inline constexpr unsigned safe_numbers = rapidjson::kParseNumbersAsStringsFlag;

} // namespace invited::handlers

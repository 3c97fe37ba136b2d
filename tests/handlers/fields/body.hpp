#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/values/values.hpp"
#include "tests/support/body.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace invited::handlers {

// What value() throws if a test expected a value. The sources never call it.
[[noreturn]] inline void throw_exception_from_error(const problem& p, const boost::source_location&) {
  throw std::runtime_error(std::to_string(p.status) + ' ' + std::string(p.code));
}
[[noreturn]] inline void throw_exception_from_error(const flaw& f, const boost::source_location&) {
  throw std::runtime_error(std::string(f.code));
}

} // namespace invited::handlers

namespace invited::handlers::test {

/// `text` with one to four bytes changed, removed, inserted or doubled. Half of the new bytes mean something
/// to some reader.
inline std::string mutate(std::string text, std::mt19937& random) {
  static constexpr char bytes[] = "\"\\{}[],:\0\xED\xA0\x80\xC0\xFF%+&=u0-.eE\n";
  constexpr std::string_view pointed(bytes, sizeof bytes - 1); // with its size, because a NUL is among them
  const auto below = [&random](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
  for (std::size_t round = below(4) + 1; round > 0; --round) {
    const std::size_t at = below(text.size() + 1);
    const char byte = below(2) == 0 ? pointed[below(pointed.size())] : static_cast<char>(below(256));
    switch (below(4)) {
    case 0: text.insert(at, 1, byte); break;
    case 1: text.insert(at, text.substr(at / 2, below(12))); break;
    case 2:
      if (at < text.size()) text.erase(at, below(6) + 1);
      break;
    default:
      if (at < text.size()) text[at] = byte;
    }
  }
  return text;
}

/// Checks that a refusal may be sent to a client.
inline void check_proper(const problem& p) {
  BOOST_TEST((p.status == 400 || p.status == 415 || p.status == 422));
  BOOST_TEST(!p.code.empty());
  BOOST_TEST(!p.detail.empty());
  BOOST_TEST((p.status == 422) == !p.errors.empty());
  for (const field_error& e : p.errors) {
    BOOST_TEST((e.pointer.empty() || e.pointer.front() == '/'));
    BOOST_TEST(!e.code.empty());
    BOOST_TEST(!e.message.empty());
  }
}

/// Errors as text for a table, in their order: "/email invalid_email; /phone wrong_type".
inline std::string summary(const std::vector<field_error>& errors) {
  std::string all;
  for (const field_error& e : errors) {
    if (!all.empty()) all += "; ";
    all += e.pointer + " " + std::string(e.code);
  }
  return all;
}

/// The problem of a step, if it failed.
template <class T>
std::optional<problem> fault_of(const result<T>& read) {
  if (read) return {};
  return read.error();
}

/// "422 /email invalid_email", "400 malformed_json", or "ok".
inline std::string summary(const std::optional<problem>& p) {
  if (!p) return "ok";
  return std::to_string(p->status) + " " + (p->errors.empty() ? std::string(p->code) : summary(p->errors));
}
template <class T>
std::string summary(const result<T>& read) {
  return summary(fault_of(read));
}

} // namespace invited::handlers::test

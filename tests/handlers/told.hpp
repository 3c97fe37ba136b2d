#pragma once

#include "handlers/http/response.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

// What an answer says, short enough to compare as a whole.
namespace invited::test {

/// A string, number or literal member of a JSON text, the first of that name; empty if there is none.
inline std::string member(std::string_view json, std::string_view name) {
  const std::string key = '"' + std::string(name) + "\":";
  const std::size_t at = json.find(key);
  if (at == json.npos) return {};
  const std::string_view from = json.substr(at + key.size());
  if (from.starts_with('"')) return std::string(from.substr(1, from.find('"', 1) - 1));
  return std::string(from.substr(0, from.find_first_of(",}]")));
}
inline std::string member(const handlers::response& of, std::string_view name) {
  return member(of.body, name);
}

/// The values of a field, joined by " | ".
inline std::string field_of(const handlers::response& of, std::string_view name) {
  std::string all;
  const std::string begin = std::string(name) + ": ";
  for (std::string_view rest = of.fields; !rest.empty(); rest.remove_prefix(rest.find("\r\n") + 2)) {
    if (!rest.starts_with(begin)) continue;
    if (!all.empty()) all += " | ";
    all += rest.substr(begin.size(), rest.find("\r\n") - begin.size());
  }
  return all;
}

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

/// "200", or a problem with everything that is wrong: "422 invalid_content /email:invalid_email
/// /phone:too_short".
inline std::string told(const handlers::response& a) {
  std::string all = std::to_string(a.status);
  if (a.content_type != "application/problem+json") return all;
  BOOST_TEST(a.body.starts_with(R"({"type":"about:blank","title":")"));
  BOOST_TEST(member(a, "status") == all);
  BOOST_TEST(member(a, "request_id") == "call-1");
  BOOST_TEST(member(a, "detail").size() > 10);
  all += ' ' + member(a, "code");
  constexpr std::string_view begin = R"({"pointer":)";
  std::string_view rest = a.body;
  for (std::size_t at = rest.find(begin); at != rest.npos; at = rest.find(begin)) {
    rest.remove_prefix(at);
    BOOST_TEST(!member(rest, "message").empty());
    all += ' ' + member(rest, "pointer") + ':' + member(rest, "code");
    rest.remove_prefix(begin.size());
  }
  return all;
}

/// The parts of a JSON array of objects that begin with `begin`, such as the rows of a list.
inline std::vector<std::string> parts_of(std::string_view json, std::string_view begin) {
  std::vector<std::string> all;
  for (std::size_t at = json.find(begin); at != json.npos;) {
    const std::size_t next = json.find(begin, at + 1);
    all.emplace_back(json.substr(at, next == json.npos ? next : next - at));
    at = next;
  }
  return all;
}

} // namespace invited::test

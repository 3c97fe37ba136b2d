#pragma once

#include "tests/support/http_client.hpp"
#include "tests/support/test_server.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

// Bodies of POST /generate_invites, and their answers.
namespace invited::test {

inline http_fields as(std::string_view role, std::vector<std::string> providers = {"clinic-1"},
                      std::string_view once = {}) {
  http_fields fields = {{"Authorization", "Bearer " + staff_token(role, std::move(providers))}};
  if (!once.empty()) fields.emplace_back("Idempotency-Key", once);
  return fields;
}

/// A portal of clinic-1 with this subject. Each has one call at a time.
inline http_fields as_another(std::string_view subject) {
  return {{"Authorization", "Bearer " + staff_token("portal", {"clinic-1"}, subject)}};
}

/// The head of a call whose content is still to come.
inline std::string bulk_head(const http_fields& who, std::size_t length) {
  std::string head = "POST /generate_invites HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  for (const auto& [name, value] : who) head.append(name).append(": ").append(value).append("\r\n");
  return head + "Content-Length: " + std::to_string(length) + "\r\n\r\n";
}

inline std::string row(std::string_view name, std::string_view provider = "clinic-1") {
  return R"({"email":"ada@example.org","last_name":"Lovelace","first_name":")" + std::string(name) +
         R"(","provider_id":")" + std::string(provider) + "\"}";
}

inline std::string rows(const std::vector<std::string>& all) {
  std::string body = "[";
  for (const std::string& one : all) body += (body.size() > 1 ? "," : "") + one;
  return body + "]";
}

inline std::string rows(std::size_t n) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < n; ++i) all.push_back(row("Ada" + std::to_string(i)));
  return rows(all);
}

/// The results of a bulk answer, each as an answer of its own, so that its members can be read.
inline std::vector<http_answer> results_of(const http_answer& bulk) {
  constexpr std::string_view begin = R"({"index":)";
  std::vector<http_answer> all;
  for (std::size_t at = bulk.body.find(begin); at != bulk.body.npos;) {
    const std::size_t next = bulk.body.find(begin, at + 1);
    http_answer one;
    one.body = bulk.body.substr(at, next == bulk.body.npos ? next : next - at);
    one.status = std::stoi(one.json("status"));
    BOOST_TEST(one.json("index") == std::to_string(all.size()));
    all.push_back(std::move(one));
    at = next;
  }
  return all;
}

/// "200 422 200"
inline std::string statuses(const http_answer& bulk) {
  std::string all;
  for (const http_answer& one : results_of(bulk))
    all += (all.empty() ? "" : " ") + std::to_string(one.status);
  return all;
}

} // namespace invited::test

#pragma once

#include "server/audit/audit_chain.hpp"

#include "store/crypto/bytes.hpp"

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace invited::test {

inline store::hmac_sha256 line_key(std::uint8_t byte = 7) {
  store::bytes32 key;
  key.fill(byte);
  return store::hmac_sha256(key);
}

inline std::string record(int i) {
  return R"("at":"2026-01-31T09:05:00.00)" + std::to_string(i % 10) + R"(Z","action":"viewed","n":)" +
         std::to_string(i);
}

inline std::string read_whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The lines, each with its end.
inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size() - 1) + 1;
    lines.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return lines;
}

inline std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

/// A file with an opening note and `n` records.
inline std::string chain_of(int n, server::chain_head head = {}, const store::hmac_sha256& key = line_key()) {
  std::string text;
  server::append_line(text, head, R"("at":"2026-01-31T09:05:00.000Z","note":"opened")", key);
  for (int i = 0; i < n; ++i) server::append_line(text, head, record(i), key);
  return text;
}

} // namespace invited::test

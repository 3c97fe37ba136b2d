#include "server/config/secret_file.hpp"
#include "server/config/files.hpp"

#include "store/crypto/bytes.hpp"

#include <array>
#include <cstdio>

namespace invited::server {

namespace {

constexpr std::size_t shortest_jwt_secret = 32;
constexpr mode_t group_and_others = 077;

std::string octal(mode_t mode) {
  std::array<char, 8> digits{};
  std::snprintf(digits.data(), digits.size(), "%04o", static_cast<unsigned>(mode & 07777u));
  return digits.data();
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

void wipe(std::string& secret) {
  store::wipe({reinterpret_cast<std::uint8_t*>(secret.data()), secret.size()});
}

} // namespace

parsed<std::string> read_secret_file(const std::string& path) {
  auto contents = read_file_and_mode(path);
  if (!contents) return fault::because("cannot read " + in_quotes(path) + ": " + contents.error().message());
  if ((contents->mode & group_and_others) != 0) {
    wipe(contents->text);
    return fault::because(in_quotes(path) + " has mode " + octal(contents->mode) +
                          ", so others than its owner may use it; run: chmod 600 " + path);
  }
  return std::move(contents->text);
}

parsed<std::string> read_secret_line(const std::string& path) {
  auto secret = read_secret_file(path);
  if (!secret) return secret.error();
  if (secret->ends_with('\n')) secret->pop_back();
  if (secret->ends_with('\r')) secret->pop_back();
  std::string_view wrong;
  if (secret->empty())
    wrong = " is empty";
  else if (secret->starts_with("\xEF\xBB\xBF"))
    wrong = " begins with a byte order mark, which would be a part of the secret; save it without";
  else if (is_blank(secret->front()) || is_blank(secret->back()))
    wrong = " has a blank or an empty line before or behind the secret; remove it";
  if (wrong.empty()) return secret;
  wipe(*secret);
  return fault::because(in_quotes(path) + std::string{wrong});
}

parsed<std::string> read_jwt_secret(const std::string& path) {
  auto secret = read_secret_line(path);
  if (!secret) return secret.error();
  if (secret->size() >= shortest_jwt_secret) return secret;
  auto wrong = fault::because(in_quotes(path) + " holds " + std::to_string(secret->size()) +
                              " bytes; a JWT secret has 32 or more (openssl rand -base64 48)");
  wipe(*secret);
  return wrong;
}

} // namespace invited::server

#include "handlers/auth/bearer.hpp"

#include "handlers/text/charset.hpp"
#include "handlers/tokens/errc.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace invited::handlers {
namespace {

/// b64token without its padding (RFC 6750 §2.1), as a table, because every request's token is checked.
constexpr std::array<bool, 256> token_chars = [] {
  std::array<bool, 256> is{};
  for (int c = 'a'; c <= 'z'; ++c) is[static_cast<std::size_t>(c)] = true;
  for (int c = 'A'; c <= 'Z'; ++c) is[static_cast<std::size_t>(c)] = true;
  for (int c = '0'; c <= '9'; ++c) is[static_cast<std::size_t>(c)] = true;
  for (const char c : {'-', '.', '_', '~', '+', '/'}) is[static_cast<unsigned char>(c)] = true;
  return is;
}();

constexpr bool is_token_char(char c) {
  return token_chars[static_cast<unsigned char>(c)];
}

} // namespace

boost::system::result<std::string_view> bearer_token(std::string_view authorization) {
  constexpr std::string_view scheme = "bearer";
  if (!equals_ignoring_case(authorization.substr(0, scheme.size()), scheme)) return token_errc::missing;
  std::string_view token = authorization.substr(scheme.size());
  if (token.empty()) return token_errc::malformed;
  if (token.front() != ' ') return token_errc::missing; // another scheme, "Bearerish"
  token.remove_prefix(std::min(token.find_first_not_of(' '), token.size()));

  const auto padding = std::ranges::find_if_not(token, is_token_char);
  const bool padded_only = std::all_of(padding, token.end(), [](char c) { return c == '='; });
  if (padding == token.begin() || !padded_only) return token_errc::malformed;
  return token;
}

} // namespace invited::handlers

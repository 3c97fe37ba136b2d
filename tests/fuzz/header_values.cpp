#include "handlers/auth/own_origin.hpp"
#include "handlers/http/idempotency_key.hpp"
#include "handlers/http/if_match.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <string>

using namespace invited;
using namespace invited::handlers;
using namespace invited::fuzz;

namespace {

std::string in_quotes(std::string_view key) {
  std::string out{'"'};
  for (const char c : key) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out += '"';
}

} // namespace

/// Idempotency-Key, If-Match, and Origin with Host, which are two lines of an input.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = text_of(data, size);
  if (const auto key = read_idempotency_key(text); key && !key->empty()) {
    demand(key->size() <= 255 && key->find_first_of(" \r\n\t") == key->npos, "a key is short and visible");
    const auto again = read_idempotency_key(in_quotes(*key));
    demand(again && *again == *key, "both spellings are one key");
  }
  constexpr std::string_view etag = "\"1\"";
  if (is_match(text, etag)) demand(text == "*" || text.find(etag) != text.npos, "a match names the tag");

  const std::string_view origin = take_line(text), host = text;
  for (const std::string_view base_url : {"http://h.example", "https://h.example/a"}) {
    if (!is_own_origin(origin, host, base_url)) continue;
    const std::string_view scheme = base_url.substr(0, base_url.find(':'));
    demand(origin.starts_with(scheme), "an own origin has our scheme");
    const bool known = is_own_origin(origin, "", base_url);
    demand(known || !host.empty(), "an own origin has a host");
    demand(known || !is_own_origin(origin, "x" + std::string(host), base_url),
           "another host is another origin");
  }
  return 0;
}

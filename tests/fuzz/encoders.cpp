#include "handlers/fields/json_sax.hpp"
#include "handlers/text/json_text.hpp"
#include "handlers/text/utf8.hpp"
#include "server/log/json_text.hpp"
#include "store/crypto/base64url.hpp"
#include "store/crypto/hex.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/body.hpp"

#include <optional>
#include <string>
#include <vector>

using namespace invited;
using namespace invited::fuzz;

namespace {

/// The string in a JSON text; nothing if it is something else, or holds characters that we refuse.
std::optional<std::string> string_in(const std::string& json) {
  struct events final : handlers::json_events {
    std::optional<std::string> found;
    void key(std::string_view) override {}
    void scalar(handlers::json_kind, std::string_view text) override { found = text; }
    void open(handlers::json_kind) override {}
    void close() override {}
  } all;
  handlers::test::body body(json);
  if (!handlers::parse_json(body, all)) return {};
  return all.found;
}

} // namespace

/// Each writer against the reader that undoes it, and each reader against the only spelling it may take.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  const store::bytes_view bytes(data, size);
  std::string decoded;
  demand(store::base64url::decode(store::base64url::encode(bytes), decoded) && decoded == text, "base64url");
  if (store::base64url::decode(text, decoded))
    demand(store::base64url::encode(store::as_bytes(decoded)) == text, "base64url has one spelling");
  std::vector<std::uint8_t> raw(size);
  demand(store::from_hex(store::to_hex(bytes), raw) && store::as_text(raw) == text, "hex");

  std::string ours, logs;
  server::append_json_string(logs, text);
  demand(handlers::utf8_valid(logs) && logs.find_first_of("\r\n") == logs.npos, "a log line stays a line");
  demand(!server::is_plain_json(text) || logs == '"' + std::string(text) + '"', "plain text stays as it is");
  const bool nul = text.find('\0') != text.npos; // the reader refuses it
  if (!handlers::utf8_valid(text)) {
    demand(nul || string_in(logs).has_value(), "a log line is JSON");
    return 0;
  }
  handlers::append_json_string(ours, text);
  demand(ours.find('<') == ours.npos, "a text cannot end its script");
  demand(nul || string_in(ours) == text, "a JSON string is read as it was");
  demand(nul || string_in(logs) == text, "a log's string is read as it was");
  return 0;
}

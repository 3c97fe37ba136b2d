#include "handlers/fields/json_sax.hpp"
#include "server/log/json_text.hpp"
#include "store/crypto/hex.hpp"
#include "tests/server/http/http_fixture.hpp"
#include "tests/support/body.hpp"

#include <array>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

using namespace invited;

/// Says what we read from inputs, to compare it with what Node reads from them (run.mjs). An input on
/// standard input is its length in four bytes, big endian, and its bytes. So is each answer on standard
/// output, which is JSON.
namespace {

/// The events of a JSON text: [["object",""],["key","a"],…].
class event_writer final : public handlers::json_events {
public:
  std::string all;

  void key(std::string_view name) override { add("key", name); }
  void scalar(handlers::json_kind kind, std::string_view text) override { add(name_of(kind), text); }
  void open(handlers::json_kind kind) override { add(name_of(kind), ""); }
  void close() override { add("end", ""); }

private:
  static std::string_view name_of(handlers::json_kind kind) {
    static constexpr std::array<std::string_view, 6> names{"null",   "boolean", "number",
                                                           "string", "object",  "array"};
    return names[static_cast<std::size_t>(kind)];
  }
  void add(std::string_view what, std::string_view text) {
    all.append(all.empty() ? "[\"" : ",[\"").append(what).append("\",");
    server::append_json_string(all, text);
    all += ']';
  }
};

/// `null` if it is refused.
std::string read_json(const std::string& input) {
  handlers::test::body text(input);
  event_writer events;
  if (!handlers::parse_json(text, events)) return "null";
  return '[' + events.all + ']';
}

/// The requests that are served: [["get","/path","query","<content in hex>"],…].
std::string read_http(const std::string& input) {
  static constexpr std::array<std::string_view, 6> verbs{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"};
  server::core_fixture core;
  core.service.limit = 20'000;
  server::wire(core).send(input);
  std::string all;
  for (const auto& r : core.service.requests) {
    all.append(all.empty() ? "[\"" : ",[\"").append(verbs[static_cast<std::size_t>(r.method)]).append("\",");
    server::append_json_string(all, r.path);
    all += ',';
    server::append_json_string(all, r.query);
    all.append(",\"").append(store::to_hex(store::as_bytes(r.body))).append("\"]");
  }
  return '[' + all + ']';
}

bool take_input(std::string& out) {
  std::array<unsigned char, 4> length;
  if (std::fread(length.data(), 1, length.size(), stdin) != length.size()) return false;
  out.resize(std::size_t{length[0]} << 24 | std::size_t{length[1]} << 16 | std::size_t{length[2]} << 8 |
             length[3]);
  return std::fread(out.data(), 1, out.size(), stdin) == out.size();
}

void put_answer(const std::string& text) {
  std::string framed;
  for (int bits = 24; bits >= 0; bits -= 8) framed += static_cast<char>(text.size() >> bits & 0xff);
  framed += text;
  std::fwrite(framed.data(), 1, framed.size(), stdout);
}

} // namespace

int main(int count, char** words) {
  const std::string_view what = count == 2 ? words[1] : "";
  if (what != "json" && what != "http") return 2;
  for (std::string input; take_input(input);)
    put_answer(what == "json" ? read_json(input) : read_http(input));
  return 0;
}

#include "server/grammar/chars.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/server/http/http_fixture.hpp"

#include <random>
#include <string>
#include <tuple>
#include <vector>

using namespace invited;
using namespace invited::server;
using namespace invited::fuzz;

namespace {

/// How many bytes come at a time: as `cuts` says, or all.
template <class Cuts>
auto serve(std::string_view bytes, bool ends, Cuts cuts) {
  static core_fixture core;
  core.service.limit = 20'000;
  core.service.requests.clear();
  core.log.lines.clear();
  wire w(core);
  while (!bytes.empty() && !w.closed) {
    const std::string_view part = bytes.substr(0, cuts());
    w.send(part);
    bytes.remove_prefix(part.size());
  }
  if (ends && !w.closed) w.end();
  std::vector<std::tuple<handlers::verb, std::string, std::string, std::string, std::string>> requests;
  for (const auto& r : core.service.requests) {
    demand(!r.id.empty() && r.id.size() <= 64 && chars::all(chars::request_id, r.id), "an id is clean");
    demand(r.path == "*" || r.path.starts_with('/'), "a path is one");
    requests.emplace_back(r.method, r.path, r.query, r.body, r.type);
  }
  std::vector<unsigned> statuses;
  for (const auto& line : core.log.lines) statuses.push_back(line.status);
  return std::pair(requests, statuses);
}

} // namespace

/// What a client sends over one connection. However it is cut into pieces, the same requests are served, with
/// the same answers.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  // The fixture's service refuses this one by its head, which happens only if content is still to come.
  if (text.find("/private") != text.npos) return 0;
  const bool ends = size % 2 == 0;
  const auto whole = serve(text, ends, [size] { return size; });
  demand(whole == serve(text, ends, [] { return std::size_t{1}; }), "byte by byte is as whole");
  std::minstd_rand random(static_cast<unsigned>(size));
  demand(whole == serve(text, ends, [&random] { return 1 + random() % 40; }), "in pieces is as whole");
  return 0;
}

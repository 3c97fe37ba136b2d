#include "server/grammar/chunk_decoder.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <algorithm>
#include <optional>
#include <string>

using namespace invited;
using namespace invited::server;
using namespace invited::fuzz;

namespace {

struct outcome {
  std::string content;
  std::size_t taken = 0;
  bool done = false;
  std::optional<refused> why{};

  bool operator==(const outcome&) const = default;
};

outcome decode(std::string_view bytes, std::size_t piece) {
  constexpr std::uint64_t limit = 1000;
  chunk_decoder chunks;
  chunks.reset(limit);
  outcome out;
  while (out.taken < bytes.size() && !chunks.done()) {
    const auto took = chunks.feed(bytes.substr(out.taken, piece), out.content);
    if (!took) {
      out.why = took.error();
      out.content.clear(); // none of it counts
      out.taken = 0;
      return out;
    }
    demand(chunks.done() || *took == std::min(piece, bytes.size() - out.taken),
           "all is taken before the end");
    out.taken += *took;
  }
  demand(out.content.size() <= limit, "content keeps to its limit");
  out.done = chunks.done();
  return out;
}

} // namespace

/// Chunked content. However it is cut, the same content comes out.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  const outcome whole = decode(text, std::max<std::size_t>(size, 1));
  demand(whole == decode(text, 1), "byte by byte is as whole");
  demand(whole == decode(text, 3), "in pieces is as whole");
  return 0;
}

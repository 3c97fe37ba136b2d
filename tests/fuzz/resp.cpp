#include "store/resp/resp_reader.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/store/resp/printing.hpp"

#include <string>
#include <vector>

using namespace invited;
using namespace invited::fuzz;
using namespace invited::store::redis;

namespace {

constexpr std::size_t whole = std::string_view::npos;
constexpr resp_limits limits{.bytes = 4096, .values = 64};

/// The replies, one a line. The last line may say that the stream is broken.
using seen = std::vector<std::string>;
constexpr const char* broken = "broken";

std::size_t values_in(const node& n) {
  std::size_t count = 1;
  for (const node element : n) count += values_in(element);
  return count;
}

/// Whether it can go on.
bool drain(resp_reader& reader, seen& into) {
  for (reply r;;) {
    const auto outcome = reader.next(r);
    if (outcome == resp_reader::outcome::more) return true;
    demand(values_in(r.root()) <= limits.values + 1, "a reply keeps to its limit");
    into.push_back(outcome == resp_reader::outcome::reply ? test::show(r) : broken);
    if (into.back() == broken) return false;
  }
}

/// Feeds it in pieces whose sizes go round from 1 to `most`.
seen read(std::string_view bytes, std::size_t most) {
  resp_reader reader(limits);
  seen out;
  for (std::size_t piece = 1; !bytes.empty(); piece = piece % most + 1) {
    const std::string_view part = bytes.substr(0, most == whole ? most : piece);
    reader.feed(part);
    if (!drain(reader, out)) break;
    bytes.remove_prefix(part.size());
  }
  return out;
}

} // namespace

/// The bytes that Redis, or an impostor, sends. However they are cut, the same replies come out.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  const seen all = read(text, whole);
  demand(all == read(text, 1), "byte by byte is as whole");
  demand(all == read(text, 7), "in pieces is as whole");
  return 0;
}

#include "handlers/values/managed_ref.hpp"
#include "server/grammar/uri_rules.hpp"
#include "store/base/percent.hpp"
#include "store/keys/invite_id.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <string>

using namespace invited;
using namespace invited::fuzz;

/// Request targets, their segments, and the ids in them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  if (const auto target = server::split_target(text)) {
    demand(target->path == "*" || target->path.starts_with('/'), "a path is one");
    demand(target->path.find_first_of("?# \r\n") == target->path.npos, "a path ends where its query begins");
    demand(target->authority.empty() || server::is_authority(target->authority), "an authority is one");
  }
  if (server::is_authority(text))
    demand(text.find_first_of("/?#@ \r\n") == text.npos, "an authority is no more");

  if (const auto segment = store::percent_decode(text)) {
    demand(store::percent_decode(escaped(*segment)) == segment, "what was escaped is read the same");
  }
  if (const auto id = store::parse_invite_id(text)) {
    demand(store::parse_invite_id(store::to_text(*id)) == id, "an id is written as it was read");
    demand(handlers::parse_managed(text) == store::ref_of(*id), "an id names its invite");
  } else if (const auto ref = store::parse_invite_ref(text)) {
    demand(store::to_text(*ref) == text, "a ref has one spelling");
    demand(handlers::parse_managed(text) == ref, "a ref names its invite");
  } else {
    demand(!handlers::parse_managed(text), "nothing else names an invite");
  }
  return 0;
}

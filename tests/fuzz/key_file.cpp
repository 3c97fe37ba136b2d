#include "store/crypto/base64url.hpp"
#include "store/crypto/key_ring.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <string>
#include <vector>

using namespace invited;
using namespace invited::store;
using namespace invited::fuzz;

/// The key file. No problem quotes it, and a ring is the same after it was written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  std::vector<std::string> problems;
  const auto ring = key_ring::parse(text, problems);
  demand((ring == nullptr) == !problems.empty(), "there is a ring, or a problem");
  for (const std::string& problem : problems)
    demand(problem.size() < 120 && problem.find_first_of("\r\n") == problem.npos,
           "a problem is a short line");
  if (ring == nullptr) return 0;
  demand(!ring->seal_keys().empty() && ring->seal_keys().size() <= key_ring::max_seal_keys,
         "a ring has its keys");

  std::string again = "index " + base64url::encode(ring->index_key());
  for (const auto& key : ring->seal_keys()) again += "\nseal " + base64url::encode(key.bytes);
  const auto second = key_ring::parse(again, problems);
  demand(second != nullptr && second->index_key() == ring->index_key(), "a ring that is written down is one");
  demand(second->seal_keys().size() == ring->seal_keys().size(), "it has as many keys");
  for (std::size_t i = 0; i < ring->seal_keys().size(); ++i)
    demand(second->seal_keys()[i].id == id_of(ring->seal_keys()[i].bytes), "a key has its id");
  return 0;
}

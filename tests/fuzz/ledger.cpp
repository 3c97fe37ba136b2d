#include "store/invites/ledger.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <string>

using namespace invited;
using namespace invited::store;
using namespace invited::fuzz;

/// The packed ledger, which Redis may return damaged. One of our own is read as it was written.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  if (const auto l = read_ledger(text)) {
    demand(!name_of(l->state).empty(), "a state has a name");
    demand(l->created_at >= 0 && l->created_at < std::int64_t{1} << 48, "a time has six bytes");
    for (const std::string_view part :
         {l->blind_index, l->provider_id, l->answer, l->last_wrong, l->external_index, l->sealed})
      demand(part.empty() || (part.data() >= text.data() && part.data() + part.size() <= text.data() + size),
             "a part lies in its value");
    demand(l->blind_index.size() == ledger_blind_size, "the blind index is whole");
    demand(l->external_index.empty() || l->external_index.size() == ledger_blind_size, "so is the other");
    demand(l->is_erased() || l->external_index.empty() == ((l->flags & 32) == 0),
           "a flag says that it is there");
  }
  constexpr std::size_t fixed = ledger_blind_size + sizeof(handle);
  if (size < fixed) return 0;
  const std::string_view blind = text.substr(0, ledger_blind_size),
                         answer = text.substr(ledger_blind_size, sizeof(handle));
  const std::string_view rest = text.substr(fixed), provider = rest.substr(0, rest.size() % 65),
                         sealed = rest.substr(provider.size());
  for (const auto& [hash, external] : {std::pair{answer, std::string_view{}},
                                       {std::string_view{}, std::string_view{}},
                                       {answer, blind},
                                       {std::string_view{}, blind}}) {
    const new_ledger made = begin_ledger({1, 2, 3, 4}, blind, provider, hash, external, sealed.size());
    const std::string value =
        made.head + "\x01\x02\x03\x04\x05\x06" + "\x06\x05\x04\x03\x02\x01" + made.tail + std::string(sealed);
    const auto l = read_ledger(value);
    demand(l.has_value() && l->state == invite_state::pending && !l->is_erased(), "a new ledger is one");
    demand(l->created_at == 0x010203040506 && l->expires_at == 0x060504030201, "it has its times");
    demand(l->blind_index == blind && l->provider_id == provider && l->answer == hash, "it has its names");
    demand(l->external_index == external, "it has the index of its external id");
    demand(l->sealed == sealed && l->sealed_under == key_id{1, 2, 3, 4}, "it has its record");
  }
  return 0;
}

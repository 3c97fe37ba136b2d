#include "server/net/address_counts.hpp"

#include <bit>

namespace invited::server {

address_counts::address_counts(std::size_t most, store::entropy& random)
    : hash_(random), slots_(std::bit_ceil(2 * most + 2)) {}

/// The address's slot, or the free one where it would be.
std::size_t address_counts::find(std::uint64_t address) const {
  std::size_t at = home_of(address);
  while (slots_[at].count != 0 && slots_[at].address != address) at = next(at);
  return at;
}

void address_counts::add(std::uint64_t address) {
  slot& s = slots_[find(address)];
  s.address = address;
  ++s.count;
}

/// An entry after a slot that has become free moves into it if it could not be found across the gap.
void address_counts::remove(std::uint64_t address) {
  std::size_t hole = find(address);
  if (--slots_[hole].count > 0) return;
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = next(hole); slots_[at].count != 0; at = next(at)) {
    const std::size_t home = home_of(slots_[at].address);
    if (((at - home) & mask) < ((at - hole) & mask)) continue; // it can be found without crossing the gap
    slots_[hole] = slots_[at];
    slots_[at].count = 0;
    hole = at;
  }
}

} // namespace invited::server

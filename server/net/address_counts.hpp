#pragma once

#include "handlers/limits/address_hash.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace invited::server {

/// How many things each address has, exactly. Addresses are those of handlers::limited_part(). All memory is
/// taken at once: it is a table with open addressing, never more than half full. For one thread at a time.
class address_counts {
public:
  /// `most` is the highest sum of all counts, for any number of addresses.
  address_counts(std::size_t most, store::entropy& random);

  std::uint32_t of(std::uint64_t address) const { return slots_[find(address)].count; }

  /// Precondition: the sum of all counts is below `most`.
  void add(std::uint64_t address);

  /// Precondition: of(address) > 0.
  void remove(std::uint64_t address);

private:
  struct slot {
    std::uint64_t address = 0;
    std::uint32_t count = 0; ///< 0: the slot is free
  };

  std::size_t home_of(std::uint64_t address) const { return hash_(address) & (slots_.size() - 1); }
  std::size_t next(std::size_t at) const { return (at + 1) & (slots_.size() - 1); }
  std::size_t find(std::uint64_t address) const;

  handlers::address_hash hash_;
  std::vector<slot> slots_;
};

} // namespace invited::server

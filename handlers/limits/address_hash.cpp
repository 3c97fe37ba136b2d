#include "handlers/limits/address_hash.hpp"

#include <boost/endian/conversion.hpp>

#include <cstring>

namespace invited::handlers {
namespace {

/// A keyed mix (the finaliser of MurmurHash3): without seeing the slots nobody can choose one.
std::uint64_t mix(std::uint64_t x) {
  x = (x ^ x >> 33) * 0xff51afd7ed558ccdULL;
  x = (x ^ x >> 33) * 0xc4ceb9fe1a85ec53ULL;
  return x ^ x >> 33;
}

} // namespace

std::uint64_t limited_part(const boost::asio::ip::address& who) {
  if (who.is_v4()) return who.to_v4().to_uint();
  const boost::asio::ip::address_v6 v6 = who.to_v6();
  const auto bytes = v6.to_bytes();
  return v6.is_v4_mapped() ? boost::endian::load_big_u32(bytes.data() + 12)
                           : boost::endian::load_big_u64(bytes.data());
}

address_hash::address_hash(store::entropy& random) {
  std::array<std::uint8_t, sizeof key_> bytes;
  random.fill(bytes);
  std::memcpy(key_.data(), bytes.data(), bytes.size());
}

std::uint64_t address_hash::operator()(std::uint64_t part) const {
  return mix(mix(part ^ key_[0]) ^ key_[1]);
}

} // namespace invited::handlers

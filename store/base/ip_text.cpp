#include "store/base/ip_text.hpp"

#include <algorithm>
#include <array>

namespace invited::store {

namespace ip = boost::asio::ip;

std::optional<ip::address> zoned_ip_address_of(std::string_view text) {
  std::array<char, 64> with_nul{}; // 45 characters of an address, '%', 15 of a name of an interface
  if (text.size() >= with_nul.size() || text.find('\0') != std::string_view::npos) return {};
  std::copy(text.begin(), text.end(), with_nul.begin());
  boost::system::error_code failed;
  const ip::address address = ip::make_address(with_nul.data(), failed);
  if (failed) return {};
  return address;
}

std::optional<ip::address> ip_address_of(std::string_view text) {
  if (text.find('%') != std::string_view::npos) return {};
  return zoned_ip_address_of(text);
}

} // namespace invited::store

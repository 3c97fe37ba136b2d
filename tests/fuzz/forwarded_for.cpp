#include "handlers/text/coarse_address.hpp"
#include "server/http/client_address.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <array>
#include <string>

using namespace invited;
using namespace invited::server;
using namespace invited::fuzz;
using boost::asio::ip::make_address;

/// X-Forwarded-For, and addresses and networks as text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  static const std::array<network, 2> proxies{*network::parse("10.0.0.0/8"),
                                              *network::parse("2001:db8::/32")};
  static const auto stranger = make_address("192.0.2.7"), proxy = make_address("10.1.2.3");
  demand(client_address(stranger, text, proxies) == stranger, "a stranger is not believed");

  const auto client = client_address(proxy, text, proxies);
  demand(!client.is_v6() || !client.to_v6().is_v4_mapped(), "a mapped address comes out as IPv4");
  const bool is_proxy = proxies[0].contains(client) || proxies[1].contains(client);
  const auto extended = std::string(text) + ", 198.51.100.9";
  demand(client_address(proxy, extended, proxies) == make_address("198.51.100.9"),
         "what stands left counts for nothing");
  if (!is_proxy)
    demand(client_address(proxy, extended.substr(0, size), proxies) == client, "the same each time");

  std::string coarse, whole;
  handlers::append_coarse_address(coarse, client);
  handlers::append_address(whole, client);
  demand(make_address(whole) == client, "an address is written as it is read");
  demand(network::parse(coarse).value().contains(client), "a block holds its address");
  if (const auto net = network::parse(text)) static_cast<void>(net->contains(client));
  return 0;
}

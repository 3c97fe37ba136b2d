#pragma once

#include "server/http/client_address.hpp"
#include "server/http/http_context.hpp"

#include <boost/asio/ip/address.hpp>

#include <string_view>

namespace invited::server {

/// The other end of a connection, which may be a client or a proxy. The context must outlive it.
class peer {
public:
  peer(http_context& context, const boost::asio::ip::address& address)
      : context_(context),
        address_(client_address(address, {}, {})),
        is_proxy_unnamed_(is_proxy_unnamed(address, context.trusted_proxies)) {}

  /// Whose request it is: the peer's own, unless a trusted proxy says in `forwarded_for` whose.
  boost::asio::ip::address client(std::string_view forwarded_for) const {
    if (forwarded_for.empty()) return address_; // as nearly always where there is no proxy
    return client_address(address_, forwarded_for, context_.trusted_proxies);
  }

  /// Tells the context of a request with this `forwarded_for`, if it is not believed and perhaps should be.
  void note(std::string_view forwarded_for) const {
    if (is_proxy_unnamed_ && !forwarded_for.empty() && context_.on_forwarded) [[unlikely]]
      context_.on_forwarded(address_);
  }

private:
  http_context& context_;
  const boost::asio::ip::address address_; ///< without IPv6's spelling of IPv4
  const bool is_proxy_unnamed_;
};

} // namespace invited::server

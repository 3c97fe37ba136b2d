#pragma once

#include "server/config/endpoint.hpp"
#include "server/config/parsed.hpp"
#include "server/http/client_address.hpp"

#include <optional>
#include <string_view>

namespace invited::server {

/// `host:port`; the host is a name, an IPv4 address or an IPv6 address in brackets. Without `fallback_port`
/// the port is required.
parsed<endpoint> parse_host_port(std::string_view text, std::optional<std::uint16_t> fallback_port);

/// An endpoint to listen on; port 0 lets the kernel choose one.
parsed<endpoint> parse_listen(std::string_view text);

/// The same, or `off`.
parsed<std::optional<endpoint>> parse_listen_or_off(std::string_view text);

/// `10.0.0.0/8`, `2001:db8::/32`, or a single address.
parsed<network> parse_network(std::string_view text);

} // namespace invited::server

#pragma once

#include <boost/asio/ip/address.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace invited::handlers {

/// The methods the server knows (RFC 9110 §9.3). The HTTP layer answers every other one with 501 before a
/// handler runs.
enum class verb : std::uint8_t { get, head, post, put, del, options };

/// The request fields a handler may read. All others are checked by the HTTP layer and dropped there.
enum class field : std::uint8_t {
  accept,
  accept_encoding,
  accept_language,
  access_control_request_headers,
  access_control_request_method,
  authorization,
  content_type,
  cookie,
  host, ///< or the authority of an absolute-form target, which goes before it (RFC 9112 §3.2.2)
  idempotency_key,
  if_match,
  if_none_match,
  origin,
  user_agent,
  count_,
};

/// One request, as plain data. Every view points into buffers of the HTTP session and is valid until the
/// handler has completed; a handler that keeps something longer copies it. Used by one thread only.
struct request {
  verb method = verb::get;
  std::string_view path;  ///< as received (not percent-decoded), without the query
  std::string_view query; ///< without the '?'; never logged

  /// Field values without surrounding white space; empty when absent. A field that came several times has its
  /// values joined by ", " (RFC 9110 §5.3); singletons among them were refused by the HTTP layer when they
  /// came twice.
  std::array<std::string_view, static_cast<std::size_t>(field::count_)> fields{};

  /// The whole body. Mutable, and body.data()[body.size()] is '\0', because the JSON reader parses in place.
  std::span<char> body;

  boost::asio::ip::address client; ///< who asks, behind the trusted proxies
  std::string_view request_id;     ///< [A-Za-z0-9._-]{1,64}, the caller's or made for this request

  /// What the route's `{...}` matched; empty where the route has none. Set by the router.
  std::string_view param;

  /// A cookie to set with whatever the answer is, the whole value of Set-Cookie; empty: none. Set by the gate
  /// when a sign-in is prolonged, sent by the front door.
  std::string set_cookie{};

  /// What this request keeps from others until it is answered, and while a large answer waits to be read,
  /// however slowly that is. Set by an endpoint, let go of by the HTTP layer.
  std::shared_ptr<const void> held{};

  std::string_view operator[](field f) const { return fields[static_cast<std::size_t>(f)]; }
};

} // namespace invited::handlers

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

/// The methods that the server knows (RFC 9110 §9.3). The HTTP layer answers every other one with 501 before
/// a handler runs.
enum class verb : std::uint8_t { get, head, post, put, del, options };

/// The request fields that a handler may read. The HTTP layer checks and drops all others.
enum class field : std::uint8_t {
  accept,
  accept_encoding,
  accept_language,
  access_control_request_headers,
  access_control_request_method,
  authorization,
  content_encoding,
  content_type,
  cookie,
  host, ///< or the authority of an absolute-form target, which takes precedence (RFC 9112 §3.2.2)
  idempotency_key,
  if_match,
  if_none_match,
  origin,
  purpose,     ///< what Sec-Purpose was called
  sec_purpose, ///< why a browser asks, where nobody may be looking (Fetch standard)
  user_agent,
  count_,
};

/// One request, as plain data. Every view points into buffers of the HTTP session and is valid until the
/// handler has completed. A handler must copy what it keeps longer. Used by one thread only.
struct request {
  verb method = verb::get;
  std::string_view path;  ///< as received (not percent-decoded), without the query
  std::string_view query; ///< without the '?'; never logged

  /// Field values without surrounding white space; a null view when absent. A field that came several times
  /// has its values joined by ", " (RFC 9110 §5.3); the HTTP layer has refused singletons that came twice.
  std::array<std::string_view, static_cast<std::size_t>(field::count_)> fields{};

  /// The whole body. Mutable, and body.data()[body.size()] is '\0', because the JSON reader parses in place.
  std::span<char> body;

  boost::asio::ip::address client; ///< the client, behind the trusted proxies
  std::string_view request_id;     ///< [A-Za-z0-9._-]{1,64}, the caller's, or made for this request

  /// What the route's `{...}` matched; empty if the route has none. Set by the router.
  std::string_view param;

  /// A cookie to set with any answer, as the whole value of Set-Cookie; empty: none. The gate sets it when a
  /// sign-in is prolonged, and the front door sends it.
  std::string set_cookie{};

  /// A place that this request holds until it is answered, and while a client reads a large answer, however
  /// slowly. An endpoint sets it, and the HTTP layer releases it.
  std::shared_ptr<const void> held{};

  std::string_view operator[](field f) const { return fields[static_cast<std::size_t>(f)]; }

  /// Whether the field came at all, perhaps with an empty value.
  bool has(field f) const { return (*this)[f].data() != nullptr; }
};

} // namespace invited::handlers

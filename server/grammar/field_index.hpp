#pragma once

#include "handlers/http/request.hpp"
#include "server/grammar/refusal.hpp"
#include "server/grammar/request_head.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace invited::server {

/// The fields that the server reads: those of handlers::field, in its order, then those that only this layer
/// uses.
enum class known_field : std::uint8_t {
  accept,
  accept_encoding,
  accept_language,
  access_control_request_headers,
  access_control_request_method,
  authorization,
  content_encoding,
  content_type,
  cookie,
  host,
  idempotency_key,
  if_match,
  if_none_match,
  origin,
  purpose,
  sec_purpose,
  user_agent,
  connection, ///< the first that handlers do not see
  content_length,
  expect,
  traceparent,
  transfer_encoding,
  x_forwarded_for,
  x_request_id,
  count_,
  none = count_,
};

constexpr bool same(known_field a, handlers::field b) {
  return static_cast<int>(a) == static_cast<int>(b);
}
static_assert(same(known_field::accept, handlers::field::accept) &&
              same(known_field::authorization, handlers::field::authorization) &&
              same(known_field::cookie, handlers::field::cookie) &&
              same(known_field::host, handlers::field::host) &&
              same(known_field::sec_purpose, handlers::field::sec_purpose) &&
              same(known_field::user_agent, handlers::field::user_agent) &&
              same(known_field::connection, handlers::field::count_));

/// The known field of this name, in any case.
known_field identify(std::string_view name);

/// The known fields of one head: value and number of lines each.
class field_index {
public:
  /// Reads `head`. Refuses singletons that came twice (RFC 9110 §5.3), and joins the others into `scratch`.
  http_result<void> fill(const request_head& head, std::string& scratch);

  std::string_view operator[](known_field f) const { return values_[static_cast<std::size_t>(f)]; }
  unsigned count(known_field f) const { return counts_[static_cast<std::size_t>(f)]; }

private:
  static constexpr auto size = static_cast<std::size_t>(known_field::count_);

  std::array<std::string_view, size> values_{};
  std::array<std::uint8_t, size> counts_{};
};

} // namespace invited::server

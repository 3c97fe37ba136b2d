#pragma once

#include "handlers/text/short_text.hpp"
#include "store/keys/invite_id.hpp"

#include <boost/system/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace invited::handlers {

/// One answer, as plain data. The HTTP layer adds Date, Content-Length, Connection, X-Request-Id and the
/// security fields; for HEAD it sends everything but the body.
struct response {
  unsigned status = 200;
  std::string_view content_type{}; ///< static storage; empty: no body
  std::string body{};

  /// Sent after the body. It has static storage and is never copied: a copy of half a megabyte for each of
  /// many slow clients would let strangers fill the memory.
  std::string_view file{};

  /// More fields, each already rendered as "Name: value\r\n". Only add() writes here.
  std::string fields{};

  bool no_store =
      true; ///< Cache-Control: no-store; the default, because most answers hold a secret or a patient's data

  /// For the log line. Never anything secret.
  short_text<64> provider{};              ///< provider_id, or empty
  short_text<store::ref_text_size> ref{}; ///< the invite's public handle, or empty
  bool patient = true;      ///< a patient or an unknown caller asked: only the coarse address is logged
  std::string_view route{}; ///< the route's template, static storage; empty if no route matched

  /// For the metrics: the route's line in the table of calls.
  static constexpr std::uint16_t unrouted = 0xffff;
  std::uint16_t call = unrouted;

  /// Names the invite that the answer is about.
  void set_ref(const store::invite_ref& about);

  /// Adds a field. Drops CR, LF and NUL from the value, so that no value can smuggle in a second field.
  void add(std::string_view name, std::string_view value);
};

/// What a step gives, or the answer that ends the call.
template <class T = void>
using step = boost::system::result<T, response>;

} // namespace invited::handlers

#pragma once

#include <boost/asio/ip/address.hpp>

#include <chrono>
#include <string_view>

namespace invited::server {

/// What the log says about one request. It never holds the path, the query, a token, an invite_id or a
/// patient's data. The views must live only as long as the call of write().
struct access_record {
  std::chrono::system_clock::time_point at; ///< when the answer was ready
  std::string_view request_id;
  std::string_view trace_id;  ///< these three as in W3C Trace Context; the trace is the caller's or our own
  std::string_view span_id;   ///< this request's own
  std::string_view parent_id; ///< the caller's span; empty if it named none (logged as null)
  std::string_view method;
  std::string_view route;    ///< the route's template; empty when none matched (logged as null)
  std::string_view provider; ///< provider_id, or empty (logged as null)
  std::string_view ref;      ///< the invite's public handle, or empty (logged as null)
  unsigned status = 0;
  std::chrono::microseconds duration{};
  boost::asio::ip::address client;

  /// A patient or an unknown caller asked. Then only the address's /24 or /48 is logged, because the address
  /// is health information, too. True unless the caller proved to be staff, so that code which forgets to set
  /// it leaks nothing.
  bool patient = true;
};

/// Takes a line for each request from HTTP sessions. One object a core, called on that core's thread only.
class access_log {
public:
  virtual ~access_log() = default;
  virtual void write(const access_record& record) = 0;
};

} // namespace invited::server

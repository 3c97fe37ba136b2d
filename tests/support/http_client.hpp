#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace invited::test {

/// An answer as it came off the wire.
struct http_answer {
  int status = 0;
  std::multimap<std::string, std::string> fields; ///< names in lower case
  std::string body;

  /// The first field of this name (in lower case); empty if there is none.
  std::string field(const std::string& name) const;

  /// A string or number member of a JSON body, found by its name alone; empty if there is none.
  std::string json(std::string_view member) const;
};

struct http_fields : std::vector<std::pair<std::string, std::string>> {
  using vector::vector;
};

/// A plain blocking HTTP/1.1 client on one keep-alive connection. A receive deadline makes a hanging server
/// fail a test instead of stopping it. Throws std::runtime_error for anything but a whole answer.
class http_client {
public:
  explicit http_client(std::uint16_t port, std::chrono::seconds deadline = std::chrono::seconds(20));

  http_answer request(std::string_view method, std::string_view path, const http_fields& fields = {},
                      std::string_view body = {});
  http_answer get(std::string_view path, const http_fields& fields = {}) {
    return request("GET", path, fields);
  }

  /// POST with Content-Type: application/json.
  http_answer post_json(std::string_view path, std::string_view body, http_fields fields = {});

  // The same in two steps, for pipelining and for bytes that are not a request.
  void send(std::string_view raw);
  http_answer receive(bool head_request = false);

  /// Whether the server has closed the connection. Reads until it does, and throws at the deadline.
  bool closed_by_server();

  /// Shuts our side down, so that the server sees the end of the stream.
  void half_close();

private:
  bool fill();

  boost::asio::io_context context_;
  boost::asio::ip::tcp::socket socket_;
  std::string buffer_;
};

} // namespace invited::test

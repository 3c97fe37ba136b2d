#pragma once

#include "server/net/listener.hpp"
#include "tests/server/http/http_fixture.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace invited::server {

namespace asio = boost::asio;
using asio::ip::tcp;

inline const std::string hello = "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n";

/// A listener on a free port of loopback with three places, two for each address, and clients for it.
struct listener_fixture : core_fixture {
  store::system_entropy random{};
  connection_budget budget{3, 2, random};
  poller sockets{io, end_of_turn};
  std::vector<room> turned_away{};
  int asked_others = 0;
  std::function<bool()> others = [] { return false; }; ///< whether another core has made room
  listener door{io,
                sockets,
                net,
                budget,
                {.on_turned_away = [this](room why, const auto&) { turned_away.push_back(why); },
                 .find_room =
                     [this](auto found) {
                       ++asked_others;
                       asio::post(io, [this, found = std::move(found)] { found(others()); });
                     }}};
  asio::io_context outside{1}; ///< clients block; the server's loop runs in between
  test::turnstile gate{};

  listener_fixture() {
    const auto failed = door.open({asio::ip::make_address("127.0.0.1"), 0});
    BOOST_REQUIRE(!failed);
    door.start();
  }

  ~listener_fixture() {
    door.abort();
    gate.open();
    until([this] { return door.live() == 0; });
    for (int i = 0; i < 10; ++i) io.poll();
  }

  void make_handlers_wait() { service.gate = &gate; }

  template <class Condition>
  bool until(Condition holds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!holds() && std::chrono::steady_clock::now() < end) {
      io.restart();
      io.run_for(std::chrono::milliseconds(2));
    }
    return holds();
  }

  /// From any address of loopback.
  tcp::socket connect(const char* from = "127.0.0.1") {
    tcp::socket s{outside};
    s.open(tcp::v4());
    s.bind({asio::ip::make_address(from), 0});
    s.connect(door.local_endpoint());
    s.non_blocking(true);
    return s;
  }

  /// Reads until `part` has come or the stream has ended.
  std::string receive(tcp::socket& s, std::string_view part) {
    std::string text;
    until([&] {
      char bytes[4096];
      boost::system::error_code failed;
      const auto n = s.read_some(asio::buffer(bytes), failed);
      text.append(bytes, n);
      ended = failed && failed != asio::error::would_block;
      return ended || text.find(part) != std::string::npos;
    });
    return text;
  }

  bool ended = false;
};

/// For receive(): what no answer has.
inline constexpr std::string_view to_the_end = "\x01never";

} // namespace invited::server

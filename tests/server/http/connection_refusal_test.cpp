// What is told of a request that is refused before it is served: by whom it may be read, and as what.
#include "tests/server/http/http_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::server {
namespace {

using namespace std::string_literals;

BOOST_FIXTURE_TEST_SUITE(connection_refusals, core_fixture)

BOOST_AUTO_TEST_CASE(the_fields_that_came_are_told) {
  const std::string known = "Host: h\r\nOrigin: https://o.example\r\nAccept: text/html\r\n";
  struct row {
    std::string request;
    unsigned status;
  };
  for (const row& r : {row{"GET /" + std::string(5000, 'a') + " HTTP/1.1\r\n" + known + "\r\n", 414},
                       {"GET / HTTP/1.1\r\n" + known + "A: " + std::string(9000, 'a'), 431},
                       {"GET / HTTP/1.1\r\n" + known + "A: b\x01\r\n\r\n", 400},
                       {"GET / HTTP/1.1\r\n" + known + "A : b\r\n\r\n", 400},
                       {"GET / HTTP/1.1\r\n" + known + "Host: h\r\n\r\n", 400},
                       {"GET /# HTTP/1.1\r\n" + known + "\r\n", 400},
                       {"PATCH / HTTP/1.1\r\n" + known + "\r\n", 501},
                       {"GET / HTTP/2.1\r\n" + known + "\r\n", 505},
                       {"POST /echo HTTP/1.1\r\n" + known + "Content-Length: 99999999\r\n\r\n", 413},
                       {"POST /echo HTTP/1.1\r\n" + known + "Expect: magic\r\n\r\n", 417},
                       {"POST /echo HTTP/1.1\r\n" + known + "Transfer-Encoding: chunked\r\n\r\nx", 400}}) {
    for (const std::size_t piece : {r.request.size(), std::size_t{1}}) {
      BOOST_TEST_CONTEXT(r.request.substr(0, 30) << " in pieces of " << piece) {
        service.refused_origin = service.refused_accept = "?";
        wire w{*this};
        for (std::size_t at = 0; at < r.request.size(); at += piece)
          w.send(std::string_view(r.request).substr(at, piece));
        BOOST_TEST(w.out.starts_with("HTTP/1.1 " + std::to_string(r.status)), w.out);
        BOOST_TEST(service.refused_origin == "https://o.example");
        BOOST_TEST(service.refused_accept == "text/html");
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(nothing_is_told_of_an_earlier_request) {
  wire w{*this};
  w.send("GET /x HTTP/1.1\r\nHost: h\r\nOrigin: https://o.example\r\nAccept: text/html\r\n\r\n");
  BOOST_TEST(count(w.out, "HTTP/1.1 200") == 1);
  service.refused_origin = service.refused_accept = "?";
  w.send("GET / HTTP/1.1\r\nA\r\n\r\n");
  BOOST_TEST(count(w.out, "HTTP/1.1 400") == 1);
  BOOST_TEST(service.refused_origin == "");
  BOOST_TEST(service.refused_accept == "");
}

BOOST_AUTO_TEST_CASE(a_line_that_is_not_whole_tells_nothing) {
  wire w{*this};
  service.refused_origin = "?";
  w.send("GET / HTTP/1.1\r\nOrigin: https://o.exam");
  w.time_out();
  BOOST_TEST(count(w.out, "HTTP/1.1 408") == 1);
  BOOST_TEST(service.refused_origin == "");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::server

#include "store/redis/url.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string>

using namespace invited::store::redis;
using transport = url::transport;

namespace {

url tcp(std::string host, std::uint16_t port = 6379, std::uint32_t db = 0, std::string user = {}) {
  return {transport::tcp, std::move(host), port, {}, db, std::move(user)};
}

url tls(std::string host, std::uint16_t port = 6379, std::uint32_t db = 0, std::string user = {}) {
  return {transport::tls, std::move(host), port, {}, db, std::move(user)};
}

url local(std::string path, std::uint32_t db = 0, std::string user = {}) {
  return {transport::unix_socket, "localhost", 6379, std::move(path), db, std::move(user)};
}

/// A URL, and a part of the message with which it is refused.
struct refused_url {
  std::string_view text, why;
};

void check(const refused_url& c) {
  BOOST_TEST_CONTEXT(c.text) {
    const auto u = parse_url(c.text);
    BOOST_TEST_REQUIRE(u.has_error());
    BOOST_TEST_CONTEXT(u.error().message) BOOST_TEST(u.error().message.find(c.why) != std::string::npos);
  }
}

} // namespace

BOOST_AUTO_TEST_SUITE(store_redis_url)

BOOST_AUTO_TEST_CASE(reads_what_it_should) {
  const struct {
    std::string_view text;
    url expected;
    std::string_view shown;
  } cases[] = {
      {"redis://", tcp("localhost"), "redis://localhost:6379"},
      {"redis:///3", tcp("localhost", 6379, 3), "redis://localhost:6379"},
      {"redis://db.example.org", tcp("db.example.org"), "redis://db.example.org:6379"},
      {"redis://h/", tcp("h"), "redis://h:6379"},
      {"redis://h:1/0", tcp("h", 1), "redis://h:1"},
      {"redis://h:65535/15", tcp("h", 65535, 15), "redis://h:65535"},
      {"redis://:6380", tcp("localhost", 6380), "redis://localhost:6380"},
      {"redis://127.0.0.1:7000", tcp("127.0.0.1", 7000), "redis://127.0.0.1:7000"},
      {"redis://[::1]", tcp("::1"), "redis://[::1]:6379"},
      {"redis://[2001:db8::7]:7000/2", tcp("2001:db8::7", 7000, 2), "redis://[2001:db8::7]:7000"},
      {"redis://me@h", tcp("h", 6379, 0, "me"), "redis://h:6379"},
      {"redis://m%40e%3A@h/1", tcp("h", 6379, 1, "m@e:"), "redis://h:6379"},
      {"rediss://h", tls("h"), "rediss://h:6379"},
      {"rediss://me@[::1]:1/2", tls("::1", 1, 2, "me"), "rediss://[::1]:1"},
      {"unix:///run/redis.sock", local("/run/redis.sock"), "unix:///run/redis.sock"},
      {"unix:///a%20b?db=4", local("/a b", 4), "unix:///a b"},
      {"unix://me@/a", local("/a", 0, "me"), "unix:///a"},
      {"unix:///a@b", local("/a@b"), "unix:///a@b"},
  };
  for (const auto& c : cases) {
    BOOST_TEST_CONTEXT(c.text) {
      const auto u = parse_url(c.text);
      BOOST_TEST_REQUIRE(u.has_value());
      BOOST_TEST((*u == c.expected));
      BOOST_TEST(to_string(*u) == c.shown);
    }
  }
}

BOOST_AUTO_TEST_CASE(refuses_a_wrong_host_port_or_database_and_says_why) {
  const refused_url cases[] = {
      {"", "begins with"},
      {"h:6379", "begins with"},
      {"http://h", "begins with"},
      {"REDIS://h", "begins with"},
      {"redis:/h", "begins with"},
      {"redis://h:0", "port"},
      {"redis://h:65536", "port"},
      {"redis://h:", "port"},
      {"redis://h:+1", "port"},
      {"redis://h: 1", "port"},
      {"redis://h:1x", "port"},
      {"redis://h/x", "database"},
      {"redis://h/-1", "database"},
      {"redis://h/1/2", "database"},
      {"redis://h/2147483648", "database"},
      {"redis://h/99999999999999999999", "database"},
      {"redis://h?db=1", "'?'"},
      {"redis://h/1?x", "'?'"},
      {"redis://h#x", "'#'"},
      {"redis://[::1", "']'"},
      {"redis://[::1]6379", "port"},
      {"redis://[h]", "IPv6"},
      {"redis://[]", "IPv6"},
      {"redis://::1", "[]"},
      {"redis://a b", "host name"},
      {"redis://h\\x", "host name"},
      {"redis://h%41", "host name"},
      {"redis://%zz@h", "percent"},
      {"redis://a%0@h", "percent"},
      {"redis://a%00@h", "percent"},
  };
  for (const refused_url& c : cases) check(c);
  BOOST_TEST(parse_url("redis://" + std::string(254, 'x')).has_error());
}

BOOST_AUTO_TEST_CASE(refuses_a_wrong_path_of_a_socket_and_says_why) {
  const refused_url cases[] = {
      {"unix://path", "absolute"},         {"unix://", "absolute"},   {"unix:///", "absolute"},
      {"unix:///a%2", "percent"},          {"unix:///a?x=1", "db=N"}, {"unix:///a?db=", "database"},
      {"unix:///a?db=1&db=2", "database"}, {"unix:///a?", "db=N"},
  };
  for (const refused_url& c : cases) check(c);
  BOOST_TEST(parse_url("unix:///" + std::string(107, 'x')).has_error());
  BOOST_TEST(parse_url("unix:///" + std::string(106, 'x')).has_value());
}

BOOST_AUTO_TEST_CASE(refuses_a_password_and_does_not_repeat_it) {
  for (const std::string_view text :
       {"redis://:hunter2@h", "redis://me:hunter2@h:1/2", "redis://me:hun@ter2@h",
        "rediss://me:hunter2@[::1]", "unix://me:hunter2@/path", "redis://me:hunter2/@h",
        "redis://me:hunter2?@h", "redis://me:hunter2#@h"}) {
    BOOST_TEST_CONTEXT(text) {
      const auto u = parse_url(text);
      BOOST_TEST_REQUIRE(u.has_error());
      BOOST_TEST(u.error().message.find("hun") == std::string::npos);
      BOOST_TEST(u.error().message.find("ter2") == std::string::npos);
    }
  }
  BOOST_TEST(parse_url("redis://:x@h").error().message.find("password") != std::string::npos);
  BOOST_CHECK_THROW(parse_url("redis://:x@h").value(), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(nothing_hides_behind_a_nul) {
  BOOST_TEST(!parse_url(std::string_view("redis://[::1\0junk]:1", 20)));
  BOOST_TEST(!parse_url(std::string_view("redis://127.0.0.1\0junk:1", 24)));
}

BOOST_AUTO_TEST_SUITE_END()

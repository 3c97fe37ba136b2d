#include "server/config/urls.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace invited::server;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(config_urls)

BOOST_AUTO_TEST_CASE(base_urls) {
  const struct {
    std::string_view text, expected;
  } cases[] = {
      {"http://localhost:4321", "http://localhost:4321"},
      {"https://invite.example", "https://invite.example"},
      {"https://invite.example/", "https://invite.example"},
      {"https://invite.example/a/b///", "https://invite.example/a/b"},
      {"HTTPS://Invite.Example", "https://invite.example"},
      {"hTTps://Invite.EXAMPLE:443/Clinic/A", "https://invite.example:443/Clinic/A"},
      {"HTTP://[::ABCD]/X", "http://[::abcd]/X"},
      {"http://[::1]:4321", "http://[::1]:4321"},
      {"https://invite.example:8443/x%20y", "https://invite.example:8443/x%20y"},
      {"https://invite.example/@home", "https://invite.example/@home"},
      {"http://10.0.0.1.example/", "http://10.0.0.1.example"}, // a name, and no address with a path behind it
      {"http://10.0.0.1x:80//a", "http://10.0.0.1x:80//a"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.text) {
      const auto url = parse_base_url(c.text);
      BOOST_TEST_REQUIRE(url.has_value());
      BOOST_TEST(*url == c.expected);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_base_url_is_refused) {
  const std::string_view cases[] = {
      "",
      "invite.example",
      "//invite.example",
      "/invite",
      "ftp://invite.example",
      "javascript:alert(1)",
      "http:/invite.example",
      "http://",
      "http:///path",
      "http://:80",
      "http://host:0",
      "http://host:99999",
      "http://host:port",
      "http://ho st",
      "http://host/a b",
      "http://host/\"",
      "http://host/<script>",
      "http://host/a\\b",
      "http://host/{id}",
      "http://host/[x]",
      "http://[::1]x/",
      "http://10.0.0.1%41/",
      "http://host/%",
      "http://host/%4",
      "http://host/%zz",
      "http://%zz",
      "http://ho%73t",
      "http://[::1%25eth0]",
      "http://[v1.x]",
      "http://host:",
      "http://host:-1",
      "http://host:99999999999999999999",
      "http://host/?",
      "http://host/?a=b",
      "http://host#",
      "http://host/#frag",
      "http://host/\n",
      "http://host/\r\nSet-Cookie: a=b",
      "http://h\xc3\xb6st",
      "http://user@host",
      "http://[::1",
      "http://1.2.3.4.5/",
      "http://host/\0x"sv,
  };
  for (const auto text : cases) BOOST_TEST_CONTEXT("'" << text << "'") BOOST_TEST(!parse_base_url(text));
}

BOOST_AUTO_TEST_CASE(messages_name_the_part_that_is_wrong) {
  const struct {
    std::string_view text, end;
  } cases[] = {
      {"", "is not an absolute http:// or https:// URL"},
      {"ftp://host", "is not an absolute http:// or https:// URL"},
      {"http:/host", "is not an absolute http:// or https:// URL"},
      {"://host", "is not an absolute http:// or https:// URL"},
      {"http://", "has no valid host, or no valid port"},
      {"HTTPS://ho st/", "has no valid host, or no valid port"},
      {"http://host:port/", "has no valid host, or no valid port"},
      {"http://host:0", "has no valid host, or no valid port"},
      {"http://host:65536", "has no valid host, or no valid port"},
      {"http://host/a b", "has a character after its host that must be percent-encoded in a URL"},
      {"http://host/%zz", "has a character after its host that must be percent-encoded in a URL"},
      {"http://host?a=^", "has a character after its host that must be percent-encoded in a URL"},
      {"http://host/?a", "must not have a query or a fragment"},
      {"http://me@host", "a user or password in the URL is not allowed"},
      {"http://me:secret@ho st/", "a user or password in the URL is not allowed"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.text) {
      const auto url = parse_base_url(c.text);
      BOOST_TEST_REQUIRE(!url);
      BOOST_TEST_CONTEXT(url.error().text()) BOOST_TEST(url.error().text().ends_with(c.end));
    }
}

BOOST_AUTO_TEST_CASE(no_message_shows_a_password) {
  for (const std::string_view text :
       {"http://me:secret@host", "ftp://me:secret@host", "http://me:sec/ret@host", "http://me:secret@host/?q",
        "http://me:secret@host/#f", "http://me:secret@:x"}) {
    BOOST_TEST_CONTEXT(text) {
      for (const auto& read : {parse_base_url, parse_page_url, parse_origin}) {
        const auto url = read(text);
        BOOST_TEST_REQUIRE(!url);
        BOOST_TEST(url.error().text().find("sec") == std::string::npos);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(page_urls_may_have_a_query) {
  BOOST_TEST(parse_page_url("https://chat.example/start?app=1").value() ==
             "https://chat.example/start?app=1");
  BOOST_TEST(parse_page_url("https://chat.example/").value() == "https://chat.example/");
  BOOST_TEST(!parse_page_url("https://chat.example/#x"));
  BOOST_TEST(!parse_page_url("https://chat.example/#"));
  BOOST_TEST(!parse_page_url("/assessment"));
}

BOOST_AUTO_TEST_CASE(origins_come_out_as_browsers_send_them) {
  const struct {
    std::string_view text, expected;
  } cases[] = {
      {"https://portal.example", "https://portal.example"},
      {"HTTPS://Portal.Example", "https://portal.example"},
      {"https://portal.example:443", "https://portal.example"},
      {"http://portal.example:80", "http://portal.example"},
      {"http://portal.example:443", "http://portal.example:443"},
      {"https://portal.example:8443", "https://portal.example:8443"},
      {"http://[::1]:5173", "http://[::1]:5173"},
      {"http://[::1]:80", "http://[::1]"},
      {"http://localhost:3000", "http://localhost:3000"},
      {"http://10.0.0.1.Example", "http://10.0.0.1.example"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.text) {
      const auto origin = parse_origin(c.text);
      BOOST_TEST_REQUIRE(origin.has_value());
      BOOST_TEST(*origin == c.expected);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_origin_is_refused) {
  for (const std::string_view text :
       {"", "*", "null", "portal.example", "https://portal.example/", "https://portal.example/a",
        "https://portal.example?", "https://portal.example#", "https://*.example", "https://u@portal.example",
        "file:///", "https://"})
    BOOST_TEST_CONTEXT("'" << text << "'") BOOST_TEST(!parse_origin(text));
  BOOST_TEST(parse_origin("*").error().text() ==
             "'*' would allow every web page; list the origins one by one");
}

BOOST_AUTO_TEST_CASE(redis_urls) {
  for (const std::string text :
       {"redis://127.0.0.1:6379", "redis://invited@redis.internal/3", "rediss://redis.example:6380/0",
        "unix:///run/redis/redis.sock", "unix:///run/redis.sock?db=2", "redis://[::1]:6379"})
    BOOST_TEST_CONTEXT(text) {
      const auto url = parse_redis_url(text);
      BOOST_TEST_REQUIRE(url.has_value());
      BOOST_TEST(*url == text);
    }
  for (const std::string_view text :
       {"", "127.0.0.1:6379", "http://host", "unix://relative", "redis://host/x", "redis://host:0",
        "redis://:s3cret@host", "rediss://u:s3cret@host/1"})
    BOOST_TEST_CONTEXT("'" << text << "'") {
      const auto url = parse_redis_url(text);
      BOOST_TEST_REQUIRE(!url);
      BOOST_TEST(url.error().text().find("s3cret") == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(a_password_in_a_url_is_refused_with_its_right_place) {
  BOOST_TEST(parse_redis_url("redis://:s3cret@host").error().text().ends_with("(--redis-password-file)"));
  BOOST_TEST(!parse_redis_url("redis://host:x").error().text().ends_with("(--redis-password-file)"));
}

BOOST_AUTO_TEST_CASE(plain_http_is_fine_only_on_this_machine) {
  for (const std::string_view text :
       {"http://localhost:4321", "http://LOCALHOST", "http://a.localhost/x", "http://127.0.0.1",
        "http://127.9.9.9:1", "http://[::1]:2", "https://invite.example"})
    BOOST_TEST_CONTEXT(text) BOOST_TEST(!is_plain_and_remote(text));
  for (const std::string_view text : {"http://invite.example", "http://10.0.0.1:4321", "http://[2001:db8::1]",
                                      "http://localhost.example", "http://notlocalhost"})
    BOOST_TEST_CONTEXT(text) BOOST_TEST(is_plain_and_remote(text));
}

BOOST_AUTO_TEST_SUITE_END()

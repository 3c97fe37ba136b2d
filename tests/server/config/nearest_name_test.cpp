#include "server/config/nearest_name.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace invited::server;

BOOST_AUTO_TEST_SUITE(config_nearest_name)

BOOST_AUTO_TEST_CASE(distances) {
  const struct {
    std::string_view a, b;
    std::size_t expected;
  } cases[] = {{"", "", 0},        {"abc", "abc", 0}, {"", "abc", 3},
               {"abc", "", 3},     {"abc", "abd", 1}, {"abc", "ab", 1},
               {"abc", "xabc", 1}, {"ab", "ba", 2},   {"kitten", "sitting", 3}};
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.a << " " << c.b) {
      BOOST_TEST(edit_distance(c.a, c.b) == c.expected);
      BOOST_TEST(edit_distance(c.b, c.a) == c.expected);
    }
}

BOOST_AUTO_TEST_CASE(slips_are_understood_and_other_words_are_not) {
  const struct {
    std::string_view typed, meant;
  } cases[] = {{"ttl_min", "ttl-min"},
               {"TTL-MIN", "ttl-min"},
               {"rat", "rate"},
               {"lisen", "listen"},
               {"base-ulr", "base-url"},
               {"trusted-proxies", "trusted-proxy"},
               {"cors-origins", "cors-origin"},
               {"jwt-secret", "jwt-secret-file"},
               {"REDIS_PASSWORD", "redis-password-file"},
               {"port", ""},
               {"x", ""},
               {"", ""},
               {"completely-different", ""}};
  const auto known = serve_options();
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.typed) {
      BOOST_TEST(nearest_name(c.typed, known) == c.meant);
    }
  BOOST_TEST(nearest_name(std::string(100'000, 'r'), known).empty());
}

BOOST_AUTO_TEST_CASE(a_suggestion_is_a_half_sentence_or_nothing) {
  const auto known = serve_options();
  BOOST_TEST(suggestion("burts", known, "--") == " (did you mean --burst?)");
  BOOST_TEST(suggestion("completely-different", known, "--").empty());
}

BOOST_AUTO_TEST_SUITE_END()

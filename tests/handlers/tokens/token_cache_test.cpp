#include "handlers/tokens/token_cache.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <string_view>

using namespace invited::handlers;

namespace {

std::shared_ptr<const principal> until(std::int64_t expires_at, std::string subject = "s") {
  auto who = std::make_shared<principal>();
  who->subject = std::move(subject);
  who->expires_at = expires_at;
  return who;
}

} // namespace

BOOST_AUTO_TEST_SUITE(token_cache_suite)

BOOST_AUTO_TEST_CASE(a_token_is_found_until_it_expires) {
  token_cache cache;
  const auto who = until(100);
  cache.put("token", who, 0);
  BOOST_TEST((cache.find("token", 99) == who));
  BOOST_TEST((cache.find("token", 100) == nullptr)); // expired ⇔ expires_at ≤ now
  BOOST_TEST(cache.size() == 0u);
  BOOST_TEST((cache.find("token", 0) == nullptr)); // setting the clock back does not revive it
}

BOOST_AUTO_TEST_CASE(the_whole_text_decides) {
  const std::string signature(43, 'S');
  const std::string token = "header.payload." + signature;
  token_cache cache;
  cache.put(token, until(100), 0);
  BOOST_TEST((cache.find(token, 0) != nullptr));
  // The same signature has the same hash: an attacker has seen a token and changes its claims.
  BOOST_TEST((cache.find("header.PAYLOAD." + signature, 0) == nullptr));
  BOOST_TEST((cache.find("Header.payload." + signature, 0) == nullptr));
  BOOST_TEST((cache.find(token.substr(1), 0) == nullptr));
  for (std::size_t n = 0; n < token.size(); ++n) BOOST_TEST((cache.find(token.substr(0, n), 0) == nullptr));
  BOOST_TEST((cache.find(token + "S", 0) == nullptr));
  BOOST_TEST((cache.find("", 0) == nullptr));
}

BOOST_AUTO_TEST_CASE(the_cache_owns_its_copy_and_the_caller_a_share) {
  token_cache cache;
  std::string token = "the text of a token that is longer than the small buffer";
  cache.put(token, until(100, "kept"), 0);
  const std::string same = token;
  token.assign(token.size(), 'x');
  const auto who = cache.find(same, 0);
  BOOST_TEST_REQUIRE((who != nullptr));
  cache.clear();
  BOOST_TEST(who->subject == "kept");
}

BOOST_AUTO_TEST_CASE(expired_tokens_are_not_taken) {
  token_cache cache;
  cache.put("token", until(100), 100);
  BOOST_TEST(cache.size() == 0u);
}

BOOST_AUTO_TEST_CASE(put_again_replaces) {
  token_cache cache(2);
  cache.put("a", until(100, "first"), 0);
  cache.put("b", until(100), 0);
  cache.put("a", until(200, "second"), 0);
  BOOST_TEST(cache.size() == 2u);
  BOOST_TEST(cache.find("a", 150)->subject == "second");
  cache.put("c", until(100), 0); // "b" is the oldest now
  BOOST_TEST((cache.find("b", 0) == nullptr));
  BOOST_TEST((cache.find("a", 0) != nullptr));
}

BOOST_AUTO_TEST_CASE(when_full_the_expired_go_first) {
  token_cache cache(4);
  cache.put("oldest", until(1000), 0);
  cache.put("short 1", until(10), 0);
  cache.put("long", until(1000), 0);
  cache.put("short 2", until(20), 0);
  cache.put("new", until(1000), 20);
  BOOST_TEST(cache.size() == 3u);
  for (const std::string_view token : {"oldest", "long", "new"})
    BOOST_TEST((cache.find(token, 20) != nullptr), token);
  for (const std::string_view token : {"short 1", "short 2"})
    BOOST_TEST((cache.find(token, 0) == nullptr), token);
}

BOOST_AUTO_TEST_CASE(when_full_of_good_ones_the_oldest_goes) {
  token_cache cache(3);
  for (int i = 0; i < 100; ++i) {
    cache.put("token " + std::to_string(i), until(1000 + i), 0);
    BOOST_TEST(cache.size() <= 3u);
  }
  BOOST_TEST((cache.find("token 96", 0) == nullptr));
  for (const std::string_view token : {"token 97", "token 98", "token 99"})
    BOOST_TEST((cache.find(token, 0) != nullptr), token);
}

BOOST_AUTO_TEST_CASE(expired_ones_are_found_again_after_earlier_sweeps) {
  token_cache cache(2);
  for (std::int64_t t = 0; t < 50; ++t) { // each sweep must learn when the next one is worth it
    cache.put("short " + std::to_string(t), until(t + 1), t);
    cache.put("long " + std::to_string(t), until(t + 1000), t);
    BOOST_TEST(cache.size() == 2u);
    BOOST_TEST((cache.find("long " + std::to_string(t), t) != nullptr));
  }
}

BOOST_AUTO_TEST_CASE(the_bound_holds_by_default) {
  token_cache cache;
  for (int i = 0; i < 5000; ++i) cache.put(std::to_string(i), until(1000), 0);
  BOOST_TEST(cache.size() == 4096u);
  token_cache none(0); // useless, but harmless
  none.put("a", until(10), 0);
  none.put("b", until(10), 0);
  BOOST_TEST(none.size() == 1u);
}

BOOST_AUTO_TEST_CASE(clear_forgets_everything) {
  token_cache cache;
  cache.put("a", until(100), 0);
  cache.clear();
  BOOST_TEST(cache.size() == 0u);
  BOOST_TEST((cache.find("a", 0) == nullptr));
  cache.put("a", until(100), 0);
  BOOST_TEST((cache.find("a", 0) != nullptr));
}

BOOST_AUTO_TEST_SUITE_END()

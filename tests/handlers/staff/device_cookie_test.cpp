#include "handlers/staff/device_cookie.hpp"

#include "store/crypto/base64url.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>

namespace invited::handlers {
namespace {

constexpr std::int64_t noon = 1'700'049'600;
constexpr std::int64_t day = 86'400;

std::shared_ptr<const store::key_ring> new_keys(store::entropy& random) {
  std::vector<std::string> problems;
  return store::key_ring::parse(store::new_seal_line(random) + store::new_index_line(random), problems);
}

struct devices {
  store::system_entropy random;
  store::sealer seals{new_keys(random), random}, others{new_keys(random), random};
  std::int64_t now = noon;
  device_cookie cookie{"https://h.example", seals, random, [this] { return now; }};
  store::handle grey{1}, yang{2};
  std::string sent;

  /// A request with the cookies that the browser holds.
  request asked() {
    request r;
    r.fields[static_cast<std::size_t>(field::cookie)] = sent;
    return r;
  }
  /// Signs in, and keeps the cookies that it is given.
  std::string sign_in(const store::handle& account, std::int64_t epoch = 7) {
    const std::string set = cookie.set(asked(), account, epoch);
    sent = set.substr(0, set.find(';'));
    return set;
  }
  std::optional<known_device> find(const store::handle& account) { return cookie.find(asked(), account); }
  std::string value() const { return sent.substr(sent.find('=') + 1); }
};

BOOST_FIXTURE_TEST_SUITE(device_cookies, devices)

BOOST_AUTO_TEST_CASE(a_browser_is_known_again_for_its_account) {
  BOOST_TEST(!find(grey).has_value());
  const std::string set = sign_in(grey);
  BOOST_TEST(set.starts_with("__Host-invited_device="));
  BOOST_TEST(set.ends_with("; Max-Age=7776000; Path=/; HttpOnly; SameSite=Strict; Secure"));
  const auto known = find(grey);
  BOOST_REQUIRE(known.has_value());
  BOOST_TEST(known->epoch == 7);
  BOOST_TEST(known->issued_at == noon);
  BOOST_TEST((known->account == grey && known->id != store::handle{}));
  BOOST_TEST(!find(yang).has_value());
  sent = "invited=x; " + sent + "; y=z";
  BOOST_TEST((find(grey) == known));
}

BOOST_AUTO_TEST_CASE(plain_http_has_a_plain_name) {
  const device_cookie plain("http://localhost:4321", seals, random, [] { return noon; });
  const std::string set = plain.set(request(), grey, 7);
  BOOST_TEST(set.starts_with("invited_device="));
  BOOST_TEST(set.ends_with("; Path=/; HttpOnly; SameSite=Strict"));
}

BOOST_AUTO_TEST_CASE(it_lasts_ninety_days_from_the_last_sign_in) {
  sign_in(grey);
  const auto first = find(grey).value();
  now = noon + 90 * day - 1;
  BOOST_TEST(find(grey).has_value());
  sign_in(grey, 8);
  BOOST_TEST((find(grey)->id == first.id)); // the same browser, so the same count
  BOOST_TEST(find(grey)->epoch == 8);
  now += 90 * day - 1;
  BOOST_TEST(find(grey).has_value());
  now += 1;
  BOOST_TEST(!find(grey).has_value());
  sign_in(grey);
  BOOST_TEST((find(grey)->id != first.id));
}

BOOST_AUTO_TEST_CASE(a_clock_that_is_behind_voids_nothing) {
  sign_in(grey);
  now -= 60;
  BOOST_TEST(find(grey).has_value());
}

BOOST_AUTO_TEST_CASE(a_shared_browser_keeps_the_accounts_that_came_last) {
  for (std::uint8_t i = 1; i <= 8; ++i) sign_in({i});
  for (std::uint8_t i = 1; i <= 8; ++i) BOOST_TEST(find({i}).has_value());
  const auto one = find({1});
  sign_in({1});
  BOOST_TEST((find({1})->id == one->id));
  sign_in({9}); // in place of 2, which is the oldest by now
  BOOST_TEST(!find({2}).has_value());
  for (const std::uint8_t i : {1, 3, 4, 5, 6, 7, 8, 9}) BOOST_TEST(find({i}).has_value());
  BOOST_TEST(sent.size() < 1000U);
}

BOOST_AUTO_TEST_CASE(whoever_is_too_old_makes_room) {
  sign_in(grey);
  now += 91 * day;
  sign_in(yang);
  BOOST_TEST(value().find('.') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(nothing_else_is_believed) {
  sign_in(grey);
  const std::string good = value();
  std::string bytes;
  BOOST_REQUIRE(store::base64url::decode(good, bytes));
  for (std::size_t i = 0; i < bytes.size(); ++i) { // each byte, so that no part is left out
    std::string other = bytes;
    other[i] = static_cast<char>(other[i] ^ 1);
    sent = "__Host-invited_device=" + store::base64url::encode(store::as_bytes(other));
    BOOST_TEST(!find(grey).has_value(), i);
  }
  for (const std::string& bad :
       {std::string(), std::string("."), std::string(4000, '.'), std::string(4000, 'A'), good.substr(1),
        good + 'A', good + '=', '"' + good, "." + good.substr(0, 40)}) {
    sent = "__Host-invited_device=" + bad;
    BOOST_TEST(!find(grey).has_value(), bad);
    sign_in(yang); // none of it is kept
    BOOST_TEST(value().size() == good.size());
  }
  sent = "invited_device=" + good; // the name that a neighbouring site could set
  BOOST_TEST(!find(grey).has_value());
}

BOOST_AUTO_TEST_CASE(the_cookie_of_another_installation_does_not_count) {
  const device_cookie foreign("https://h.example", others, random, [] { return noon; });
  const std::string set = foreign.set(request(), grey, 7);
  sent = set.substr(0, set.find(';'));
  BOOST_TEST(!find(grey).has_value());
}

BOOST_AUTO_TEST_CASE(more_than_it_holds_is_not_looked_at) {
  sign_in(grey);
  const std::string good = value();
  std::string many = "__Host-invited_device=";
  for (int i = 0; i < 8; ++i) many += "x.";
  sent = many + good;
  BOOST_TEST(!find(grey).has_value());
}

BOOST_AUTO_TEST_CASE(it_shows_no_name) {
  sign_in(grey);
  const std::string once = value();
  sent.clear();
  sign_in(grey);
  BOOST_TEST(value() != once); // each browser has its own
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

#include "store/providers/provider_settings.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::store {
namespace {

provider_settings some_settings() {
  return {"Clínica \"Uno\"", "+14155550123", "Europe/Zurich", 0.5, 20, std::chrono::hours(24 * 7)};
}

BOOST_AUTO_TEST_SUITE(provider_settings_value)

BOOST_AUTO_TEST_CASE(what_is_packed_is_read_back) {
  BOOST_TEST((decode_provider_settings(encode(some_settings())) == some_settings()));
  provider_settings one{};
  one.burst = 4'294'967'295;
  BOOST_TEST((decode_provider_settings(encode(one)) == one));
  one = {};
  one.per_second = 1e6;
  BOOST_TEST((decode_provider_settings(encode(one)) == one));
}

BOOST_AUTO_TEST_CASE(nothing_set_is_no_value) {
  BOOST_TEST(encode({}).empty());
  BOOST_TEST((decode_provider_settings("") == provider_settings{}));
}

BOOST_AUTO_TEST_CASE(half_a_value_is_none) {
  const std::string whole = encode(some_settings());
  for (std::size_t n = 1; n < whole.size(); ++n)
    BOOST_TEST_CONTEXT(n) BOOST_TEST(!decode_provider_settings(whole.substr(0, n)));
  BOOST_TEST(!decode_provider_settings("\2" + whole.substr(1)));
}

BOOST_AUTO_TEST_CASE(what_a_later_version_appends_is_skipped) {
  BOOST_TEST((decode_provider_settings(encode(some_settings()) + "more") == some_settings()));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::store

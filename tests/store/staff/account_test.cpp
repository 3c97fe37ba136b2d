#include "store/staff/account.hpp"

#include <boost/test/unit_test.hpp>

using namespace invited::store;

namespace {

account grey() {
  account a{.username = "Grey@clinic.example",
            .name = "Meredith Grey",
            .role = "clinician",
            .providers = {"clinic-1", "clinic-2"}};
  a.password.salt.fill(1);
  a.password.hash.fill(2);
  a.epoch = 1'700'000'000'123;
  return a;
}

} // namespace

BOOST_AUTO_TEST_SUITE(staff_account)

BOOST_AUTO_TEST_CASE(what_is_encoded_is_read_again) {
  account admin{.username = "root", .role = "admin", .disabled = true};
  for (const account& a : {grey(), admin}) {
    const std::optional<account> read = decode_account(encode(a));
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST((*read == a));
  }
}

BOOST_AUTO_TEST_CASE(what_is_not_an_account_is_not_read) {
  const std::string good = encode(grey());
  for (std::size_t n = 0; n < good.size(); ++n) {
    const std::optional<account> cut = decode_account(std::string_view(good).substr(0, n));
    if (cut)
      BOOST_TEST((cut->providers.size() < 2)); // cut between two providers; only the seal prevents that
  }
  std::string later = good;
  later[0] = 2;
  BOOST_TEST(!decode_account(later).has_value());
  BOOST_TEST(!decode_account(good + '\1').has_value());
}

BOOST_AUTO_TEST_CASE(an_epoch_never_comes_again) {
  account a = grey();
  end_sign_ins(a, 1'800'000'000'000);
  BOOST_TEST(a.epoch == 1'800'000'000'000);
  end_sign_ins(a, 1'700'000'000'000); // a clock that was set back
  BOOST_TEST(a.epoch == 1'800'000'000'001);
}

BOOST_AUTO_TEST_SUITE_END()

#include "server/core/descriptor_limit.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string>

namespace invited::server {
namespace {

BOOST_AUTO_TEST_SUITE(descriptor_limits)

BOOST_AUTO_TEST_CASE(what_fits_is_granted) {
  BOOST_TEST(fitting_connections(20'000, false, 20'256) == 20'000u);
  BOOST_TEST(fitting_connections(20'000, true, 20'256) == 20'000u);
  BOOST_TEST(fitting_connections(20'000, true, 1 << 20) == 20'000u);
}

BOOST_AUTO_TEST_CASE(the_default_is_lowered_to_what_fits) {
  BOOST_TEST(fitting_connections(20'000, false, 20'255) == 19'999u);
  BOOST_TEST(fitting_connections(20'000, false, 1024) == 768u);
  BOOST_TEST(fitting_connections(20'000, false, 257) == 1u);
}

BOOST_AUTO_TEST_CASE(what_was_asked_for_and_does_not_fit_is_refused_with_both_figures) {
  const auto says_both = [](const std::runtime_error& e) {
    const std::string text = e.what();
    return text.find("20256") != text.npos && text.find("1024") != text.npos &&
           text.find("ulimit -n") != text.npos && text.find("LimitNOFILE") != text.npos;
  };
  BOOST_CHECK_EXCEPTION(fitting_connections(20'000, true, 1024), std::runtime_error, says_both);
  BOOST_CHECK_THROW(fitting_connections(20'000, true, 20'255), std::runtime_error);
  BOOST_CHECK_THROW(fitting_connections(20'000, false, 256), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(the_limit_is_raised_as_far_as_it_goes) {
  const std::uint64_t most = raise_descriptor_limit();
  BOOST_TEST(most > 0u);
  BOOST_TEST(raise_descriptor_limit() == most);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::server

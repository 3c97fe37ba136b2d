#include "handlers/answers/store_problem.hpp"
#include "store/base/errc.hpp"

#include <boost/system/system_error.hpp>
#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

BOOST_AUTO_TEST_SUITE(store_problem_suite)

BOOST_AUTO_TEST_CASE(a_silent_store_is_never_not_found) {
  for (const auto& [e, status, code] : {std::tuple{store::errc::unavailable, 503U, "store_unavailable"},
                                        {store::errc::unanswered, 503U, "store_unavailable"},
                                        {store::errc::refused, 503U, "store_unavailable"},
                                        {store::errc::key_unavailable, 503U, "key_unavailable"}}) {
    const problem p = store_problem(e);
    BOOST_TEST(p.status == status);
    BOOST_TEST(p.code == code);
  }
  for (const store::errc e : {store::errc::unexpected, store::errc::corrupt}) {
    BOOST_CHECK_THROW(store_problem(e), boost::system::system_error);
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

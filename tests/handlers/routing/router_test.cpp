#include "handlers/routing/router.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

struct table {
  router routes{{
      {verb::post, "/generate_invite", audience::staff, 1, nullptr},
      {verb::get, "/invite/{invite_id}", audience::patient, 2, nullptr},
      {verb::post, "/invite/{invite_id}/redeem", audience::patient, 3, nullptr},
      {verb::put, "/providers/{provider_id}", audience::staff, 4, nullptr},
      {verb::get, "/providers/{provider_id}", audience::staff, 5, nullptr},
  }};
};

BOOST_FIXTURE_TEST_SUITE(router_table, table)

BOOST_AUTO_TEST_CASE(finds_by_method_and_path) {
  struct {
    verb method;
    std::string_view path, pattern, param;
  } const cases[] = {
      {verb::post, "/generate_invite", "/generate_invite", ""},
      {verb::get, "/invite/abc", "/invite/{invite_id}", "abc"},
      {verb::head, "/invite/abc", "/invite/{invite_id}", "abc"},
      {verb::post, "/invite/abc/redeem", "/invite/{invite_id}/redeem", "abc"},
      {verb::put, "/providers/x.y:z", "/providers/{provider_id}", "x.y:z"},
      {verb::get, "/generate_invite", "", ""},
      {verb::post, "/generate_invite/", "", ""},
      {verb::post, "/generate_invit", "", ""},
      {verb::get, "/invite/", "", ""},
      {verb::get, "/invite/a/b", "", ""},
      {verb::post, "/invite//redeem", "", ""},
      {verb::post, "/invite/a/b/redeem", "", ""},
      {verb::post, "/invite/redeem", "", ""},
      {verb::get, "/Invite/abc", "", ""},
      {verb::get, "", "", ""},
  };
  for (const auto& c : cases) {
    BOOST_TEST_CONTEXT(name_of(c.method) << ' ' << c.path) {
      const router::match m = routes.find(c.method, c.path);
      BOOST_TEST((m.found != nullptr) == !c.pattern.empty());
      if (m.found) {
        BOOST_TEST(m.found->pattern == c.pattern);
        BOOST_TEST(m.param == c.param);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(says_what_a_path_allows) {
  BOOST_TEST(routes.allow("/generate_invite") == "POST, OPTIONS");
  BOOST_TEST(routes.allow("/invite/x") == "GET, HEAD, OPTIONS");
  BOOST_TEST(routes.allow("/providers/x") == "PUT, GET, HEAD, OPTIONS");
  BOOST_TEST(routes.allow("/nothing") == "");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

#include "handlers/routing/router.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

class silent final : public endpoint {
public:
  task<response> handle(request&) override { co_return response{}; }
};

struct table {
  router routes{lines()};

  static route_table lines() {
    route_table to;
    to.add<silent>({verb::post, "/generate_invite", for_anyone, 1});
    to.add<silent>({verb::get, "/invite/{invite_id}", for_anyone, 2});
    to.add<silent>({verb::post, "/invite/{invite_id}/redeem", for_anyone, 3});
    to.add<silent>({verb::put, "/providers/{provider_id}", for_anyone, 4});
    to.add<silent>({verb::get, "/providers/{provider_id}", for_anyone, 5});
    return to;
  }
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

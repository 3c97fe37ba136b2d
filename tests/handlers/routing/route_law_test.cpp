// The table of calls is law. Each line is tried without credentials, with wrong ones and with right ones, and
// with every limit used up.
#include "tests/handlers/call_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

using test::call_fixture;
using test::call_limits;

/// A path of the route, for a provider of the caller's and an invite that does not exist.
std::string path_of(const route& r) {
  std::string path(r.pattern);
  const std::size_t open = path.find('{');
  if (open == path.npos) return path;
  const std::string_view name = std::string_view(path).substr(open);
  return path.replace(open, path.find('}') + 1 - open,
                      name.starts_with("{provider_id}") ? "clinic-1" : "none");
}

std::string said(const response& r) {
  return std::to_string(r.status) + ' ' + r.body;
}

bool is_staffs(const route& r) {
  return r.closed != nullptr;
}

struct walk : call_fixture {
  using call_fixture::call_fixture;

  template <class Visit>
  void each(Visit visit) {
    for (const route& r : door.routes()) {
      BOOST_TEST_CONTEXT(name_of(r.method) << ' ' << r.pattern) visit(r, path_of(r));
    }
  }

  std::string ask(const route& r, std::string_view path, std::string_view credentials, fields more = {}) {
    return said(call(r.method, path, credentials, {}, more));
  }
};

BOOST_AUTO_TEST_SUITE(route_law)

BOOST_FIXTURE_TEST_CASE(every_line_has_the_endpoint_that_its_law_asks_for, walk) {
  std::size_t closed = 0;
  each([&](const route& r, const std::string&) {
    BOOST_TEST((r.open != nullptr) != (r.closed != nullptr));
    BOOST_TEST(is_staffs(r) ==
               (r.who == audience::staff || r.who == audience::people || r.who == audience::admin));
    closed += is_staffs(r);
  });
  BOOST_TEST(closed >= 18);
  BOOST_TEST(door.routes().size() - closed >= 18);
}

BOOST_FIXTURE_TEST_CASE(without_credentials_only_the_open_ones_answer, walk) {
  each([&](const route& r, const std::string& path) {
    const std::string answer = ask(r, path, {});
    if (is_staffs(r) || r.pattern == "/session")
      BOOST_TEST(answer.starts_with("401 "), answer);
    else
      BOOST_TEST(!answer.starts_with("401 "), answer);
  });
}

BOOST_FIXTURE_TEST_CASE(wrong_credentials_open_no_staff_call, walk) {
  std::string forged = bearer("admin");
  forged.back() = forged.back() == 'A' ? 'E' : 'A';
  std::string unsigned_token = "Bearer eyJhbGciOiJub25lIn0.eyJyb2xlIjoiYWRtaW4ifQ.";
  const std::string patients = "Bearer " + std::string(60, 'x');
  for (const std::string_view credentials :
       {std::string_view(forged), std::string_view(unsigned_token), std::string_view(patients),
        std::string_view("Bearer "), std::string_view("Basic YWRtaW46YWRtaW4="),
        std::string_view("bearer")}) {
    each([&](const route& r, const std::string& path) {
      if (!is_staffs(r)) return;
      const std::string answer = ask(r, path, credentials);
      BOOST_TEST(answer.starts_with("401 "), credentials << " -> " << answer);
    });
  }
  constexpr std::string_view no_cookie = "__Host-session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  each([&](const route& r, const std::string& path) {
    if (is_staffs(r)) BOOST_TEST(ask(r, path, {}, {{field::cookie, no_cookie}}).starts_with("401 "));
  });
}

BOOST_FIXTURE_TEST_CASE(right_credentials_open_what_their_role_may_do, walk) {
  const std::string portal = bearer("portal"), clinician = bearer("clinician"), admin = bearer("admin");
  const auto is_forbidden = [&](const route& r, const std::string& path, std::string_view credentials) {
    const std::string answer = ask(r, path, credentials);
    BOOST_TEST(!answer.starts_with("401 "), answer);
    BOOST_TEST(!answer.starts_with("500 "), answer);
    return answer.starts_with("403 ") && answer.find(R"("code":"forbidden")") != answer.npos;
  };
  std::size_t peoples = 0, admins = 0;
  each([&](const route& r, const std::string& path) {
    if (!is_staffs(r)) return;
    BOOST_TEST(is_forbidden(r, path, portal) == (r.who != audience::staff));
    BOOST_TEST(is_forbidden(r, path, clinician) == (r.who == audience::admin));
    BOOST_TEST(!is_forbidden(r, path, admin));
    peoples += r.who == audience::people;
    admins += r.who == audience::admin;
  });
  BOOST_TEST(peoples == 4); // the link, its two pictures, and the audit
  BOOST_TEST(admins == 1);  // a provider's settings
  BOOST_TEST(fault == "");
}

struct spent : walk {
  spent() : walk(call_limits{.patients = 1, .strangers = 1, .staff = 1}) {}
};

BOOST_FIXTURE_TEST_CASE(a_caller_without_units_is_refused_where_the_law_charges_one, spent) {
  const std::string token = bearer("admin");
  BOOST_TEST(get("/users/me", token).status == 200U);
  each([&](const route& r, const std::string& path) {
    if (!is_staffs(r)) return;
    const std::string answer = ask(r, path, token);
    BOOST_TEST(answer.starts_with("429 ") == (r.costs == staff_gate::price::unit), answer);
  });
}

BOOST_FIXTURE_TEST_CASE(an_address_that_has_used_up_its_limit_is_refused_as_its_client_wants_it, spent) {
  BOOST_TEST(get("/invite/none").status == 404U);
  BOOST_TEST(get("/healthz").status == 200U);
  each([&](const route& r, const std::string& path) {
    for (const std::string_view accepts : {"text/html", "*/*"}) {
      const response out = call(r.method, path, {}, {}, {{field::accept, accepts}});
      BOOST_TEST(out.status == 429U);
      BOOST_TEST(out.fields.find("Retry-After: ") != out.fields.npos);
      const bool page = accepts == "text/html";
      BOOST_TEST_CONTEXT(r.pattern) {
        BOOST_TEST(out.content_type == (page ? "text/html; charset=utf-8" : "application/problem+json"));
      }
      BOOST_TEST(out.patient == (r.who == audience::patient));
    }
  });
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

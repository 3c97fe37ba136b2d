// Every call over a Redis that does not answer, is gone, has no memory, or forbids a script. The table below
// says what a call then promises. A route without a line there fails the first test.
#include "tests/handlers/desk.hpp"

#include <algorithm>
#include <set>

namespace invited::test {
namespace {

/// What a call needs of the store.
enum class needs : std::uint8_t {
  nothing, ///< answers as always
  store,   ///< 503
};

/// A valid call for an open invite, by a caller who may make it.
struct good_call {
  verb method;
  std::string_view pattern;
  needs of_store;
  std::string_view body = {}, type = "application/json";
  std::string_view query = {};
};

std::string name_of(const good_call& c) {
  return std::string(handlers::name_of(c.method)).append(" ").append(c.pattern);
}

constexpr std::string_view form = "application/x-www-form-urlencoded";

constexpr good_call good_calls[] = {
    {verb::post, "/generate_invite", needs::store,
     R"({"email":"a@b.co","first_name":"A","last_name":"L","provider_id":"clinic-1"})"},
    {verb::post, "/generate_invites", needs::nothing, "[]"}, // rows: create_invites_test.cpp
    {verb::post, "/invites/{ref}/renew", needs::store},
    {verb::post, "/invite/{invite_id}/redeem", needs::store, "{}"},
    {verb::get, "/invite/{invite_id}", needs::store},
    {verb::post, "/invite/{invite_id}/ask", needs::store},
    {verb::get, "/invite/{invite_id}/", needs::nothing},
    {verb::get, "/invite/{invite_id}/redeem", needs::nothing},
    {verb::get, "/invite/{invite_id}/ask", needs::nothing},
    {verb::get, "/session", needs::store},
    {verb::get, "/assessment", needs::nothing},
    {verb::get, "/invites", needs::store, {}, {}, "?provider_id=clinic-1"},
    {verb::get, "/invites/{ref}", needs::store},
    {verb::del, "/invites/{ref}", needs::store},
    {verb::get, "/invites/{ref}/link", needs::store},
    {verb::get, "/invites/{ref}/qr.svg", needs::store},
    {verb::get, "/invites/{ref}/qr.png", needs::store},
    {verb::post, "/invites/{ref}/revoke", needs::store},
    {verb::post, "/invites/{ref}/end_session", needs::store},
    {verb::post, "/invites/{ref}/clear_asked", needs::store},
    {verb::get, "/analytics", needs::store, {}, {}, "?provider_id=clinic-1"},
    {verb::get, "/audit", needs::store, {}, {}, "?provider_id=clinic-1"},
    {verb::get, "/providers", needs::store},
    {verb::get, "/providers/{provider_id}", needs::store},
    {verb::put, "/providers/{provider_id}", needs::store, R"({"name":"Grey"})"},
    {verb::post, "/sign-in", needs::store, R"({"username":"grey","password":"x"})"},
    {verb::post, "/token", needs::store, "username=grey&password=x", form},
    {verb::post, "/sign-out", needs::nothing}, // by a portal's token: 409
    {verb::get, "/users/me", needs::nothing},
    {verb::post, "/users/me/password", needs::nothing, "{}"}, // the same: 403
    {verb::get, "/", needs::nothing},
    {verb::get, "/invite", needs::nothing},
    {verb::get, "/sign-in", needs::nothing},
    {verb::get, "/password", needs::nothing},
    {verb::get, "/assets/{file}", needs::nothing},
    {verb::get, "/healthz", needs::nothing},
    {verb::get, "/readyz", needs::store},
    {verb::get, "/openapi.json", needs::nothing},
    {verb::get, "/docs", needs::nothing},
    {verb::get, "/docs/{file}", needs::nothing},
};

struct all_calls : desk {
  all_calls() : desk(call_limits{.redis_timeout = std::chrono::milliseconds(150)}) {
    ready().connected = 1;
    const invite opened = make();
    session = "Bearer " + member(redeem(opened), "access_token");
    open = make();
    BOOST_TEST(told(get("/readyz")) == "200");
  }

  std::string path_of(const good_call& c) const {
    std::string path(c.pattern);
    const auto put = [&path](std::string_view name, std::string_view value) {
      if (const std::size_t at = path.find(name); at != path.npos) path.replace(at, name.size(), value);
    };
    put("{ref}", open.ref);
    put("{invite_id}", open.id);
    put("{provider_id}", "clinic-1");
    put("{file}", "none.js");
    return path.append(c.query);
  }

  std::unique_ptr<under_way> start(const good_call& c, std::string_view accept = {}) {
    const bool patients = c.pattern.starts_with("/invite/") || c.pattern == "/session";
    return begin(
        c.method, path_of(c),
        c.pattern == "/session" ? session
        : patients              ? ""
                                : admin,
        c.body,
        {{field::content_type, c.body.empty() ? std::string_view() : c.type}, {field::accept, accept}});
  }

  /// Makes all of them at once, and returns their answers in the order of the table.
  std::vector<response> all_at_once(std::string_view accept = {}) {
    std::vector<std::unique_ptr<under_way>> running;
    for (const good_call& c : good_calls) running.push_back(start(c, accept));
    std::vector<response> answers;
    for (const auto& one : running) answers.push_back(finish(*one));
    return answers;
  }

  /// Calls `look` with each answer, and names it.
  template <class Visit>
  static void each(const std::vector<response>& answers, Visit visit) {
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const good_call& c = good_calls[i];
      BOOST_TEST_CONTEXT(name_of(c) << ": " << answers[i].body)
      visit(c, answers[i]);
    }
  }

  static void check_unavailable(const std::vector<response>& answers) {
    each(answers, [](const good_call& c, const response& out) {
      const bool away = c.of_store == needs::store;
      BOOST_TEST((out.status == 503) == away);
      if (away) BOOST_TEST(told(out) == "503 store_unavailable");
      BOOST_TEST(field_of(out, "Retry-After") == (away ? "1" : ""));
      BOOST_TEST(field_of(out, "Set-Cookie") == "");
    });
  }

  std::string session;
  invite open;
};

BOOST_FIXTURE_TEST_SUITE(store_fault_law, all_calls)

BOOST_AUTO_TEST_CASE(every_route_has_its_line) {
  std::set<std::string> wanted, there;
  for (const handlers::route& r : door.routes())
    wanted.insert(std::string(handlers::name_of(r.method)) + ' ' + std::string(r.pattern));
  for (const good_call& c : good_calls) there.insert(name_of(c));
  BOOST_TEST(wanted == there, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(with_a_store_each_call_works) {
  for (const good_call& c : good_calls) BOOST_TEST_CONTEXT(c.pattern) {
      open = make();
      const response out = finish(*start(c));
      if (c.of_store == needs::store && !c.pattern.ends_with("end_session") && c.type != form &&
          c.pattern != "/sign-in")
        BOOST_TEST(out.status / 100 == 2U, out.body);
      BOOST_TEST(out.status < 500U);
    }
  BOOST_TEST(fault == "");
}

BOOST_AUTO_TEST_CASE(with_a_frozen_store_all_end_by_the_deadline_and_say_what_cannot_be_known) {
  redis.freeze();
  const std::vector<response> answers = all_at_once();
  check_unavailable(answers);
  each(answers, [](const good_call& c, const response& out) {
    if (out.status == 503 && c.method != verb::get) // a caller that only reads need not know
      BOOST_TEST(contains(member(out, "detail"), "may or may not have happened"));
  });
  redis.thaw();
  BOOST_REQUIRE(run_until(side.io(), [this] { return side.connection().ready(); }));
  BOOST_TEST(told(get("/readyz")) == "200");
  BOOST_TEST(fault == "");
}

BOOST_AUTO_TEST_CASE(with_a_killed_store_all_say_at_once_that_nothing_has_happened) {
  redis.kill();
  BOOST_REQUIRE(run_until(side.io(), [this] { return !side.connection().ready(); }));
  const std::vector<response> answers = all_at_once();
  check_unavailable(answers);
  each(answers, [](const good_call& c, const response& out) {
    if (out.status == 503 && c.pattern != "/readyz")
      BOOST_TEST(contains(member(out, "detail"), "Nothing has happened"));
  });
  redis.start();
  BOOST_REQUIRE(run_until(side.io(), [this] { return side.connection().ready(); }));
  BOOST_TEST(told(get(open.link)) == "200"); // it had not been redeemed
}

BOOST_AUTO_TEST_CASE(a_browser_reads_the_same_on_a_page) {
  redis.kill();
  BOOST_REQUIRE(run_until(side.io(), [this] { return !side.connection().ready(); }));
  for (const std::string_view path : {"", "/ask", "/redeem"}) {
    const bool shown = path.empty();
    const response out = call(shown ? verb::get : verb::post, open.link + std::string(path), {}, {},
                              {{field::accept, "text/html"},
                               {field::accept_language, "es"},
                               {field::content_type, path == "/redeem" ? form : std::string_view()}});
    BOOST_TEST(out.status == 503U);
    BOOST_TEST(out.content_type == "text/html; charset=utf-8");
    BOOST_TEST(field_of(out, "Content-Language") == "es");
    BOOST_TEST(field_of(out, "Retry-After") == "1");
    BOOST_TEST(contains(out.body, "No se ha perdido nada"));
  }
}

BOOST_AUTO_TEST_CASE(without_memory_patients_still_redeem_and_nothing_is_half_made) {
  std::vector<invite> of; // one for each call
  for (std::size_t i = 0; i < std::size(good_calls); ++i) of.push_back(make());
  const std::set<std::string> refused = {"POST /generate_invite",
                                         "POST /invites/{ref}/renew",
                                         "POST /invite/{invite_id}/ask",
                                         "GET /invites", // staff see no patient without a line in the audit
                                         "GET /invites/{ref}",
                                         "GET /invites/{ref}/link",
                                         "GET /invites/{ref}/qr.svg",
                                         "GET /invites/{ref}/qr.png",
                                         "PUT /providers/{provider_id}",
                                         "POST /sign-in",
                                         "POST /token"};
  const std::string before = member(get("/analytics?provider_id=clinic-1", admin), "created");
  redis.command({"CONFIG", "SET", "maxmemory", "1"});
  for (std::size_t i = 0; i < of.size(); ++i) {
    const good_call& c = good_calls[i];
    open = of[i];
    const response out = finish(*start(c));
    const std::string name = name_of(c);
    BOOST_TEST_CONTEXT(name << ": " << out.body) {
      BOOST_TEST((out.status == 503) == refused.contains(name));
      if (out.status == 503) BOOST_TEST(told(out) == "503 store_unavailable");
    }
  }
  redis.command({"CONFIG", "SET", "maxmemory", "0"});
  BOOST_TEST(fault == "");
  BOOST_TEST(member(get("/analytics?provider_id=clinic-1", admin), "created") == before);
}

BOOST_AUTO_TEST_CASE(a_redis_that_forbids_scripts_is_no_fault_of_the_servers) {
  redis.command({"ACL", "SETUSER", "default", "-evalsha", "-eval"});
  each(all_at_once(), [](const good_call& c, const response& out) {
    if (c.of_store == needs::nothing) BOOST_TEST(out.status != 503U);
    if (out.status == 503) BOOST_TEST(told(out) == "503 store_unavailable");
    BOOST_TEST(out.status != 500U);
  });
  BOOST_TEST(fault == "");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test

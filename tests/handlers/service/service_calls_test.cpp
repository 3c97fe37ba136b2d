// Health, readiness, the document, the shells and files of the pages, and what a browser on another origin
// may read.
#include "tests/handlers/desk.hpp"

#include <tuple>

namespace invited::test {
namespace {

constexpr std::string_view staffs = "https://portal.example.org";

BOOST_FIXTURE_TEST_SUITE(service_calls, desk)

BOOST_AUTO_TEST_CASE(health_is_of_the_process_alone) {
  redis.kill();
  BOOST_REQUIRE(run_until(side.io(), [this] { return !side.connection().ready(); }));
  for (const verb method : {verb::get, verb::head}) {
    const response out = call(method, "/healthz");
    BOOST_TEST(out.status == 200U);
    BOOST_TEST(out.body == R"({"status":"ok"})");
    BOOST_TEST(out.content_type == "application/json");
    BOOST_TEST(out.no_store);
    BOOST_TEST(!out.patient);
  }
}

BOOST_AUTO_TEST_CASE(ready_needs_all_cores_and_says_what_does_not_work) {
  const response alone = get("/readyz");
  BOOST_TEST(told(alone) == "503 store_unavailable");
  BOOST_TEST(member(alone, "detail") == "0 of 1 cores are connected to Redis.");
  BOOST_TEST(field_of(alone, "Retry-After") == "1");
  ready().connected = 1;
  BOOST_TEST(get("/readyz").body == R"({"status":"ready"})");
  ready().audit_full = true;
  BOOST_TEST(get("/readyz").body == R"({"status":"degraded","reasons":["audit_full"]})");
  ready().out_of_memory = true;
  BOOST_TEST(get("/readyz").body ==
             R"({"status":"degraded","reasons":["audit_full","redis_out_of_memory"]})");
  ready().audit_full = false;
  BOOST_TEST(get("/readyz").body == R"({"status":"degraded","reasons":["redis_out_of_memory"]})");
  redis.kill();
  BOOST_REQUIRE(run_until(side.io(), [this] { return !side.connection().ready(); }));
  const response away = get("/readyz");
  BOOST_TEST(told(away) == "503 store_unavailable");
  BOOST_TEST(!contains(away.body, redis.socket())); // strangers may ask, too
}

BOOST_AUTO_TEST_CASE(shells_and_document_are_kept_by_browsers_and_asked_for_again) {
  for (const std::string_view path : {"/", "/invite", "/sign-in", "/password", "/docs", "/openapi.json"}) {
    BOOST_TEST_CONTEXT(path) {
      const response out = get(path);
      BOOST_TEST(out.status == 200U);
      BOOST_TEST(!out.no_store);
      BOOST_TEST(!out.file.empty());
      BOOST_TEST(field_of(out, "Cache-Control") == "public, no-cache");
      const std::string tag = field_of(out, "ETag");
      BOOST_TEST(tag.size() > 10U);
      const response again = get(path, {}, {{field::if_none_match, tag}});
      BOOST_TEST(again.status == 304U);
      BOOST_TEST(again.file.empty());
      BOOST_TEST(field_of(again, "ETag") == tag);
      BOOST_TEST(get(path, {}, {{field::if_none_match, "\"other\""}}).status == 200U);
      const std::string policy = field_of(out, "Content-Security-Policy");
      if (path == "/openapi.json") continue;
      BOOST_TEST(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'; "));
      BOOST_TEST(contains(policy, "frame-ancestors 'none'"));
      BOOST_TEST(!contains(policy, "unsafe"));
      BOOST_TEST(field_of(again, "Content-Security-Policy") == policy);
    }
  }
  BOOST_TEST(is_untouched());
}

struct below_a_path : desk {
  below_a_path() : desk(call_limits{.base_url = "https://h.example/clinic/a"}) {}
};

BOOST_AUTO_TEST_CASE(the_document_says_where_the_server_is) {
  const response out = get("/openapi.json");
  BOOST_TEST(contains(std::string(out.file), R"("url" : "/")"));
  BOOST_TEST(!contains(std::string(out.file), "base_path"));
}

BOOST_FIXTURE_TEST_CASE(the_document_knows_the_path_of_the_base_url, below_a_path) {
  const response out = get("/openapi.json");
  BOOST_TEST(contains(std::string(out.file), R"("url" : "/clinic/a")"));
}

BOOST_AUTO_TEST_CASE(only_existing_files_are_found) {
  for (const std::string_view folder : {"/assets/", "/docs/"}) {
    for (const std::string_view name : {"none.js", "..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "a/b"}) {
      const response out =
          get(std::string(folder) + std::string(name), {}, {{field::accept_encoding, "gzip"}});
      BOOST_TEST(told(out) == "404 not_found", name);
      BOOST_TEST(out.file.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_path_says_which_methods_it_has) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"/healthz", "GET, HEAD, OPTIONS"},
      {"/generate_invite", "POST, OPTIONS"},
      {"/invites/x", "GET, HEAD, DELETE, OPTIONS"},
      {"/providers/x", "GET, HEAD, PUT, OPTIONS"},
      {"/invite/x/redeem", "POST, GET, HEAD, OPTIONS"},
      {"/sign-in", "POST, GET, HEAD, OPTIONS"}};
  for (const auto& [path, allow] : cases) BOOST_TEST_CONTEXT(path) {
      const response asked = call(verb::options, path);
      BOOST_TEST(asked.status == 204U);
      BOOST_TEST(field_of(asked, "Allow") == allow);
      for (const verb method : {verb::put, verb::del, verb::post, verb::get}) {
        if (contains(allow, handlers::name_of(method))) continue;
        const response out = call(method, path, admin);
        BOOST_TEST(told(out) == "405 method_not_allowed");
        BOOST_TEST(field_of(out, "Allow") == allow);
      }
    }
  for (const std::string_view nothing :
       {"/nothing", "/invites/", "/invites/x/y", "//", "/INVITES", "/healthz/", ""})
    BOOST_TEST(told(get(nothing, admin)) == "404 not_found", nothing);
}

BOOST_AUTO_TEST_SUITE_END()

struct staffs_page : desk {
  staffs_page() : desk(call_limits{.origins = {std::string(staffs)}}) {}

  response from(std::string_view origin, verb method, std::string_view path, std::string_view as = {},
                std::string_view asks = {}) {
    return call(method, path, as, {},
                {{field::origin, origin}, {field::access_control_request_method, asks}});
  }
};

BOOST_FIXTURE_TEST_SUITE(cors, staffs_page)

BOOST_AUTO_TEST_CASE(a_known_origin_may_read_every_answer_errors_too) {
  for (const auto& [path, as, status] : {std::tuple{"/healthz", std::string(), 200U},
                                         {"/users/me", grey, 200U},
                                         {"/users/me", std::string(), 401U},
                                         {"/nothing", std::string(), 404U},
                                         {"/invites?limit=0", grey, 422U},
                                         {"/audit", portal, 403U}}) {
    BOOST_TEST_CONTEXT(path) {
      const response out = from(staffs, verb::get, path, as);
      BOOST_TEST(out.status == status);
      BOOST_TEST(field_of(out, "Access-Control-Allow-Origin") == staffs);
      BOOST_TEST(contains(field_of(out, "Access-Control-Expose-Headers"), "Retry-After"));
      BOOST_TEST(field_of(out, "Access-Control-Allow-Credentials") == ""); // no cookie is sent along
      BOOST_TEST(contains(field_of(out, "Vary"), "Origin"));
    }
  }
}

BOOST_AUTO_TEST_CASE(no_other_origin_may_and_caches_learn_that_it_depends) {
  for (const std::string_view origin :
       {"https://evil.example", "null", "https://portal.example.org.evil.example",
        "https://portal.example.org:8443", "http://portal.example.org", "HTTPS://PORTAL.EXAMPLE.ORG",
        "https://portal.example.org/", ""}) {
    const response out = from(origin, verb::get, "/healthz");
    BOOST_TEST(field_of(out, "Access-Control-Allow-Origin") == "", origin);
    BOOST_TEST(field_of(out, "Vary") == "Origin");
    const response asked = from(origin, verb::options, "/generate_invite", {}, "POST");
    BOOST_TEST(asked.status == 204U);
    BOOST_TEST(field_of(asked, "Access-Control-Allow-Methods") == "", origin);
  }
}

BOOST_AUTO_TEST_CASE(a_preflight_learns_what_may_be_sent) {
  const response asked = from(staffs, verb::options, "/providers/clinic-1", {}, "PUT");
  BOOST_TEST(asked.status == 204U);
  BOOST_TEST(field_of(asked, "Access-Control-Allow-Origin") == staffs);
  BOOST_TEST(field_of(asked, "Access-Control-Allow-Methods") == "GET, HEAD, PUT, OPTIONS");
  BOOST_TEST(
      field_of(asked, "Access-Control-Allow-Headers") ==
      "Authorization, Content-Type, Idempotency-Key, If-Match, X-Request-Id, X-Requested-With, traceparent, "
      "tracestate, baggage");
  BOOST_TEST(field_of(asked, "Access-Control-Max-Age") == "600");
  BOOST_TEST(field_of(from(staffs, verb::options, "/providers/clinic-1"), "Access-Control-Allow-Methods") ==
             "");
  BOOST_TEST(told(from(staffs, verb::options, "/nothing", {}, "GET")) == "404 not_found");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test

// What a refusal looks like: a page for people, problem+json for programs, readable for allowed origins.
#include "tests/handlers/routing/front_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

constexpr std::string_view browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
constexpr std::string_view java = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2";
constexpr std::string_view page = "text/html; charset=utf-8", json = "application/problem+json";

BOOST_FIXTURE_TEST_SUITE(front_refusals, house)

BOOST_AUTO_TEST_CASE(a_browser_gets_a_page_wherever_it_goes_astray) {
  for (const std::string_view path :
       {"/nothing", "//invite/abc", "/invite/", "/open/", "/sign-in/", "/docs/", "/%2F"}) {
    client = next_client();
    for (const auto& [accepts, type] :
         {std::pair{browser, page}, {"text/*", page}, {"*/*", json}, {"", json}}) {
      const response out = serve(verb::get, path, {{field::accept, accepts}});
      BOOST_TEST(out.status == 404U);
      BOOST_TEST(out.content_type == type, path << ' ' << accepts);
    }
  }
  client = next_client();
  const response wrong = serve(verb::get, "/bare/x", {{field::accept, browser}});
  BOOST_TEST(wrong.status == 405U);
  BOOST_TEST(wrong.content_type == page);
  BOOST_TEST(has(wrong, "Allow: POST, OPTIONS\r\n"));
  handler.throws = true;
  BOOST_TEST(serve(verb::get, "/open/abc", {{field::accept, browser}}).content_type == page);
}

BOOST_AUTO_TEST_CASE(a_program_gets_json_whatever_it_claims_to_accept) {
  for (const auto& [f, value] :
       {std::pair{field::authorization, std::string_view("Bearer x")},
        {field::content_type, std::string_view("application/json; charset=utf-8")}}) {
    const response out = serve(verb::post, "/nothing", {{field::accept, java}, {f, value}}, "{}");
    BOOST_TEST(out.status == 404U);
    BOOST_TEST(out.content_type == json);
  }
}

BOOST_AUTO_TEST_CASE(a_request_that_http_forbids_is_refused_as_its_fields_want_it) {
  const problem p{.status = 431, .code = "head_too_large", .detail = "Too large."};
  request r;
  r.request_id = "test-1";
  BOOST_TEST(door.refuse(p, r).content_type == json);
  r.fields[static_cast<std::size_t>(field::accept)] = browser;
  const response out = door.refuse(p, r);
  BOOST_TEST(out.status == 431U);
  BOOST_TEST(out.content_type == page);
  BOOST_TEST(has(door.refuse({.status = 503, .code = "busy", .detail = "Busy."}, r), "Retry-After: "));
}

BOOST_AUTO_TEST_CASE(an_allowed_origin_may_read_what_http_forbids) {
  const problem p{.status = 414, .code = "target_too_long", .detail = "Too long."};
  front two(router(route_table()), cors({"https://portal.example.org", "https://b.example"}),
            {&patients, &strangers, nullptr}, [](auto, auto) {});
  request r;
  r.request_id = "test-1";
  const std::string granted = "Access-Control-Allow-Origin: https://portal.example.org\r\n";
  BOOST_TEST(has(door.refuse(p, r), granted)); // the only origin, if any
  BOOST_TEST(!has(two.refuse(p, r), "Access-Control-Allow-Origin"));
  for (const auto& [origin, allowed] :
       {std::pair{"https://portal.example.org", true}, {"https://c.example", false}}) {
    r.fields[static_cast<std::size_t>(field::origin)] = origin;
    for (front* const d : {&door, &two}) {
      const response out = d->refuse(p, r);
      BOOST_TEST(has(out, "Vary: Origin\r\n"));
      BOOST_TEST(has(out, granted) == allowed);
      BOOST_TEST(has(out, "Access-Control-Allow-Origin") == allowed);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_call_without_fields_ignores_none) {
  struct row {
    std::string_view type, body;
    unsigned status;
    std::string_view code;
  };
  constexpr std::string_view as_json = "application/json", form = "application/x-www-form-urlencoded";
  for (const std::string_view path : {"/bare/x", "/invite/abc/ask"}) {
    const bool takes_forms = path != "/bare/x";
    for (const row& is : {row{as_json, "{}", 200, ""},
                          {as_json, " { } ", 200, ""},
                          {"", "", 200, ""},
                          {"text/plain", "", 200, ""},
                          {form, "", 200, ""},
                          {as_json, R"({"expires_in":60})", 422, "invalid_content"},
                          {as_json, "[]", 422, "invalid_content"},
                          {as_json, "null", 422, "invalid_content"},
                          {as_json, R"({"expires)", 400, "malformed_json"},
                          {as_json, "\x01\xff", 400, "malformed_json"},
                          {as_json, " ", 400, "malformed_json"},
                          {"", "{}", 415, "unsupported_media_type"},
                          {"application/octet-stream", "\x01", 415, "unsupported_media_type"},
                          {form, "a=b", takes_forms ? 422U : 415U,
                           takes_forms ? "invalid_content" : "unsupported_media_type"},
                          {form, "%", takes_forms ? 400U : 415U,
                           takes_forms ? "malformed_form" : "unsupported_media_type"}}) {
      client = next_client();
      const response out = serve(verb::post, path, {{field::content_type, is.type}}, std::string(is.body));
      BOOST_TEST_CONTEXT(path << ' ' << is.type << ' ' << is.body) {
        BOOST_TEST(out.status == is.status);
        if (!is.code.empty()) BOOST_TEST(out.body.find(is.code) != out.body.npos);
        BOOST_TEST(has(out, "Accept: ") == (is.status == 415));
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

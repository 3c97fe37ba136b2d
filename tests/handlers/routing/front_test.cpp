// The front door as a function: requests go in, answers come out, without a socket.
#include "tests/handlers/routing/front_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

namespace invited::handlers {
namespace {

constexpr std::string_view html = "text/html";

BOOST_FIXTURE_TEST_SUITE(front_door, house)

BOOST_AUTO_TEST_CASE(leads_to_the_endpoint) {
  const response out = serve(verb::get, "/open/abc");
  BOOST_TEST(out.status == 200U);
  BOOST_TEST(out.body == "abc");
  BOOST_TEST(out.route == "/open/{x}");
  BOOST_TEST(serve(verb::head, "/open/abc").status == 200U);
  BOOST_TEST(door.body_limit(verb::get, "/open/abc") == 7U);
  BOOST_TEST(door.body_limit(verb::put, "/open/abc") == 1024U);
}

BOOST_AUTO_TEST_CASE(answers_for_paths_and_methods_it_does_not_know) {
  const response unknown = serve(verb::get, "/nothing");
  BOOST_TEST(unknown.status == 404U);
  BOOST_TEST(unknown.content_type == "application/problem+json");
  BOOST_TEST(unknown.route == "");
  const response wrong = serve(verb::put, "/open/abc");
  BOOST_TEST(wrong.status == 405U);
  BOOST_TEST(has(wrong, "Allow: GET, HEAD, OPTIONS\r\n"));
  const response asked = serve(verb::options, "/open/abc");
  BOOST_TEST(asked.status == 204U);
  BOOST_TEST(asked.body == "");
  BOOST_TEST(has(asked, "Allow: GET, HEAD, OPTIONS\r\n"));
  BOOST_TEST(serve(verb::options, "*").status == 204U);
}

BOOST_AUTO_TEST_CASE(nothing_that_anybody_may_call_is_refused_by_the_head_alone) {
  request r;
  for (const std::string_view path : {"/open/friend", "/invite/abc", "/nothing"}) {
    r.path = path;
    BOOST_TEST(door.admit_early(r).has_value());
  }
}

BOOST_AUTO_TEST_CASE(coded_content_reaches_no_call) {
  for (const std::string_view coding : {"gzip", "br", "identity, zstd"}) {
    const response coded = serve(verb::post, "/invite/abc/redeem", {{field::content_encoding, coding}}, "{}");
    BOOST_TEST(coded.status == 415U);
    BOOST_TEST(has(coded, "Accept-Encoding: identity\r\n"));
  }
}

BOOST_AUTO_TEST_CASE(a_coding_without_content_is_nothing) {
  BOOST_TEST(serve(verb::post, "/invite/abc/redeem", {{field::content_encoding, "gzip"}}).status == 200U);
  BOOST_TEST(serve(verb::post, "/invite/abc/redeem", {{field::content_encoding, "identity"}}, "{}").status ==
             200U);
}

class closed_echo final : public staff_endpoint {
public:
  task<response> handle(request&, const principal&) override { co_return response{}; }
};

BOOST_AUTO_TEST_CASE(staff_calls_need_a_gate) {
  route_table lines;
  lines.add<closed_echo>({verb::get, "/staff/{x}", for_staff, 7});
  const front::guards nobody{&patients, &strangers, nullptr};
  const auto make = [&] { front(router(lines), cors({}), nobody, [](auto, auto) {}); };
  BOOST_CHECK_THROW(make(), std::logic_error);
}

BOOST_AUTO_TEST_CASE(a_throwing_endpoint_is_500_and_noted) {
  handler.throws = true;
  const response out = serve(verb::get, "/open/abc");
  BOOST_TEST(out.status == 500U);
  BOOST_TEST(out.body.find("on purpose") == std::string::npos);
  BOOST_TEST(fault == "/open/{x}on purpose");
  const response page = serve(verb::get, "/invite/abc", {{field::accept, html}});
  BOOST_TEST(page.status == 500U);
  BOOST_TEST(page.content_type == "text/html; charset=utf-8");
}

BOOST_AUTO_TEST_CASE(limits_patients_by_address) {
  for (int i = 0; i < 3; ++i) BOOST_TEST(serve(verb::get, "/invite/abc").status == 200U);
  const response out = serve(verb::get, "/invite/abc");
  BOOST_TEST(out.status == 429U);
  BOOST_TEST(has(out, "Retry-After: "));
  const response page = serve(verb::post, "/invite/abc/redeem", {{field::accept, html}});
  BOOST_TEST(page.status == 429U);
  BOOST_TEST(page.content_type == "text/html; charset=utf-8");
  BOOST_TEST(serve(verb::get, "/open/abc").status == 200U);
}

BOOST_AUTO_TEST_CASE(limits_strangers_by_address_on_all_other_routes) {
  const auto with_token = {std::pair(field::authorization, std::string_view("Bearer x"))};
  BOOST_TEST(serve(verb::get, "/open/abc").status == 200U);
  BOOST_TEST(serve(verb::get, "/open/abc", with_token).status == 200U); // this route asks for no token
  BOOST_TEST(serve(verb::get, "/nothing").status == 404U);
  BOOST_TEST(serve(verb::put, "/open/abc").status == 405U);
  BOOST_TEST(serve(verb::options, "*").status == 204U);
  for (const std::string_view path : {"/open/abc", "/nothing"}) {
    const response out = serve(verb::get, path);
    BOOST_TEST(out.status == 429U, path);
    BOOST_TEST(out.content_type == "application/problem+json");
    BOOST_TEST(has(out, "Retry-After: "));
  }
  BOOST_TEST(serve(verb::get, "/invite/abc").status == 200U);
  BOOST_TEST(door.refused_strangers() == 2U);
  BOOST_TEST(door.refused_patients() == 0U);
}

BOOST_AUTO_TEST_CASE(cors_for_its_origins_only) {
  constexpr std::string_view known = "https://portal.example.org",
                             other = "https://portal.example.org.evil.example";
  const response preflight = serve(verb::options, "/invite/abc/redeem",
                                   {{field::origin, known}, {field::access_control_request_method, "POST"}});
  BOOST_TEST(has(preflight, "Access-Control-Allow-Origin: https://portal.example.org\r\n"));
  BOOST_TEST(has(preflight, "Access-Control-Allow-Methods: POST, OPTIONS\r\n"));
  BOOST_TEST(has(preflight, "Access-Control-Allow-Headers: Authorization, Content-Type, Idempotency-Key"));
  BOOST_TEST(!has(preflight, "Access-Control-Allow-Credentials"));
  const response simple = serve(verb::get, "/open/abc", {{field::origin, known}});
  BOOST_TEST(has(simple, "Access-Control-Expose-Headers: "));
  for (const std::string_view origin : {other, std::string_view("null"), std::string_view()}) {
    const response refused = serve(verb::get, "/open/abc", {{field::origin, origin}});
    BOOST_TEST(!has(refused, "Access-Control-Allow-Origin"));
    BOOST_TEST(has(refused, "Vary: Origin\r\n"));
  }
  BOOST_TEST(has(serve(verb::get, "/nothing", {{field::origin, known}}), "Access-Control-Allow-Origin"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

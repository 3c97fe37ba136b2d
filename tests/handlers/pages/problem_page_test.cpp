#include "handlers/pages/asked_page.hpp"
#include "handlers/pages/problem_page.hpp"
#include "tests/handlers/pages/page_checks.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

using namespace std::string_view_literals;

const store::provider_settings clinic{.name = "Grey & <Sloan>", .phone = "+12065550123", .time_zone = ""};

BOOST_AUTO_TEST_SUITE(problem_pages)

BOOST_AUTO_TEST_CASE(every_problem_is_explained_kindly_in_every_language) {
  for (const auto& [status, code, en, es] :
       {std::tuple{404U, "not_found", "not known", "No conocemos"},
        {401U, "unauthorized", "sign in first", "inicie sesión"},
        {403U, "forbidden", "sign in first", "inicie sesión"},
        {409U, "already_redeemed", "has been used", "ya se ha utilizado"},
        {410U, "expired", "has expired", "ha caducado"},
        {410U, "revoked", "was withdrawn", "ha sido anulado"},
        {410U, "replaced", "newer link", "más reciente"},
        {410U, "lost", "our fault", "fallo nuestro"},
        {423U, "locked", "is locked", "está bloqueado"},
        {429U, "rate_limited", "wait a moment", "Espere un momento"},
        {503U, "store_unavailable", "try again", "de nuevo en un momento"},
        {503U, "key_unavailable", "try again", "de nuevo en un momento"},
        {422U, "invalid_content", "did not work", "No ha sido posible"},
        {500U, "internal_error", "did not work", "No ha sido posible"}}) {
    for (const auto& [texts, words] : {std::pair{&english, en}, {&spanish, es}}) {
      BOOST_TEST_CONTEXT(code << ' ' << texts->tag) {
        const problem p{.status = status, .code = code, .detail = "for programs"};
        const request r = asked_with(texts->tag);
        const response out = problem_page(p, r, {"", &clinic});
        check_page(out, *texts);
        BOOST_TEST(out.status == status);
        BOOST_TEST(contains(out.body, words));
        BOOST_TEST(contains(out.body, "test-1"));
        BOOST_TEST(!contains(out.body, "for programs"));
        BOOST_TEST(contains(out.body, "href=\"tel:+12065550123\""));
        const bool ended = status == 409 || status == 410 || status == 423;
        BOOST_TEST(contains(out.body, "<form method=\"post\" action=\"ask\">") == ended);
        BOOST_TEST(contains(out.body, "<a class=\"button\" href=\"\">") == (!ended && status != 404));
        BOOST_TEST(contains(out.fields, "Vary: Accept-Language\r\n"));
        BOOST_TEST(!contains(problem_page(p, r).body, "<section>"));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(elsewhere_nothing_is_said_of_a_link_and_nothing_can_be_asked_for) {
  for (const std::string_view path : {"/sign-in/", "//invite/x", "/", "", "/invites/inv_x"}) {
    BOOST_TEST_CONTEXT(path) {
      request r = asked_with();
      r.path = path;
      const response out = problem_page({.status = 404, .code = "not_found", .detail = ""}, r);
      check_page(out, english);
      BOOST_TEST(contains(out.body, "nothing at this address"));
      BOOST_TEST(!contains(problem_page({.status = 410, .code = "expired", .detail = ""}, r).body, "<form"));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_invites_language_comes_before_the_browsers) {
  const problem p{.status = 410, .code = "expired", .detail = ""};
  const response out = problem_page(p, asked_with("en"), {"es-MX"});
  check_page(out, spanish);
  BOOST_TEST(contains(out.body, "action=\"ask?lang=es\""));
  BOOST_TEST(!contains(out.fields, "Vary"));
}

BOOST_AUTO_TEST_CASE(a_reference_stays_text) {
  for (const auto& [id, shown] : {std::pair{"<id>"sv, "&lt;id&gt;"sv},
                                  {"{id}{{main}}"sv, "{id}{{main}}"sv},
                                  {"<!-- end reference -->"sv, "&lt;!-- end reference --&gt;"sv},
                                  {"a\0b\xff\""sv, "a\0b\xff&quot;"sv}}) {
    request r = asked_with();
    r.request_id = id;
    const response out = problem_page({.status = 404, .code = "not_found", .detail = ""}, r);
    BOOST_TEST(contains(out.body, "<p class=\"reference\">Reference: " + std::string(shown) + "</p>"));
  }
}

BOOST_AUTO_TEST_CASE(whoever_asks_gets_the_same_page_whatever_the_link) {
  for (const page_texts* texts : page_languages()) {
    const response out = asked_page({texts, true});
    check_page(out, *texts);
    BOOST_TEST(out.status == 202U);
    BOOST_TEST(contains(out.body, texts->asked.heading));
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

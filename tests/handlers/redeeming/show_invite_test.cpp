// GET /invite/{invite_id}, POST .../ask, the ways back, GET /session, GET /assessment.
#include "tests/handlers/desk.hpp"

namespace invited::test {
namespace {

constexpr std::string_view html = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                           unknown = "/invite/4c85db01-e312-47a5-a8e8-f8ff5fdd79b3";

struct patient : desk {
  using desk::desk;

  response page(std::string_view path, std::string_view language = {}, std::string_view cookie = {}) {
    return get(path, {},
               {{field::accept, html}, {field::accept_language, language}, {field::cookie, cookie}});
  }
  std::string session_of(const invite& of) { return "Bearer " + member(redeem(of), "access_token"); }
};

BOOST_FIXTURE_TEST_SUITE(show_invite, patient)

BOOST_AUTO_TEST_CASE(a_program_learns_the_state_and_not_whose_it_is) {
  call(verb::put, "/providers/clinic-1", admin, R"({"name":"Grey","phone":"+14155550123"})");
  const invite of = make(R"(,"locale":"es","challenge":{"kind":"code","answer":"X7-K2"})");
  const response seen = get(of.link);
  BOOST_TEST(seen.body ==
             R"({"state":"pending","provider":{"name":"Grey","phone":"+14155550123"},"expires_at":")" +
                 member(seen, "expires_at") + R"(","challenge":{"kind":"code"},"locale":"es"})");
  BOOST_TEST(field_of(seen, "Vary") == "Accept, Cookie");
  BOOST_TEST(field_of(seen, "Set-Cookie") == "");
  BOOST_TEST(seen.no_store);
  BOOST_TEST(seen.patient);
  BOOST_TEST(std::string_view(seen.ref) == of.ref);
  BOOST_TEST(std::string_view(seen.provider) == "clinic-1");
  BOOST_TEST(contains(get(make().link).body, R"("challenge":null,"locale":null})"));
}

BOOST_AUTO_TEST_CASE(looking_consumes_nothing_and_is_noted_once) {
  const invite of = make();
  call(verb::head, of.link);
  BOOST_TEST(counts_of() == "created:1");
  for (int i = 0; i < 3; ++i) {
    BOOST_TEST(get(of.link).status == 200U);
    BOOST_TEST(page(of.link).status == 200U);
  }
  BOOST_TEST(counts_of() == "created:1 viewed:1");
  BOOST_TEST(last_event() == "viewed ok null patient 198.51.100.0/24");
  BOOST_TEST(audit_of().size() == 2U);
  BOOST_TEST(told(redeem(of)) == "200");
}

BOOST_AUTO_TEST_CASE(a_page_carries_a_key_and_a_cookie_that_says_the_same) {
  const invite of = make();
  const response first = page(of.link), second = page(of.link);
  const auto key_in = [](const response& p) {
    const std::string before = "name=\"redeem_key\" value=\"";
    const std::size_t at = p.body.find(before);
    BOOST_REQUIRE(at != p.body.npos);
    return p.body.substr(at + before.size(), p.body.find('"', at + before.size()) - at - before.size());
  };
  BOOST_TEST(first.content_type == "text/html; charset=utf-8");
  BOOST_TEST(key_in(first).size() == 32U);
  BOOST_TEST(key_in(first) != key_in(second));
  BOOST_TEST(field_of(first, "Set-Cookie") == "invited_redeem=" + key_in(first) + "; Path=/invite/" + of.id +
                                                  "; Max-Age=14400; HttpOnly; SameSite=Lax; Secure");
  BOOST_TEST(contains(first.body, "action=\"" + of.id + "/redeem\""));
  BOOST_TEST(
      contains(field_of(first, "Content-Security-Policy"), "form-action 'self' https://invite.example.org"));
  const std::string cookie = "invited_redeem=" + key_in(first);
  BOOST_TEST(key_in(page(of.link, "", cookie)) == key_in(first));
  // A key that we cannot have given out is not written into a page.
  for (const std::string_view bad : {"invited_redeem=short", "invited_redeem=\"><script>alert(1)</script>"}) {
    const response out = page(of.link, "", bad);
    BOOST_TEST(key_in(out).size() == 32U);
    BOOST_TEST(!contains(out.body, "<script"));
  }
  send_form(of.link + "/redeem", "redeem_key=" + key_in(first));
  const response back = page(of.link, "", cookie);
  BOOST_TEST(back.status == 200U); // the patient can continue
  const response stranger = page(of.link);
  BOOST_TEST(stranger.status == 410U);
  BOOST_TEST(field_of(stranger, "Set-Cookie") == "");
}

BOOST_AUTO_TEST_CASE(the_language_is_the_links_then_the_invites_then_the_browsers) {
  const invite spanish = make(R"(,"locale":"es-MX")"), none = make(), german = make(R"(,"locale":"de")");
  const auto language = [&](const std::string& path, std::string_view wanted) {
    return field_of(page(path, wanted), "Content-Language");
  };
  BOOST_TEST(language(spanish.link, "en") == "es");
  BOOST_TEST(language(spanish.link + "?lang=en", "es") == "en");
  BOOST_TEST(language(spanish.link + "?lang=xx", "en") == "es");
  BOOST_TEST(language(none.link, "de, es-MX;q=0.8, en;q=0.7") == "es");
  BOOST_TEST(language(none.link, "de") == "en");
  BOOST_TEST(language(none.link, "") == "en");
  BOOST_TEST(language(german.link, "es") == "es");
  BOOST_TEST(language(std::string(unknown), "es") == "es");
  BOOST_TEST(language("/assessment", "es") == "es");
  BOOST_TEST(language("/assessment?lang=en", "es") == "en");
}

BOOST_AUTO_TEST_CASE(an_unknown_id_is_not_found_in_the_format_that_was_asked_for) {
  for (const std::string_view path :
       {unknown, std::string_view("/invite/x"), std::string_view("/invite/%00")}) {
    BOOST_TEST(told(get(path)) == "404 not_found");
    const response out = page(path);
    BOOST_TEST(out.status == 404U);
    BOOST_TEST(out.content_type == "text/html; charset=utf-8");
  }
}

BOOST_AUTO_TEST_CASE(asking_reveals_nothing_to_a_stranger) {
  const invite of = make();
  for (const std::string_view accept : {"application/json", "text/html"}) {
    std::string first;
    for (const std::string& path : {of.link, std::string(unknown), std::string("/invite/x")}) {
      const response out = call(verb::post, path + "/ask", {}, {}, {{field::accept, accept}});
      BOOST_TEST(out.status == 202U);
      if (first.empty()) first = out.body + out.fields;
      BOOST_TEST(out.body + out.fields == first);
      BOOST_TEST(std::string_view(out.provider) == "");
    }
  }
  BOOST_TEST(member(get(of.item, grey), "asked_at").size() == 24U);
  BOOST_TEST(counts_of() == "created:1 asked:1");
}

BOOST_AUTO_TEST_CASE(a_restored_tab_is_led_back_to_the_link) {
  for (const std::string_view below : {"/redeem", "/ask"}) {
    const response out = get(std::string(unknown) + std::string(below) + "?lang=es");
    BOOST_TEST(out.status == 303U);
    BOOST_TEST(field_of(out, "Location") == "../" + std::string(unknown.substr(8)) + "?lang=es");
    BOOST_TEST(field_of(get(std::string(unknown) + std::string(below)), "Location") ==
               "../" + std::string(unknown.substr(8)));
    BOOST_TEST(told(get("/invite/x" + std::string(below))) == "404 not_found");
    BOOST_TEST(told(get("/invite/..%2f..%2fevil" + std::string(below))) == "404 not_found");
  }
}

BOOST_AUTO_TEST_CASE(a_session_says_whose_it_is_until_it_ends) {
  const invite of = make(R"(,"phone":"+14155550123","locale":"es")");
  const response opened = redeem(of);
  const std::string session = "Bearer " + member(opened, "access_token");
  const response seen = get("/session", session);
  BOOST_TEST(seen.body ==
             R"({"ref":")" + of.ref +
                 R"(","provider_id":"clinic-1","patient":{"email":"ada@example.org",)"
                 R"("first_name":"Ada","last_name":"Lovelace","phone":"+14155550123","locale":"es"},)"
                 R"("redeemed_at":")" +
                 member(seen, "redeemed_at") + R"(","expires_at":")" + member(opened, "expires_at") + "\"}");
  BOOST_TEST(seen.no_store);
  BOOST_TEST(std::string_view(seen.ref) == of.ref);
  BOOST_TEST(std::string_view(seen.provider) == "clinic-1");
  BOOST_TEST(last_event() == "session_read ok null patient 198.51.100.0/24");
  const auto ref = store::parse_invite_ref(of.ref);
  redis.command({"DEL", std::string(store::invite_key("ses", ref->tag, ref->h))});
  BOOST_TEST(told(get("/session", session)) == "401 unauthorized");
}

BOOST_AUTO_TEST_CASE(each_token_is_good_for_its_own_side_only) {
  const std::string session = session_of(make());
  BOOST_TEST(told(get("/invites", session)) == "401 unauthorized");
  BOOST_TEST(told(post("/generate_invite", session, invite_body())) == "401 unauthorized");
  for (const std::string& bad : {std::string(), grey, admin, session + "x", std::string("bearer"),
                                 std::string("Basic YTpi"), session.substr(0, session.size() - 4)}) {
    const response out = get("/session", bad);
    BOOST_TEST(told(out) == "401 unauthorized", bad);
    BOOST_TEST(field_of(out, "WWW-Authenticate").starts_with("Bearer"));
    BOOST_TEST(std::string_view(out.ref) == "");
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test

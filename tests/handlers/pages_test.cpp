#include "handlers/http/time_text.hpp"
#include "handlers/pages.hpp"
#include "handlers/store_problem.hpp"
#include "store/errc.hpp"

#include <boost/system/system_error.hpp>
#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

using store::invite_state;

store::invite_view some_invite(invite_state state, bool own = false) {
  return {.state = state,
          .own_session = own,
          .provider_id = "clinic-1",
          .expires_at = 1'796'660'516'244,
          .locked = false};
}

response render(const store::invite_view& invite, std::string_view trouble = {},
                const store::provider_settings* clinic = nullptr) {
  return render_invite_page({.links = "01234567-89ab-4def-8123-456789abcdef/",
                             .invite = invite,
                             .open_until = "2026-12-07 16:21 UTC",
                             .redeem_key = "key\"><b>",
                             .assessment_origin = "https://assess.example.org",
                             .trouble = trouble,
                             .clinic = clinic});
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

BOOST_AUTO_TEST_SUITE(pages)

BOOST_AUTO_TEST_CASE(a_pending_invite_has_a_button_that_posts) {
  const response out = render(some_invite(invite_state::pending));
  BOOST_TEST(out.status == 200U);
  BOOST_TEST(
      contains(out.body, "<form method=\"post\" action=\"01234567-89ab-4def-8123-456789abcdef/redeem\">"));
  BOOST_TEST(contains(out.body, "value=\"key&quot;&gt;&lt;b&gt;\""));
  BOOST_TEST(contains(out.body, "2026-12-07 16:21 UTC"));
  BOOST_TEST(contains(out.body, "<html lang=\"en\">"));
  BOOST_TEST(contains(out.fields, "form-action 'self' https://assess.example.org\r\n"));
  BOOST_TEST(contains(out.fields, "default-src 'none'"));
}

BOOST_AUTO_TEST_CASE(an_ended_one_has_none_but_lets_ask_for_a_new_link) {
  for (const invite_state s :
       {invite_state::redeemed, invite_state::revoked, invite_state::replaced, invite_state::expired}) {
    BOOST_TEST_CONTEXT(name_of(s)) {
      const response out = render(some_invite(s));
      BOOST_TEST(out.status == 410U);
      BOOST_TEST(!contains(out.body, "/redeem"));
      BOOST_TEST(!contains(out.body, "redeem_key"));
      BOOST_TEST(
          contains(out.body, "<form method=\"post\" action=\"01234567-89ab-4def-8123-456789abcdef/ask\">"));
      BOOST_TEST(contains(out.fields, "form-action 'self'\r\n"));
    }
  }
}

BOOST_AUTO_TEST_CASE(whoever_redeemed_may_go_on) {
  const response out = render(some_invite(invite_state::redeemed, true));
  BOOST_TEST(out.status == 200U);
  BOOST_TEST(contains(out.body, "<button>Continue</button>"));
}

BOOST_AUTO_TEST_CASE(a_known_clinic_is_named_and_can_be_called) {
  store::provider_settings clinic{};
  clinic.name = "Grey & <Sloan>";
  clinic.phone = "+14155550123";
  store::invite_view invite = some_invite(invite_state::pending);
  const std::string call = "<p>Your clinic: Grey &amp; &lt;Sloan&gt;, <a "
                           "href=\"tel:+14155550123\">+14155550123</a></p>";
  const response open = render(invite, "", &clinic);
  BOOST_TEST(contains(open.body, "<p>Grey &amp; &lt;Sloan&gt; invites you"));
  BOOST_TEST(contains(open.body, call));
  for (const invite_state s :
       {invite_state::redeemed, invite_state::revoked, invite_state::replaced, invite_state::expired}) {
    invite.state = s;
    BOOST_TEST_CONTEXT(name_of(s)) BOOST_TEST(contains(render(invite, "", &clinic).body, call));
  }
  const problem used{.status = 409, .code = "already_redeemed", .detail = "", .extra = {}};
  BOOST_TEST(contains(problem_page(used, "id", &clinic).body, call));
  clinic.name.clear();
  BOOST_TEST(contains(problem_page(used, "id", &clinic).body, "Your clinic: <a href"));
  invite.state = invite_state::pending;
  BOOST_TEST(contains(render(invite, "", &clinic).body, "<p>Your clinic invites you"));
  clinic.phone.clear();
  BOOST_TEST(!contains(problem_page(used, "id", &clinic).body, "Your clinic:"));
  BOOST_TEST(!contains(problem_page(used, "id").body, "Your clinic:"));
}

BOOST_AUTO_TEST_CASE(a_birth_date_is_asked_for_as_the_locale_writes_it) {
  store::invite_view invite = some_invite(invite_state::pending);
  invite.asks_for = store::challenge_kind::birth_date;
  for (const auto& [locale, pattern] : {std::pair{"en-US", "MM/DD/YYYY"},
                                        {"en-GB", "DD/MM/YYYY"},
                                        {"de-CH", "DD.MM.YYYY"},
                                        {"", "YYYY-MM-DD"}}) {
    invite.locale = locale;
    const response out = render(invite);
    BOOST_TEST(out.status == 200U);
    BOOST_TEST(contains(out.body, "<label for=\"answer\">Your date of birth</label>"));
    BOOST_TEST(contains(out.body, "<p id=\"hint\">Write it as " + std::string(pattern) + ".</p>"));
    BOOST_TEST(contains(out.body, "<input id=\"answer\" name=\"answer\""));
    BOOST_TEST(contains(out.body, "inputmode=\"numeric\" autocomplete=\"bday\""));
    BOOST_TEST(contains(out.body, "aria-describedby=\"hint\""));
    BOOST_TEST(!contains(out.body, "trouble"));
  }
}

BOOST_AUTO_TEST_CASE(a_code_is_asked_for_and_trouble_is_said_beside_it) {
  store::invite_view invite = some_invite(invite_state::pending);
  invite.asks_for = store::challenge_kind::code;
  const response out = render(invite, "<wrong>");
  BOOST_TEST(contains(out.body, "<label for=\"answer\">Your code</label>"));
  BOOST_TEST(contains(out.body, "autocomplete=\"off\""));
  BOOST_TEST(contains(out.body, "<p id=\"trouble\" role=\"alert\">&lt;wrong&gt;</p>"));
  BOOST_TEST(contains(out.body, "aria-invalid=\"true\" aria-describedby=\"trouble hint\""));
  BOOST_TEST(contains(out.body, "name=\"redeem_key\""));
}

BOOST_AUTO_TEST_CASE(nobody_is_asked_who_may_go_on_or_need_not_answer) {
  store::invite_view invite = some_invite(invite_state::redeemed, true);
  invite.asks_for = store::challenge_kind::code;
  BOOST_TEST(!contains(render(invite).body, "name=\"answer\""));
  BOOST_TEST(!contains(render(some_invite(invite_state::pending)).body, "name=\"answer\""));
}

BOOST_AUTO_TEST_CASE(a_locked_invite_says_what_to_do_and_its_end_comes_first) {
  store::invite_view invite = some_invite(invite_state::pending);
  invite.asks_for = store::challenge_kind::code;
  invite.locked = true;
  const response out = render(invite);
  BOOST_TEST(out.status == 200U);
  BOOST_TEST(contains(out.body, "<h1>This link is locked</h1>"));
  BOOST_TEST(!contains(out.body, "/redeem"));
  BOOST_TEST(
      contains(out.body, "<form method=\"post\" action=\"01234567-89ab-4def-8123-456789abcdef/ask\">"));
  invite.state = invite_state::expired;
  BOOST_TEST(render(invite).status == 410U);
  BOOST_TEST(contains(render(invite).body, "has expired"));
}

BOOST_AUTO_TEST_CASE(problems_are_told_kindly) {
  for (const auto& [status, code, words] : {std::tuple{404U, "not_found", "not known"},
                                            {409U, "already_redeemed", "has been used"},
                                            {410U, "expired", "has expired"},
                                            {410U, "revoked", "was withdrawn"},
                                            {410U, "replaced", "newer link"},
                                            {410U, "lost", "our fault"},
                                            {429U, "rate_limited", "wait a moment"},
                                            {503U, "store_unavailable", "try again"}}) {
    BOOST_TEST_CONTEXT(code) {
      const response out = problem_page({.status = status, .code = code, .detail = "", .extra = {}}, "<id>");
      BOOST_TEST(out.status == status);
      BOOST_TEST(contains(out.body, words));
      BOOST_TEST(contains(out.body, "&lt;id&gt;"));
    }
  }
  BOOST_TEST(contains(
      problem_page({.status = 422, .code = "invalid_content", .detail = "a <detail>", .extra = {}}, "x").body,
      "a &lt;detail&gt;"));
}

BOOST_AUTO_TEST_CASE(times_are_rfc_3339) {
  const auto text = [](std::int64_t ms) {
    std::string out;
    append_time(out, ms);
    return out;
  };
  BOOST_TEST(text(0) == "1970-01-01T00:00:00.000Z");
  BOOST_TEST(text(1'796'660'516'244) == "2026-12-07T16:21:56.244Z");
  BOOST_TEST(text(951'782'399'999) == "2000-02-28T23:59:59.999Z");
  BOOST_TEST(text(951'782'400'000) == "2000-02-29T00:00:00.000Z");
  BOOST_TEST(text(4'107'542'400'001) == "2100-03-01T00:00:00.001Z");
}

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

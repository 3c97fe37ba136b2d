#include "handlers/pages/html.hpp"
#include "handlers/pages/invite_page.hpp"
#include "tests/handlers/pages/page_checks.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>

namespace invited::handlers {
namespace {

using store::challenge_kind;
using store::invite_state;

constexpr std::string_view links = "01234567-89ab-4def-8123-456789abcdef/";
constexpr invite_state ended[] = {invite_state::redeemed, invite_state::revoked, invite_state::replaced,
                                  invite_state::expired};

/// A page that a test changes before it is rendered.
struct shown_page {
  store::invite_view invite{.state = invite_state::pending,
                            .own_session = false,
                            .provider_id = "clinic-1",
                            .expires_at = 1'796'660'516'244,
                            .locked = false};
  std::optional<trouble> wrong;
  store::provider_settings clinic{
      .name = "Grey & <Sloan>", .phone = "+12065550123", .time_zone = "Europe/Zurich"};
  page_language in{&english, false};
  time_zones zones;

  response render() {
    const local_time until = zones.local(invite.expires_at, clinic.time_zone);
    response out = render_invite_page({.in = in,
                                       .links = links,
                                       .invite = invite,
                                       .open_until = until,
                                       .redeem_key = "key\"><b>",
                                       .assessment_origin = "https://assess.example.org",
                                       .wrong = wrong ? &*wrong : nullptr,
                                       .clinic = &clinic});
    check_page(out, *in.texts);
    return out;
  }
};

std::string form_to(std::string_view act, std::string_view language) {
  return std::string("<form method=\"post\" action=\"").append(links).append(act) +
         "?lang=" + std::string(language) + "\">";
}

BOOST_FIXTURE_TEST_SUITE(invite_pages, shown_page)

BOOST_AUTO_TEST_CASE(every_state_in_every_language) {
  for (const page_texts* texts : page_languages()) {
    in.texts = texts;
    for (const auto& asks : {std::optional<challenge_kind>(), std::optional(challenge_kind::birth_date),
                             std::optional(challenge_kind::code)}) {
      for (const invite_state state : {invite_state::pending, invite_state::redeemed, invite_state::revoked,
                                       invite_state::replaced, invite_state::expired}) {
        for (const bool own : {false, true}) {
          for (const bool locked : {false, true}) {
            invite.asks_for = asks;
            invite.state = state;
            invite.own_session = own;
            invite.locked = locked;
            BOOST_TEST_CONTEXT(texts->tag << ' ' << name_of(state) << own << locked) {
              const response out = render();
              const bool open = own || (state == invite_state::pending && !locked);
              BOOST_TEST(contains(out.body, form_to("redeem", texts->tag)) == open);
              BOOST_TEST(contains(out.body, form_to("ask", texts->tag)) == !open);
              BOOST_TEST(contains(out.body, "name=\"answer\"") == (open && !own && asks));
              BOOST_TEST(contains(out.body, "redeem_key") == open);
              BOOST_TEST(out.status == (own || state == invite_state::pending ? 200U : 410U));
              BOOST_TEST(contains(out.body, "<header>\n<p><bdi>Grey &amp; &lt;Sloan&gt;</bdi></p>"));
              BOOST_TEST(contains(out.body, "<a class=\"phone\" href=\"tel:+12065550123\">"));
            }
          }
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_pending_invite_says_who_what_and_until_when) {
  const response out = render();
  BOOST_TEST(
      contains(out.body, "<p><bdi>Grey &amp; &lt;Sloan&gt;</bdi> invites you to an online assessment."));
  BOOST_TEST(contains(out.body, "value=\"key&quot;&gt;&lt;b&gt;\""));
  BOOST_TEST(contains(out.body, "<time datetime=\"2026-12-07T16:21:56.244Z\">Monday, December 7, 2026 at "
                                "5:21 PM (CET)</time>"));
  BOOST_TEST(contains(out.body, "<button>Start</button>"));
  BOOST_TEST(contains(out.fields, "form-action 'self' https://assess.example.org\r\n"));
  in.texts = &spanish;
  const response es = render();
  BOOST_TEST(contains(es.body, "</bdi> le invita a realizar una evaluación en línea."));
  BOOST_TEST(contains(es.body, ">lunes, 7 de diciembre de 2026, a las 17:21 h (CET)</time>"));
  BOOST_TEST(contains(es.body, "<button>Comenzar</button>"));
  BOOST_TEST(contains(es.body, "<a href=\"?lang=en\" hreflang=\"en\" lang=\"en\">English</a>"));
}

BOOST_AUTO_TEST_CASE(an_ended_one_leads_nowhere_else) {
  for (const invite_state s : ended) {
    invite.state = s;
    BOOST_TEST_CONTEXT(name_of(s)) BOOST_TEST(contains(render().fields, "form-action 'self'\r\n"));
  }
}

BOOST_AUTO_TEST_CASE(whoever_redeemed_may_go_on) {
  invite.state = invite_state::redeemed;
  invite.own_session = true;
  const response out = render();
  BOOST_TEST(contains(out.body, "<button>Continue</button>"));
  BOOST_TEST(contains(out.fields, "form-action 'self' https://assess.example.org\r\n"));
  in.texts = &spanish;
  BOOST_TEST(contains(render().body, "<button>Continuar</button>"));
}

BOOST_AUTO_TEST_CASE(a_clinic_is_named_as_far_as_it_is_known) {
  clinic.name.clear();
  BOOST_TEST(contains(render().body, "<p>Your clinic invites you to an online assessment."));
  BOOST_TEST(contains(render().body, "<p>Call your clinic:</p>"));
  BOOST_TEST(!contains(render().body, "bdi"));
  clinic.phone.clear();
  BOOST_TEST(!contains(render().body, "<section>"));
  clinic.name = "Grey Sloan";
  BOOST_TEST(contains(render().body, "<p><bdi>Grey Sloan</bdi> is glad to help.</p>"));
  BOOST_TEST(!contains(render().body, "tel:"));
}

BOOST_AUTO_TEST_CASE(hostile_names_stay_text) {
  for (const std::string_view name :
       {"</style><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "&lt;b&gt;",
        "{heading}{{sign}}{", "עין כרם", "Ñ’“”<!--", "<!-- part main -->", "' onclick='x", "\xff\xfe<\xc3"}) {
    clinic.name = name;
    BOOST_TEST_CONTEXT(name) {
      const std::string body = render().body;
      BOOST_TEST(!contains(body, "<script"));
      BOOST_TEST(!contains(body, "<img"));
      BOOST_TEST(!contains(body, "<!--"));
      const std::string shown = "<bdi>" + std::string(escaped(name).view()) + "</bdi>";
      BOOST_TEST(contains(body, "<header>\n<p>" + shown + "</p>"));
      BOOST_TEST(contains(body, "<p>" + shown + " invites you"));
      BOOST_TEST(contains(body, "<p>Call " + shown + ":</p>"));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_birth_date_is_asked_for_as_the_locale_writes_it) {
  invite.asks_for = challenge_kind::birth_date;
  for (const auto& [locale, en, es, example] : {std::tuple{"en-US", "MM/DD/YYYY", "MM/DD/AAAA", "03/09/1975"},
                                                {"en-GB", "DD/MM/YYYY", "DD/MM/AAAA", "09/03/1975"},
                                                {"de-CH", "DD.MM.YYYY", "DD.MM.AAAA", "09.03.1975"},
                                                {"es-MX", "DD/MM/YYYY", "DD/MM/AAAA", "09/03/1975"},
                                                {"", "YYYY-MM-DD", "AAAA-MM-DD", "1975-03-09"}}) {
    invite.locale = locale;
    in.texts = &english;
    const response out = render();
    BOOST_TEST(contains(out.body, "<label for=\"answer\">Your date of birth</label>"));
    BOOST_TEST(contains(out.body, "Write it as " + std::string(en) + ", for example " + example + "."));
    BOOST_TEST(contains(out.body, "inputmode=\"numeric\" autocomplete=\"bday\" aria-describedby=\"hint\">"));
    BOOST_TEST(!contains(out.body, "id=\"trouble\""));
    in.texts = &spanish;
    BOOST_TEST(
        contains(render().body, "con el formato " + std::string(es) + ", por ejemplo " + example + "."));
  }
}

BOOST_AUTO_TEST_CASE(what_was_wrong_is_said_next_to_the_answer) {
  invite.locale = "es";
  for (const auto& [kind, said, en, es] :
       {std::tuple{challenge_kind::birth_date, trouble{"required"}, "Please fill this in.", "rellene"},
        {challenge_kind::birth_date, {"invalid_date"}, "write it as DD/MM/YYYY.", "el formato DD/MM/AAAA."},
        {challenge_kind::birth_date, {"ambiguous_date"}, "one of two days", "de dos maneras"},
        {challenge_kind::birth_date, {"out_of_range"}, "still to come", "no ha llegado"},
        {challenge_kind::code, {"too_short"}, "4 to 64 characters", "de 4 a 64 caracteres"},
        {challenge_kind::code, {"wrong_answer", 1}, "You can try 1 more time.", "Le queda 1 intento."},
        {challenge_kind::code, {"wrong_answer", 3}, "You can try 3 more times.", "Le quedan 3 intentos."}}) {
    invite.asks_for = kind;
    wrong = said;
    for (const auto& [texts, words] : {std::pair{&english, en}, {&spanish, es}}) {
      in.texts = texts;
      BOOST_TEST_CONTEXT(said.code << ' ' << texts->tag) {
        const response out = render();
        BOOST_TEST(contains(between(out.body, "<p id=\"trouble\" role=\"alert\">", "</p>"), words));
        BOOST_TEST(contains(out.body, "aria-invalid=\"true\" aria-describedby=\"trouble hint\" autofocus>"));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_locked_invite_may_end_too) {
  invite.locked = true;
  BOOST_TEST(contains(render().body, "<h1>This link is locked</h1>"));
  invite.state = invite_state::expired;
  BOOST_TEST(contains(render().body, "<h1>This link has expired</h1>"));
}

BOOST_AUTO_TEST_CASE(moments_at_the_edges_of_the_clock) {
  clinic.time_zone.clear();
  for (const auto& [ms, en, es] :
       {std::tuple{1'767'225'600'000, "Thursday, January 1, 2026 at 12:00 AM (UTC)",
                   "jueves, 1 de enero de 2026, a las 0:00 h (UTC)"},
        {1'767'229'500'000, "Thursday, January 1, 2026 at 1:05 AM (UTC)",
         "jueves, 1 de enero de 2026, a la 1:05 h (UTC)"},
        {1'798'718'400'000, "Thursday, December 31, 2026 at 12:00 PM (UTC)",
         "jueves, 31 de diciembre de 2026, a las 12:00 h (UTC)"},
        {1'798'761'599'999, "Thursday, December 31, 2026 at 11:59 PM (UTC)",
         "jueves, 31 de diciembre de 2026, a las 23:59 h (UTC)"}}) {
    invite.expires_at = ms;
    in.texts = &english;
    BOOST_TEST(contains(render().body, ">" + std::string(en) + "</time>"));
    in.texts = &spanish;
    BOOST_TEST(contains(render().body, ">" + std::string(es) + "</time>"));
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

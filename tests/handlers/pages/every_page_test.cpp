#include "tests/handlers/pages/every_page.hpp"

#include "handlers/pages/asked_page.hpp"
#include "handlers/pages/assessment_page.hpp"
#include "handlers/pages/invite_page.hpp"
#include "handlers/pages/problem_page.hpp"
#include "tests/handlers/pages/page_checks.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

using store::challenge_kind;
using store::invite_state;

constexpr std::int64_t end = 1'796'660'516'244;

class page_renderer {
public:
  explicit page_renderer(const page_texts& texts) : texts_(texts) {}

  std::vector<rendered_page> all() {
    for (const auto& [name, phone] : {std::pair{"Grey & <Sloan>", "+12065550123"},
                                      {"Grey & <Sloan>", ""},
                                      {"", "+12065550123"},
                                      {"", ""}}) {
      clinic_ = {.name = name, .phone = phone, .time_zone = "Europe/Zurich"};
      invites();
      questions();
      problems();
    }
    add("asked", asked_page({&texts_, true}));
    add("assessment", assessment_page({&texts_, true}));
    return std::move(pages_);
  }

private:
  void add(std::string name, response answer) { pages_.push_back({std::move(name), std::move(answer)}); }

  void invite(std::string name, const store::invite_view& view, const trouble* wrong = nullptr) {
    const local_time until = zones_.local(view.expires_at, clinic_.time_zone);
    add(std::move(name), render_invite_page({.in = {&texts_, false},
                                             .links = "01234567-89ab-4def-8123-456789abcdef/",
                                             .invite = view,
                                             .open_until = until,
                                             .redeem_key = "a key",
                                             .assessment_origin = "https://assess.example.org",
                                             .wrong = wrong,
                                             .clinic = &clinic_}));
  }

  void invites() {
    store::invite_view view{.state = invite_state::pending,
                            .own_session = false,
                            .provider_id = "clinic-1",
                            .expires_at = end,
                            .locked = false};
    for (const invite_state state : {invite_state::pending, invite_state::redeemed, invite_state::revoked,
                                     invite_state::replaced, invite_state::expired}) {
      view.state = state;
      invite(std::string(name_of(state)), view);
    }
    view.own_session = true;
    invite("again", view);
    view = {.state = invite_state::pending,
            .own_session = false,
            .provider_id = "clinic-1",
            .expires_at = end,
            .locked = true};
    invite("locked", view);
  }

  void questions() {
    for (const challenge_kind kind : {challenge_kind::birth_date, challenge_kind::code}) {
      store::invite_view view{.state = invite_state::pending,
                              .own_session = false,
                              .provider_id = "clinic-1",
                              .expires_at = end,
                              .locked = false};
      view.asks_for = kind;
      view.locale = "en-US";
      invite(std::string(name_of(kind)), view);
      for (const trouble& wrong :
           {trouble{"required"}, trouble{"invalid_date"}, trouble{"ambiguous_date"}, trouble{"out_of_range"},
            trouble{"too_short"}, trouble{"wrong_answer", 1}, trouble{"wrong_answer", 3}})
        invite(std::string(name_of(kind)) + ' ' + std::string(wrong.code) +
                   std::to_string(wrong.attempts_left),
               view, &wrong);
    }
  }

  void problems() {
    for (const auto& [status, code] : {std::pair{404U, "not_found"},
                                       {401U, "unauthorized"},
                                       {409U, "already_redeemed"},
                                       {410U, "expired"},
                                       {410U, "revoked"},
                                       {410U, "replaced"},
                                       {410U, "lost"},
                                       {423U, "locked"},
                                       {429U, "rate_limited"},
                                       {503U, "store_unavailable"},
                                       {422U, "invalid_content"}}) {
      const problem p{.status = status, .code = code, .detail = "for programs"};
      add(std::string("problem ") + code, problem_page(p, asked_with(texts_.tag), {"", &clinic_}));
    }
    request elsewhere = asked_with(texts_.tag);
    elsewhere.path = "/sign-in/";
    add("problem elsewhere", problem_page({.status = 404, .code = "not_found", .detail = ""}, elsewhere));
  }

  const page_texts& texts_;
  store::provider_settings clinic_;
  time_zones zones_;
  std::vector<rendered_page> pages_;
};

/// The text without what is between `open` and `close`, if it has both.
std::string without(std::string text, std::string_view open, std::string_view close) {
  const std::size_t from = text.find(open), to = text.find(close);
  return from == text.npos || to == text.npos ? text : text.erase(from, to - from);
}

} // namespace

std::vector<rendered_page> every_page(const page_texts& texts) {
  return page_renderer(texts).all();
}

BOOST_AUTO_TEST_SUITE(every_page_suite)

BOOST_AUTO_TEST_CASE(is_sound_in_every_language) {
  for (const page_texts* texts : page_languages()) {
    for (const rendered_page& page : every_page(*texts)) {
      BOOST_TEST_CONTEXT(texts->tag << ' ' << page.name) {
        check_page(page.answer, *texts);
        const std::string_view body = page.answer.body;
        const std::string plain =
            without(without(std::string(body), "<style>", "</style>"), "<script>", "</script>");
        for (const std::string_view left : {"{", "}", "<!--", "<p></p>", "<h1></h1>", "=\"\" "})
          BOOST_TEST(!contains(plain, left), left);
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers

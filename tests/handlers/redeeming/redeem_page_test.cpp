// POST /invite/{invite_id}/redeem by browsers without script, and with a challenge.
#include "tests/handlers/desk.hpp"

namespace invited::test {
namespace {

constexpr std::string_view by_code = R"(,"challenge":{"kind":"code","answer":"X7-K2"})",
                           by_date =
                               R"(,"locale":"en-US","challenge":{"kind":"birth_date","answer":"1980-02-09"})",
                           browser_key = "redeem_key=0123456789abcdef";

struct browser : desk {
  using desk::desk;

  response type(const invite& of, std::string_view answer) {
    return send_form(of.link + "/redeem", std::string(browser_key) + "&answer=" + std::string(answer));
  }
  response answer(const invite& of, std::string_view text) {
    return redeem(of, R"({"answer":")" + std::string(text) + "\"}");
  }
};

BOOST_FIXTURE_TEST_SUITE(redeem_page, browser)

BOOST_AUTO_TEST_CASE(a_form_leads_on_with_the_token_in_the_fragment) {
  const invite of = make();
  const response out = send_form(of.link + "/redeem", browser_key);
  BOOST_TEST(out.status == 303U);
  BOOST_TEST(out.body == "");
  BOOST_TEST(out.content_type == "");
  BOOST_TEST(out.no_store);
  const std::string location = field_of(out, "Location");
  BOOST_TEST(location.starts_with("https://invite.example.org/assessment#access_token="));
  BOOST_TEST(location.ends_with("&token_type=Bearer&expires_in=14400"));
  BOOST_TEST(field_of(out, "Set-Cookie") == "invited_redeem=0123456789abcdef; Path=/invite/" + of.id +
                                                "; Max-Age=14400; HttpOnly; SameSite=Lax; Secure");
  BOOST_TEST(field_of(send_form(of.link + "/redeem", browser_key), "Location") == location);
  const response by_cookie = call(verb::post, of.link + "/redeem", {}, {},
                                  {{field::content_type, "application/x-www-form-urlencoded"},
                                   {field::cookie, "invited_redeem=0123456789abcdef"}});
  BOOST_TEST(field_of(by_cookie, "Location") == location);
}

BOOST_AUTO_TEST_CASE(an_input_that_no_script_has_filled_means_no_key) {
  const invite of = make();
  const response out = send_form(of.link + "/redeem", "redeem_key=&answer=");
  BOOST_TEST(out.status == 303U);
  BOOST_TEST(field_of(out, "Set-Cookie") == "");
  BOOST_TEST(send_form(of.link + "/redeem", "redeem_key=").status == 409U);
}

BOOST_AUTO_TEST_CASE(each_refusal_is_a_page_whatever_accept_says) {
  const invite used = make(R"(,"locale":"es")"), gone = make();
  redeem(used);
  post(gone.item + "/revoke", grey);
  const struct {
    std::string path, body;
    unsigned status;
    std::string_view language, says;
  } cases[] = {{used.link, std::string(browser_key), 409, "es", "ya se ha utilizado"},
               {gone.link, "", 410, "en", "withdrawn"},
               {gone.link, "redeem_key=short", 422, "en", ""},
               {gone.link, "redeem_key=%zz", 400, "en", ""},
               {gone.link, "redeem_key=%ff", 400, "en", ""},
               {gone.link, "zip=1", 422, "en", ""},
               {"/invite/x", "", 404, "en", ""}};
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.path << ' ' << c.body) {
      const response out = call(
          verb::post, c.path + "/redeem", {}, c.body,
          {{field::content_type, "application/x-www-form-urlencoded"}, {field::accept, "application/json"}});
      BOOST_TEST(out.status == c.status);
      BOOST_TEST(out.content_type == "text/html; charset=utf-8");
      BOOST_TEST(field_of(out, "Content-Language") == c.language);
      BOOST_TEST(contains(out.body, c.says));
      BOOST_TEST(!contains(out.body, "<script"));
      BOOST_TEST(field_of(out, "Set-Cookie") == "");
    }
}

BOOST_AUTO_TEST_CASE(a_program_learns_what_an_answer_lacks) {
  const invite code = make(by_code), date = make(by_date);
  for (int i = 0; i < 7; ++i) { // none of these costs an attempt
    BOOST_TEST(told(redeem(code)) == "422 invalid_content /answer:required");
    BOOST_TEST(told(redeem(code, R"({"answer":null})")) == "422 invalid_content /answer:required");
    BOOST_TEST(told(answer(code, "")) == "422 invalid_content /answer:required");
    BOOST_TEST(told(answer(code, "x-7")) == "422 invalid_content /answer:too_short");
    for (const std::string_view odd : {"02/09/1980", "1980-02-30", "1980-2-9", "nonsense"})
      BOOST_TEST(told(answer(date, odd)) == "422 invalid_content /answer:invalid_date");
  }
  const response wrong = answer(code, "guess");
  BOOST_TEST(told(wrong) == "403 wrong_answer");
  BOOST_TEST(member(wrong, "remaining_attempts") == "4");
  BOOST_TEST(contains(wrong.body, R"("provider":{"name":null,"phone":null})"));
  BOOST_TEST(std::string_view(wrong.provider) == "clinic-1");
  BOOST_TEST(member(answer(date, "1980-02-08"), "remaining_attempts") == "4");
  BOOST_TEST(told(answer(date, "1980-02-09")) == "200");
  const response opened = answer(code, " x 7 k 2 ");
  BOOST_TEST(opened.status == 200U);
  BOOST_TEST(!contains(opened.body, "x7k2"));
}

BOOST_AUTO_TEST_CASE(after_five_wrong_answers_no_right_one_helps) {
  const invite of = make(by_code);
  for (int left = 4; left >= 0; --left) {
    const std::string guess = "guess" + std::to_string(left);
    const response out = answer(of, guess);
    BOOST_TEST(told(out) == "403 wrong_answer");
    BOOST_TEST(member(out, "remaining_attempts") == std::to_string(left));
    BOOST_TEST(!contains(out.body, guess));
    if (left > 0)
      BOOST_TEST(member(answer(of, guess), "remaining_attempts") == std::to_string(left)); // a double click
  }
  for (const std::string_view late : {"X7K2", "guess0", "1"})
    BOOST_TEST(told(answer(of, late)) == "423 locked");
  BOOST_TEST(told(redeem(of)) == "423 locked");
  BOOST_TEST(member(get(of.link), "state") == "pending");
  BOOST_TEST(member(get(of.item, grey), "locked_at").size() == 24U);
  const std::vector<std::string> audit = audit_of();
  BOOST_TEST(
      std::ranges::count_if(audit, [](const std::string& e) { return e.starts_with("wrong_answer "); }) >= 4);
  BOOST_TEST(std::ranges::count_if(audit, [](const std::string& e) { return e.starts_with("locked "); }) ==
             1);
  BOOST_TEST(counts_of() == "created:1 viewed:1 locked:1");
}

BOOST_AUTO_TEST_CASE(guessing_at_once_gains_nothing) {
  const invite of = make(by_code);
  std::vector<std::unique_ptr<under_way>> guesses;
  for (int i = 0; i < 40; ++i)
    guesses.push_back(
        begin(verb::post, of.link + "/redeem", {}, R"({"answer":"guess)" + std::to_string(i) + "\"}"));
  int wrong = 0, locked = 0;
  for (const auto& one : guesses) {
    const std::string out = told(finish(*one));
    wrong += out == "403 wrong_answer";
    locked += out == "423 locked";
  }
  BOOST_TEST(wrong == 5);
  BOOST_TEST(locked == 35);
}

BOOST_AUTO_TEST_CASE(a_browser_is_asked_until_it_is_right) {
  const invite of = make(by_date);
  const struct {
    std::string_view typed;
    unsigned status;
    std::string_view says;
  } cases[] = {{"", 422, "Please fill this in."},
               {"9+Feb+1980", 422, "Please write it as MM/DD/YYYY."},
               {"09%2F02%2F1980", 403, "You can try 4 more times."}}; // day and month are exchanged
  for (const auto& c : cases) {
    const response out = type(of, c.typed);
    BOOST_TEST(out.status == c.status);
    BOOST_TEST(contains(out.body, c.says), out.body);
    BOOST_TEST(contains(out.body, "name=\"redeem_key\" value=\"0123456789abcdef\""));
    BOOST_TEST(contains(out.body, "action=\"redeem?lang=en\"")); // relative to .../{id}/
    BOOST_TEST(!contains(out.body, "09/02"));
    BOOST_TEST(std::string_view(out.provider) == "clinic-1");
    BOOST_TEST(std::string_view(out.ref) == of.ref);
  }
  BOOST_TEST(type(of, "2%2F9%2F1980").status == 303U);
  BOOST_TEST(type(of, "").status == 303U);
}

BOOST_AUTO_TEST_CASE(what_was_typed_is_never_written_into_a_page) {
  const invite of = make(by_code);
  const response out = type(of, "%3Cscript%3Ealert(1)%3C%2Fscript%3E");
  BOOST_TEST(out.status == 403U);
  BOOST_TEST(!contains(out.body, "<script"));
  BOOST_TEST(!contains(out.body, "alert("));
}

BOOST_AUTO_TEST_CASE(an_answer_where_none_is_asked_for_is_ignored) {
  BOOST_TEST(told(answer(make(), "1")) == "200");
  const invite gone = make(by_code);
  post(gone.item + "/revoke", grey);
  BOOST_TEST(told(answer(gone, "x")) == "410 revoked"); // and not that the answer is too short
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test

// An invite with a challenge, from its making to its lock, as programs and browsers without script see it.
#include "tests/support/http_client.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"

#include <boost/test/unit_test.hpp>

#include <thread>

namespace invited::test {
namespace {

constexpr std::string_view as_code = R"({"kind":"code","answer":"X7-K2"})",
                           as_date = R"({"kind":"birth_date","answer":"1980-02-09"})";

struct asking {
  redis_server redis;
  test_server server{redis.url()};
  http_client client{server.port()};
  const http_fields staff = {{"Authorization", "Bearer " + staff_token()}};

  asking() { BOOST_REQUIRE(server.wait_ready()); }

  http_answer make(std::string_view challenge, std::string_view locale = "en-US", http_fields more = {}) {
    const std::string body =
        R"({"email":"ada@example.org","first_name":"Ada","last_name":"Lovelace","provider_id":"clinic-1","locale":")" +
        std::string(locale) + R"(","challenge":)" + std::string(challenge) + '}';
    more.insert(more.end(), staff.begin(), staff.end());
    return client.post_json("/generate_invite", body, more);
  }
  std::string link(std::string_view challenge, std::string_view locale = "en-US") {
    const http_answer made = make(challenge, locale);
    BOOST_REQUIRE_MESSAGE(made.status == 200, made.body);
    return "/invite/" + made.json("invite_id");
  }
  http_answer answer(const std::string& path, std::string_view text) {
    return client.post_json(path + "/redeem",
                            R"({"redeem_key":"0123456789abcdef","answer":")" + std::string(text) + "\"}");
  }
  http_answer type(const std::string& path, std::string_view text) {
    return client.request("POST", path + "/redeem",
                          {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "text/html"}},
                          "redeem_key=0123456789abcdef&answer=" + std::string(text));
  }
  http_answer page(const std::string& path) { return client.get(path, {{"Accept", "text/html"}}); }
};

bool contains(const http_answer& answer, std::string_view part) {
  return answer.body.find(part) != std::string::npos;
}

BOOST_FIXTURE_TEST_SUITE(challenge, asking)

BOOST_AUTO_TEST_CASE(opens_by_the_answer_and_stays_open_to_its_key) {
  const std::string path = link(as_code);
  const http_answer seen = client.get(path);
  BOOST_TEST(contains(seen, R"("challenge":{"kind":"code"})"));
  BOOST_TEST(!contains(seen, "x7k2"));
  const http_answer opened = answer(path, " x7k2");
  BOOST_REQUIRE(opened.status == 200);
  BOOST_TEST(opened.json("email") == "ada@example.org");
  BOOST_TEST(!contains(opened, "x7k2"));
  for (const std::string_view again : {" x7k2", "X7K2", "", "something else", "1"}) {
    const http_answer replay = answer(path, again);
    BOOST_TEST(replay.status == 200);
    BOOST_TEST(replay.body == opened.body);
  }
  BOOST_TEST(client.post_json(path + "/redeem", "{}").status == 409);
  BOOST_TEST(client.post_json(path + "/redeem", R"({"answer":"X7K2"})").status == 409);
}

BOOST_AUTO_TEST_CASE(a_renewed_invite_asks_for_the_same_with_all_attempts_again) {
  const http_answer made = make(as_code);
  const std::string path = "/invite/" + made.json("invite_id");
  for (int i = 0; i < 5; ++i) BOOST_TEST(answer(path, "guess" + std::to_string(i)).status == 403);
  const http_answer renewed = client.request("POST", "/invites/" + made.json("ref") + "/renew", staff);
  BOOST_REQUIRE(renewed.status == 200);
  const std::string fresh = "/invite/" + renewed.json("invite_id");
  BOOST_TEST(answer(fresh, "guess4").json("remaining_attempts") == "4"); // nothing is carried over
  BOOST_TEST(answer(fresh, "X7K2").status == 200);
  BOOST_TEST(answer(path, "X7K2").json("code") == "replaced");
}

BOOST_AUTO_TEST_CASE(a_wrong_challenge_is_reported_field_by_field) {
  const http_answer wrong = make(R"({"kind":"birth_date","answer":"2999-01-01","hint":"x"})");
  BOOST_TEST(wrong.status == 422);
  BOOST_TEST(contains(wrong, R"("pointer":"/challenge/hint","code":"unknown_field")"));
  BOOST_TEST(contains(wrong, R"("pointer":"/challenge/answer","code":"out_of_range")"));
  BOOST_TEST(!contains(wrong, "2999"));
}

BOOST_AUTO_TEST_CASE(the_same_idempotency_key_with_another_answer_is_refused) {
  const http_fields key = {{"Idempotency-Key", "key-1"}};
  const http_answer first = make(as_code, "en-US", key);
  BOOST_TEST(first.status == 200);
  BOOST_TEST(make(R"({"answer":"x 7 k 2","kind":"code"})", "en-US", key).body ==
             first.body); // the same answer
  BOOST_TEST(make(R"({"kind":"code","answer":"other"})", "en-US", key).json("code") ==
             "idempotency_key_reused");
  BOOST_TEST(make("null", "en-US", key).json("code") == "idempotency_key_reused");
}

BOOST_AUTO_TEST_CASE(a_browser_is_asked_until_it_is_right) {
  const std::string path = link(as_date);
  const http_answer first = page(path);
  BOOST_TEST(first.status == 200);
  BOOST_TEST(contains(first, "<form method=\"post\" action=\"" + path.substr(8) + "/redeem?lang=en\">"));
  BOOST_TEST(contains(first, "Your date of birth"));
  BOOST_TEST(contains(first, "MM/DD/YYYY"));

  const http_answer nothing = type(path, "");
  BOOST_TEST(nothing.status == 422);
  BOOST_TEST(contains(nothing, "Please fill this in."));
  const http_answer unreadable = type(path, "9+Feb+1980");
  BOOST_TEST(unreadable.status == 422);
  BOOST_TEST(contains(unreadable, "Please write it as MM/DD/YYYY."));
  const http_answer wrong = type(path, "09%2F02%2F1980"); // day and month are exchanged
  BOOST_TEST(wrong.status == 403);
  BOOST_TEST(wrong.field("content-type") == "text/html; charset=utf-8");
  BOOST_TEST(contains(wrong, "You can try 4 more times."));
  BOOST_TEST(!contains(wrong, "09/02"));
  for (const http_answer* again : {&nothing, &unreadable, &wrong}) {
    // Relative to .../{id}/, where the browser is now.
    BOOST_TEST(contains(*again, "<form method=\"post\" action=\"redeem?lang=en\">"));
    BOOST_TEST(contains(*again, "name=\"redeem_key\" value=\"0123456789abcdef\""));
    BOOST_TEST(contains(*again, "<input id=\"answer\" name=\"answer\""));
    BOOST_TEST(again->field("content-security-policy").find("form-action 'self' http://localhost:4321") !=
               std::string::npos);
  }
  const http_answer opened = type(path, "2%2F9%2F1980");
  BOOST_TEST(opened.status == 303);
  BOOST_TEST(type(path, "").field("location") == opened.field("location"));
}

BOOST_AUTO_TEST_CASE(an_ambiguous_date_is_asked_for_again) {
  const std::string path = link(as_date, "en");
  for (int i = 0; i < 7; ++i) {
    const http_answer either = type(path, "02%2F09%2F1980");
    BOOST_TEST(either.status == 422);
    BOOST_TEST(contains(either, "one of two days"));
  }
  BOOST_TEST(type(path, "1980-02-09").status == 303);
}

BOOST_AUTO_TEST_CASE(a_locked_link_says_what_to_do) {
  const std::string path = link(as_code);
  for (int i = 0; i < 4; ++i) BOOST_TEST(type(path, "guess" + std::to_string(i)).status == 403);
  BOOST_TEST(contains(type(path, "guess3"), "You can try 1 more time."));
  const http_answer last = type(path, "guess4"), late = type(path, "X7K2"), shown = page(path);
  BOOST_TEST(last.status == 403);
  BOOST_TEST(late.status == 423);
  BOOST_TEST(shown.status == 200);
  for (const http_answer* locked : {&last, &late, &shown}) {
    BOOST_TEST(contains(*locked, "This link is locked"));
    BOOST_TEST(!contains(*locked, "name=\"answer\""));
    BOOST_TEST(contains(*locked, "Ask for a new link"));
  }
  BOOST_TEST(contains(last, "action=\"ask?lang=en\""));
  BOOST_TEST(contains(shown, "action=\"" + path.substr(8) + "/ask?lang=en\""));
  BOOST_TEST(client.request("POST", path + "/ask", {{"Accept", "text/html"}}).status == 202);
}

BOOST_AUTO_TEST_CASE(guessing_in_parallel_gains_nothing) {
  const std::string path = link(as_code);
  constexpr std::size_t threads = 8, each = 10;
  std::array<std::vector<http_answer>, threads> answers;
  std::vector<std::thread> guessing;
  for (std::size_t t = 0; t < threads; ++t) {
    guessing.emplace_back([&, t] {
      http_client own(server.port());
      for (std::size_t i = 0; i < each; ++i) {
        const std::string body = R"({"answer":"guess)" + std::to_string(t * each + i) + "\"}";
        answers[t].push_back(own.post_json(path + "/redeem", body));
      }
    });
  }
  for (std::thread& t : guessing) t.join();
  std::size_t wrong = 0, locked = 0;
  for (const auto& some : answers) {
    for (const http_answer& a : some) ++(a.status == 403 ? wrong : locked);
  }
  BOOST_TEST(wrong == 5U);
  BOOST_TEST(locked == threads * each - 5);
  BOOST_TEST(answer(path, "X7K2").status == 423);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test

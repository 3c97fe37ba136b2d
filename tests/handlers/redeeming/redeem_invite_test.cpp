// POST /invite/{invite_id}/redeem by programs: it opens once, and says why it does not open.
#include "tests/handlers/desk.hpp"

namespace invited::test {
namespace {

constexpr std::string_view key = R"({"redeem_key":"0123456789abcdef"})";

BOOST_FIXTURE_TEST_SUITE(redeem_invite, desk)

BOOST_AUTO_TEST_CASE(opens_once_and_says_whose_it_is) {
  const invite of = make(R"(,"phone":"+14155550123","locale":"es")");
  const response out = redeem(of);
  BOOST_REQUIRE(out.status == 200U);
  const std::string token = member(out, "access_token");
  BOOST_TEST(out.body == R"({"access_token":")" + token +
                             R"(","token_type":"Bearer","expires_in":14400,"expires_at":")" +
                             member(out, "expires_at") +
                             R"(","assessment_url":"https://invite.example.org/assessment","patient":)"
                             R"({"email":"ada@example.org","first_name":"Ada","last_name":"Lovelace",)"
                             R"("phone":"+14155550123","locale":"es"}})");
  BOOST_TEST(out.content_type == "application/json");
  BOOST_TEST(out.no_store);
  BOOST_TEST(out.patient);
  BOOST_TEST(field_of(out, "Set-Cookie") == "");
  BOOST_TEST(std::string_view(out.ref) == of.ref);
  BOOST_TEST(std::string_view(out.provider) == "clinic-1");
  BOOST_TEST(last_event() == "redeemed ok null patient 198.51.100.0/24");
  const response again = redeem(of);
  BOOST_TEST(told(again) == "409 already_redeemed");
  BOOST_TEST(contains(again.body, R"("provider":{"name":null,"phone":null}})"));
  BOOST_TEST(!contains(again.body, "ada@"));
  BOOST_TEST(std::string_view(again.ref) == of.ref);
  for (int i = 0; i < 5; ++i) redeem(of);
  const std::vector<std::string> audit = audit_of();
  BOOST_TEST(std::ranges::count(audit, "second_attempt already_redeemed null patient 198.51.100.0/24") ==
             1); // once, however many try
  BOOST_TEST(counts_of() == "created:1 viewed:1 redeemed:1");
}

BOOST_AUTO_TEST_CASE(of_many_at_once_one_wins_and_its_key_gets_its_answer_again) {
  const invite of = make();
  std::vector<std::unique_ptr<under_way>> rivals;
  for (int i = 0; i < 30; ++i)
    rivals.push_back(begin(verb::post, of.link + "/redeem", {},
                           R"({"redeem_key":"rival-number-of-)" + std::to_string(i % 10) + "\"}"));
  std::string won;
  int winners = 0;
  for (const auto& one : rivals) {
    const response out = finish(*one);
    if (out.status == 200) {
      if (won.empty()) won = out.body;
      BOOST_TEST(out.body == won);
      ++winners;
    } else {
      BOOST_TEST(told(out) == "409 already_redeemed");
    }
  }
  BOOST_TEST(winners == 3); // those with one key
  BOOST_TEST(counts_of() == "created:1 viewed:1 redeemed:1");
}

BOOST_AUTO_TEST_CASE(a_key_is_taken_from_body_field_or_cookie) {
  const invite of = make();
  const response first = redeem(of, key);
  BOOST_TEST(first.status == 200U);
  const auto by = [&](fields more) { return call(verb::post, of.link + "/redeem", {}, "{}", more); };
  BOOST_TEST(by({{field::idempotency_key, "0123456789abcdef"}}).body == first.body);
  BOOST_TEST(by({{field::idempotency_key, "\"0123456789abcdef\""}}).body == first.body);
  BOOST_TEST(by({{field::cookie, "a=b; invited_redeem=0123456789abcdef"}}).body == first.body);
  BOOST_TEST(told(by({{field::cookie, "invited_redeem=short"}})) ==
             "409 already_redeemed"); // as without a key
  // A key in the body goes before the browser's cookie.
  BOOST_TEST(told(by({{field::idempotency_key, "another-redeem-key"},
                      {field::cookie, "invited_redeem=0123456789abcdef"}})) == "409 already_redeemed");
  BOOST_TEST(told(redeem(of, R"({"redeem_key":"0123456789ABCDEF"})")) == "409 already_redeemed");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_claims_nothing) {
  const invite of = make();
  const std::string longest(128, 'k'), longer(129, 'k'), long_answer(201, 'x');
  const auto keyed = [](std::string_view k) { return R"({"redeem_key":")" + std::string(k) + "\"}"; };
  const std::pair<std::string, std::string_view> cases[] = {
      {"{", "400 malformed_json"},
      {"{\"answer\":\"\xff\"}", "400 malformed_json"},
      {"[]", "422 invalid_content :wrong_type"},
      {R"({"redeem_key":7})", "422 invalid_content /redeem_key:wrong_type"},
      {R"({"answer":7})", "422 invalid_content /answer:wrong_type"},
      {R"({"key":"0123456789abcdef"})", "422 invalid_content /key:unknown_field"},
      {R"({"answer":"a","answer":"a"})", "422 invalid_content /answer:duplicate_field"},
      {keyed(""), "422 invalid_content /redeem_key:too_short"},
      {keyed("0123456789abcde"), "422 invalid_content /redeem_key:too_short"},
      {keyed(longer), "422 invalid_content /redeem_key:too_long"},
      {keyed("0123456789abcde "), "422 invalid_content /redeem_key:forbidden_character"},
      {keyed("0123456789abcde\\u00e9"), "422 invalid_content /redeem_key:forbidden_character"},
      {R"({"answer":"a\tb"})", "422 invalid_content /answer:forbidden_character"},
      {R"({"answer":")" + long_answer + "\"}", "422 invalid_content /answer:too_long"},
      {R"({"redeem_key":"x","answer":"a\tb"})",
       "422 invalid_content /redeem_key:too_short /answer:forbidden_character"},
  };
  for (const auto& [body, wanted] : cases) BOOST_TEST(told(redeem(of, body)) == wanted, body.substr(0, 60));
  const auto with = [&](std::string_view body, fields more) {
    return call(verb::post, of.link + "/redeem", {}, body, more);
  };
  BOOST_TEST(told(with(key, {{field::idempotency_key, "fedcba9876543210"}})) ==
             "422 invalid_content /redeem_key:conflicting_keys");
  BOOST_TEST(told(with("{}", {{field::idempotency_key, "short"}})) == "422 invalid_content :too_short");
  BOOST_TEST(told(with("{}", {{field::idempotency_key, "two words"}})) == "400 invalid_idempotency_key");
  const response text = with("{}", {{field::content_type, "text/plain"}});
  BOOST_TEST(told(text) == "415 unsupported_media_type");
  BOOST_TEST(field_of(text, "Accept") == "application/json, application/x-www-form-urlencoded");
  BOOST_TEST(told(with("{}", {{field::content_type, ""}})) == "415 unsupported_media_type");
  BOOST_TEST(counts_of() == "created:1");
  BOOST_TEST(told(redeem(of, keyed(longest))) == "200");
}

BOOST_AUTO_TEST_CASE(no_body_at_all_is_a_redemption) {
  const invite of = make();
  BOOST_TEST(told(call(verb::post, of.link + "/redeem")) == "200");
}

BOOST_AUTO_TEST_CASE(an_id_may_be_in_either_case_and_nothing_else_is_one) {
  std::string path = make().link;
  for (std::size_t i = 8; i < path.size(); ++i)
    if (path[i] >= 'a' && path[i] <= 'f') path[i] = static_cast<char>(path[i] - 32);
  BOOST_TEST(told(post(path + "/redeem", {}, "{}")) == "200");
  for (const std::string_view id :
       {"00000000-0000-4000-8000-000000000000", "x", "00000000000040008000000000000000",
        "00000000-0000-1000-8000-000000000000", "inv_4c99e8f0595671d4160c976b55bc63b5fc"}) {
    const response out = post("/invite/" + std::string(id) + "/redeem", {}, "{}");
    BOOST_TEST(told(out) == "404 not_found", id);
    BOOST_TEST(!contains(out.body, R"("provider")"));
  }
  BOOST_TEST(told(post("/invite/x/redeem", {}, R"({"zip":1})")) == "422 invalid_content /zip:unknown_field");
}

BOOST_AUTO_TEST_CASE(each_refusal_says_whom_to_call) {
  call(verb::put, "/providers/clinic-1", admin, R"({"name":"Grey \u0026 Sloan","phone":"+14155550123"})");
  const invite used = make(), gone = make(), old = make();
  redeem(used);
  post(gone.item + "/revoke", grey);
  post(old.item + "/renew", grey);
  for (const auto& [of, wanted] :
       {std::pair{&used, "409 already_redeemed"}, {&gone, "410 revoked"}, {&old, "410 replaced"}}) {
    const response out = redeem(*of);
    BOOST_TEST(told(out) == wanted);
    BOOST_TEST(out.body.ends_with(R"(,"provider":{"name":"Grey & Sloan","phone":"+14155550123"}})"),
               out.body);
    BOOST_TEST(field_of(out, "Retry-After") == "");
  }
}

BOOST_AUTO_TEST_CASE(a_broken_record_is_a_fault_that_reveals_nothing) {
  const invite of = make();
  redis.command({"SETRANGE", ledger_key(of), "90", "not what was sealed"});
  const response out = redeem(of, key);
  BOOST_TEST(told(out) == "500 internal_error");
  BOOST_TEST(fault.starts_with("/invite/{invite_id}/redeem: "), fault);
  BOOST_TEST(!contains(fault, of.id));
  BOOST_TEST(!contains(out.body, of.id));
}

BOOST_AUTO_TEST_CASE(an_invite_without_its_right_to_redeem_is_lost_and_says_so) {
  const invite of = make();
  const auto ref = store::parse_invite_ref(of.ref);
  redis.command({"DEL", std::string(store::invite_key("inv", ref->tag, ref->h))});
  BOOST_TEST(told(redeem(of)) == "410 lost");
  BOOST_TEST(counts_of() == "created:1 lost:1");
  BOOST_TEST(post(of.item + "/renew", grey).status == 200U); // as the answer says
}

BOOST_AUTO_TEST_SUITE_END()

struct lost_replies : desk {
  lost_replies() : desk(call_limits{.redis_timeout = std::chrono::milliseconds(150)}) {}
};

BOOST_FIXTURE_TEST_CASE(a_lost_reply_comes_again_for_the_same_key_only, lost_replies) {
  const invite of = make();
  redis.freeze();
  const response unsure = redeem(of, key);
  BOOST_TEST(told(unsure) == "503 store_unavailable");
  BOOST_TEST(contains(unsure.body, "same idempotency or redeem key"));
  const response made = post("/generate_invite", grey, invite_body(), {{field::idempotency_key, "lost"}});
  BOOST_TEST(made.status == 503U);
  redis.thaw();
  BOOST_REQUIRE(run_until(side.io(), [this] { return side.connection().ready(); }));
  BOOST_REQUIRE(wait_until(
      [&] { return told(redeem(of, R"({"redeem_key":"somebody-elses-key"})")) == "409 already_redeemed"; }));
  BOOST_TEST(told(redeem(of, key)) == "200");
  BOOST_TEST(post("/generate_invite", grey, invite_body(), {{field::idempotency_key, "lost"}}).status ==
             200U);
}

} // namespace
} // namespace invited::test

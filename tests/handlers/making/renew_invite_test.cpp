// POST /invites/{ref}/renew: a new link in the place of an old one, in every state and against every rival.
#include "handlers/time/time_text.hpp"
#include "tests/handlers/desk.hpp"

namespace invited::test {
namespace {

struct renewal : desk {
  using desk::desk;

  response renew(const invite& of, std::string_view as, fields more = {}) {
    return call(verb::post, of.item + "/renew", as, {}, more);
  }
  response renew(const invite& of) { return renew(of, grey); }
  std::string state_of(std::string_view ref) {
    return member(get("/invites/" + std::string(ref), admin), "state");
  }
};

BOOST_FIXTURE_TEST_SUITE(renew_invite, renewal)

BOOST_AUTO_TEST_CASE(answers_as_making_does_and_the_old_one_names_the_new) {
  const invite old = make(R"(,"locale":"es","phone":"+14155550123","expires_in":3600)");
  const response out = renew(old);
  BOOST_REQUIRE(out.status == 200U);
  const invite fresh{member(out, "invite_id"), member(out, "ref")};
  BOOST_TEST(out.body == R"({"invite_id":")" + fresh.id +
                             R"(","invite_url":"https://invite.example.org/invite/)" + fresh.id +
                             R"(","ref":")" + fresh.ref + R"(","expires_at":")" + member(out, "expires_at") +
                             "\"}");
  BOOST_TEST(fresh.ref != old.ref);
  BOOST_TEST(std::string_view(out.ref) == fresh.ref);
  BOOST_TEST(std::string_view(out.provider) == "clinic-1");
  BOOST_TEST(field_of(out, "RateLimit").starts_with(R"("create";r=998;)"));
  BOOST_TEST(told(redeem(old)) == "410 replaced");
  const response opened = redeem(fresh);
  BOOST_TEST(member(opened, "email") == "ada@example.org");
  BOOST_TEST(member(opened, "phone") == "+14155550123");
  BOOST_TEST(member(opened, "locale") == "es");
  const response seen = get(old.item, grey);
  BOOST_TEST(member(seen, "state") == "replaced");
  BOOST_TEST(member(seen, "replaced_by") == fresh.ref);
  BOOST_TEST(member(get(fresh.item, grey), "created_by") == "dr.grey");
  BOOST_TEST(counts_of() == "created:2 viewed:1 redeemed:1 replaced:1");
}

BOOST_AUTO_TEST_CASE(what_the_body_wishes_is_changed) {
  const invite old = make(R"(,"locale":"es","expires_in":3600)");
  const response out =
      call(verb::post, old.item + "/renew", grey, R"({"expires_in":7200.0,"locale":"en_US"})");
  BOOST_REQUIRE(out.status == 200U);
  const response seen = get("/invites/" + member(out, "ref"), grey);
  const auto created = handlers::read_time(member(seen, "created_at")),
             expires = handlers::read_time(member(seen, "expires_at"));
  BOOST_TEST(*expires - *created == 7'200'000);
  BOOST_TEST(member(redeem({member(out, "invite_id"), member(out, "ref")}), "locale") == "en-US");
}

BOOST_AUTO_TEST_CASE(a_body_that_cannot_be_read_renews_nothing) {
  const invite of = make();
  for (const auto& [body, wanted] : {std::pair{R"({"expires_in":1})", "422 invalid_content"},
                                     {R"({"expires_in":99999999999})", "422 invalid_content"},
                                     {R"({"expires_in":"3600"})", "422 invalid_content"},
                                     {R"({"locale":"e"})", "422 invalid_content"},
                                     {R"({"email":"b@example.org"})", "422 invalid_content"},
                                     {R"({"external_id":"a b"})", "422 invalid_content"},
                                     {R"({"external_id":7})", "422 invalid_content"},
                                     {R"([])", "422 invalid_content"},
                                     {R"({"expires_in":36)", "400 malformed_json"},
                                     {"\x01\x02", "400 malformed_json"}})
    BOOST_TEST(told(call(verb::post, of.item + "/renew", grey, body)).starts_with(wanted), body);
  BOOST_TEST(told(call(verb::post, of.item + "/renew", grey, "expires_in=3600",
                       {{field::content_type, "application/x-www-form-urlencoded"}})) ==
             "415 unsupported_media_type");
  BOOST_TEST(counts_of() == "created:1");
  BOOST_TEST(call(verb::post, of.item + "/renew", grey, R"({"expires_in":null,"locale":null})").status ==
             200U);
}

BOOST_AUTO_TEST_CASE(the_portals_reference_stays_unless_another_is_wished) {
  const invite old = make(R"(,"external_id":"order-1")");
  const auto next_of = [&](const invite& of, std::string_view body) {
    const response out = call(verb::post, of.item + "/renew", grey, body);
    BOOST_REQUIRE(out.status == 200U);
    return invite{member(out, "invite_id"), member(out, "ref")};
  };
  const auto id_of = [&](const invite& of) { return member(get(of.item, grey), "external_id"); };
  const invite bare = next_of(old, "{}"), none = next_of(bare, R"({"external_id":null})"),
               blank = next_of(none, R"({"external_id":" "})"),
               other = next_of(blank, R"({"external_id":" order-2 "})");
  for (const invite& same : {old, bare, none, blank}) BOOST_TEST(id_of(same) == "order-1");
  BOOST_TEST(id_of(other) == "order-2");
  call(verb::del, other.item, grey);
  BOOST_TEST(id_of(other) == "null");
}

BOOST_AUTO_TEST_CASE(a_key_stands_for_what_was_wished) {
  const invite of = make();
  const fields key{{field::idempotency_key, "r-1"}};
  const auto wish = [&](std::string_view body) {
    return call(verb::post, of.item + "/renew", grey, body, key);
  };
  const response first = wish(R"({"expires_in":7200})");
  BOOST_TEST(first.status == 200U);
  BOOST_TEST(wish(R"({"expires_in":72e2})").body == first.body);
  BOOST_TEST(told(wish("")) == "422 idempotency_key_reused");
  BOOST_TEST(told(wish(R"({"expires_in":7201})")) == "422 idempotency_key_reused");
  BOOST_TEST(told(wish(R"({"expires_in":7200,"locale":"es"})")) == "422 idempotency_key_reused");
  BOOST_TEST(told(wish(R"({"expires_in":7200,"external_id":"a"})")) == "422 idempotency_key_reused");
  BOOST_TEST(wish(R"({"expires_in":7200,"external_id":""})").body == first.body);
}

BOOST_AUTO_TEST_CASE(only_what_may_still_be_opened_or_has_expired_is_renewed) {
  const invite used = make(), gone = make(), twice = make(), erased = make();
  redeem(used);
  post(gone.item + "/revoke", grey);
  const response first = renew(twice);
  call(verb::del, erased.item, grey);
  const std::string before = counts_of();
  const std::pair<const invite*, std::string_view> cases[] = {{&used, "409 already_redeemed"},
                                                              {&gone, "409 revoked"},
                                                              {&twice, "409 already_replaced"},
                                                              {&erased, "409 revoked"}};
  for (const auto& [of, wanted] : cases) {
    const response out = renew(*of);
    BOOST_TEST(told(out) == wanted);
    BOOST_TEST(std::string_view(out.ref) == of->ref);
    BOOST_TEST(std::string_view(out.provider) == "clinic-1");
    BOOST_TEST(member(out, "replaced_by") == (of == &twice ? member(first, "ref") : ""));
    BOOST_TEST(field_of(out, "RateLimit") == "");
  }
  BOOST_TEST(counts_of() == before);
}

BOOST_AUTO_TEST_CASE(a_foreign_caller_learns_nothing_and_a_bad_key_is_reported_to_the_others) {
  const invite of = make();
  BOOST_TEST(told(renew(of, "")) == "401 unauthorized");
  for (const std::string_view role : {"clinician", "physician", "portal"}) {
    const response foreign = renew(of, bearer(role, {"clinic-2"}), {{field::idempotency_key, "two words"}});
    BOOST_TEST(told(foreign) == "404 not_found"); // and not that the key is wrong
    BOOST_TEST(std::string_view(foreign.ref) == "");
  }
  BOOST_TEST(told(renew(of, grey, {{field::idempotency_key, "two words"}})) == "400 invalid_idempotency_key");
  for (const std::string_view name : {"none", "inv_", "inv_4c99e8f0595671d4160c976b55bc63b5fc",
                                      "4c85db01-e312-47a5-a8e8-f8ff5fdd79b3", "%69nv_"})
    BOOST_TEST(told(call(verb::post, "/invites/" + std::string(name) + "/renew", admin)) == "404 not_found",
               name);
  BOOST_TEST(counts_of() == "created:1");
  BOOST_TEST(state_of(of.ref) == "pending");
  BOOST_TEST(renew(of, portal).status == 200U);
  BOOST_TEST(last_event() == "renewed ok dr.grey portal 198.51.100.7");
}

BOOST_AUTO_TEST_CASE(a_key_gets_its_own_answer_again_and_another_key_the_refusal) {
  const invite of = make(), neighbour = make();
  const response first = renew(of, grey, {{field::idempotency_key, "r-1"}});
  BOOST_TEST(first.status == 200U);
  const response again = renew(of, grey, {{field::idempotency_key, "\"r-1\""}});
  BOOST_TEST(again.body == first.body);
  BOOST_TEST(field_of(again, "Idempotent-Replayed") == "true");
  BOOST_TEST(told(renew(of, portal, {{field::idempotency_key, "r-2"}})) == "409 already_replaced");
  BOOST_TEST(told(renew(of, bearer("clinician", {"clinic-1"}, "dr.yang"),
                        {{field::idempotency_key, "r-1"}})) == "409 already_replaced");
  BOOST_TEST(told(renew(neighbour, grey, {{field::idempotency_key, "r-1"}})) == "422 idempotency_key_reused");
  BOOST_TEST(state_of(neighbour.ref) == "pending");
  BOOST_TEST(post("/generate_invite", grey, invite_body(), {{field::idempotency_key, "r-1"}}).status == 200U);
  BOOST_TEST(counts_of() == "created:4 replaced:1");
}

BOOST_AUTO_TEST_CASE(of_two_renewals_at_once_one_is_made) {
  for (int round = 0; round < 5; ++round) {
    const invite of = make();
    const auto one = begin(verb::post, of.item + "/renew", grey),
               two = begin(verb::post, of.item + "/renew", portal);
    const response first = finish(*one), second = finish(*two);
    const response &won = first.status == 200 ? first : second, &lost = first.status == 200 ? second : first;
    BOOST_TEST(won.status == 200U);
    BOOST_TEST(told(lost) == "409 already_replaced");
    BOOST_TEST(member(lost, "replaced_by") == member(won, "ref"));
  }
  BOOST_TEST(counts_of() == "created:10 replaced:5");
}

BOOST_AUTO_TEST_CASE(against_a_patient_who_opens_it_exactly_one_of_them_wins) {
  int opened = 0;
  for (int round = 0; round < 8; ++round) {
    const invite of = make();
    const auto patients = begin(verb::post, of.link + "/redeem", {}, "{}");
    if (round % 2 == 0) side.poll(); // half of them are a step ahead
    const auto staffs = begin(verb::post, of.item + "/renew", grey);
    const response redeemed = finish(*patients), renewed = finish(*staffs);
    if (redeemed.status == 200) {
      ++opened;
      BOOST_TEST(told(renewed) == "409 already_redeemed");
      BOOST_TEST(state_of(of.ref) == "redeemed");
    } else {
      BOOST_TEST(told(redeemed) == "410 replaced");
      BOOST_TEST(renewed.status == 200U);
      BOOST_TEST(state_of(of.ref) == "replaced");
    }
  }
  BOOST_TEST(opened >= 4);
}

BOOST_AUTO_TEST_CASE(a_broken_ledger_makes_nothing_and_reveals_nothing) {
  const invite of = make();
  redis.command({"SETRANGE", ledger_key(of), "74", "\xff"}); // the provider's name would not fit
  const response out = renew(of, admin);
  BOOST_TEST(told(out) == "503 store_unavailable"); // the script fails before it writes anything
  BOOST_TEST(!contains(out.body, of.ref));
  for (const std::string_view bad : {"", "\x02pXXXX", "x"}) { // and on these
    redis.command({"SET", ledger_key(of), std::string(bad)});
    BOOST_TEST(renew(of, admin).status >= 500U);
  }
  redis.command({"DEL", ledger_key(of)});
  redis.command({"HSET", ledger_key(of), "a", "b"}); // another kind of value
  BOOST_TEST(told(renew(of, admin)) == "503 store_unavailable");
  BOOST_TEST(counts_of() == "created:1");
}

BOOST_AUTO_TEST_SUITE_END()

struct two_invites : renewal {
  two_invites() : renewal(call_limits{.provider = {0.001, 2}}) {}
};

BOOST_FIXTURE_TEST_CASE(a_renewal_is_charged_to_the_bucket_of_creations, two_invites) {
  const invite a = make(), b = make();
  for (int i = 0; i < 2; ++i) { // the second time from memory
    const response out = renew(a);
    BOOST_TEST(told(out) == "429 rate_limited");
    BOOST_TEST(field_of(out, "RateLimit") == R"("create";r=0;t=)" + field_of(out, "Retry-After"));
    BOOST_TEST(std::stoi(field_of(out, "Retry-After")) > 900);
  }
  BOOST_TEST(state_of(a.ref) == "pending");
  BOOST_TEST(told(redeem(a)) == "200");
}

} // namespace
} // namespace invited::test

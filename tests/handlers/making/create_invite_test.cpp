// POST /generate_invite: what it answers to whom, and what it leaves.
#include "tests/handlers/desk.hpp"

namespace invited::test {
namespace {

struct creation : desk {
  using desk::desk;

  response create(std::string_view body, std::string_view as, fields more = {}) {
    return post("/generate_invite", as, body, more);
  }
  response create(std::string_view body) { return create(body, grey); }
};

BOOST_FIXTURE_TEST_SUITE(create_invite, creation)

BOOST_AUTO_TEST_CASE(answers_link_handle_and_end_and_nothing_else) {
  const response made = create(invite_body());
  BOOST_REQUIRE(made.status == 200U);
  const std::string id = member(made, "invite_id"), ref = member(made, "ref");
  BOOST_TEST(made.body == R"({"invite_id":")" + id + R"(","invite_url":"https://invite.example.org/invite/)" +
                              id + R"(","ref":")" + ref + R"(","expires_at":")" + member(made, "expires_at") +
                              "\"}");
  BOOST_TEST(store::parse_invite_id(id).has_value());
  BOOST_TEST(to_text(store::ref_of(*store::parse_invite_id(id))) == ref);
  BOOST_TEST(made.content_type == "application/json");
  BOOST_TEST(made.no_store);
  BOOST_TEST(!made.patient);
  BOOST_TEST(std::string_view(made.provider) == "clinic-1");
  BOOST_TEST(std::string_view(made.ref) == ref);
  BOOST_TEST(field_of(made, "RateLimit-Policy") == R"("create";q=1000;w=20)");
  BOOST_TEST(field_of(made, "RateLimit").starts_with(R"("create";r=999;t=)"));
  BOOST_TEST(field_of(made, "Idempotent-Replayed") == "");
  BOOST_TEST(last_event() == "created ok dr.grey clinician 198.51.100.7");
  BOOST_TEST(counts_of() == "created:1");
}

BOOST_AUTO_TEST_CASE(every_role_may_for_its_own_providers_only) {
  const struct {
    std::string_view role;
    std::vector<std::string> scope;
    std::string_view provider, told;
  } cases[] = {
      {"clinician", {"clinic-1"}, "clinic-1", "200"},
      {"physician", {"clinic-1", "clinic-2"}, "clinic-2", "200"},
      {"portal", {"clinic-1"}, "clinic-1", "200"},
      {"admin", {}, "clinic-7", "200"},
      {"clinician", {"clinic-1"}, "clinic-2", "403 foreign_provider"},
      {"portal", {"clinic-1"}, "clinic-11", "403 foreign_provider"},
      {"portal", {"clinic-1"}, "clinic-", "403 foreign_provider"},
      {"physician", {"clinic-1"}, "CLINIC-1", "403 foreign_provider"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.role << " for " << c.provider)
  BOOST_TEST(told(create(invite_body("", c.provider), bearer(c.role, c.scope))) == c.told);
  // The caller's own provider sees the refusals. The provider that was tried sees nothing.
  const std::vector<std::string> known = audit_of("clinic-1");
  BOOST_TEST(std::ranges::count_if(known, [](const std::string& e) { return e.starts_with("refused "); }) ==
             3);
  BOOST_TEST(audit_of("clinic-11").empty());
  BOOST_TEST(counts_of("clinic-11") == "");
}

BOOST_AUTO_TEST_CASE(each_field_missing_null_doubled_or_of_the_wrong_type_is_named) {
  constexpr std::string_view whole[][2] = {{"email", R"("ada@example.org")"},
                                           {"first_name", R"("Ada")"},
                                           {"last_name", R"("Lovelace")"},
                                           {"phone", R"("+14155550123")"},
                                           {"provider_id", R"("clinic-1")"},
                                           {"expires_in", "3600"},
                                           {"locale", R"("es")"},
                                           {"challenge", R"({"kind":"code","answer":"X7-K2"})"},
                                           {"external_id", R"("order-4711")"}};
  /// The body with this member replaced, or without it if `value` is empty.
  const auto with = [&whole](std::string_view name, std::string_view text) {
    std::string body;
    for (const auto& [member, value] : whole) {
      const std::string_view written = member == name ? text : value;
      if (!written.empty())
        body.append(body.empty() ? "{\"" : ",\"").append(member).append("\":").append(written);
    }
    return body + '}';
  };
  BOOST_REQUIRE(create(with("", "")).status == 200U);
  for (const auto& [name, value] : whole) {
    BOOST_TEST_CONTEXT(name) {
      const std::string at = "422 invalid_content /" + std::string(name);
      const bool required = name.ends_with("_name") || name == "provider_id";
      BOOST_TEST(told(create(with(name, ""))) == (required ? at + ":required" : "200"));
      BOOST_TEST(told(create(with(name, "null"))) == (required ? at + ":wrong_type" : "200"));
      BOOST_TEST(told(create(with(name, name == "expires_in" ? R"("3600")" : "7"))) == at + ":wrong_type");
      BOOST_TEST(told(create(with(name, "[]"))) == at + ":wrong_type");
      BOOST_TEST(told(create(with(name, std::string(value) + ",\"" + std::string(name) +
                                            "\":" + std::string(value)))) == at + ":duplicate_field");
    }
  }
}

BOOST_AUTO_TEST_CASE(a_patient_with_a_phone_alone_has_no_email_anywhere) {
  const std::string body =
      R"({"first_name":"Ada","last_name":"Lovelace","phone":"+14155550123","provider_id":"clinic-1"})";
  const response made = create(body);
  BOOST_REQUIRE(made.status == 200U);
  const invite of{member(made, "invite_id"), member(made, "ref")};
  const std::string masked =
      R"("patient":{"name":"Ada Lovelace","email_masked":null,"phone_masked":"********0123"})";
  BOOST_TEST(contains(get(of.item, grey).body, masked));
  BOOST_TEST(contains(get("/invites", grey).body, masked));
  BOOST_TEST(told(get("/invites?email=%20", grey)) == "422 invalid_content /email:empty");
  BOOST_TEST(parts_of(get("/invites?email=ada@example.org", grey).body, R"({"ref":)").empty());
  const response renewed = post(of.item + "/renew", grey);
  const invite next{member(renewed, "invite_id"), member(renewed, "ref")};
  BOOST_TEST(contains(get(next.item, grey).body, masked));
  const response opened = redeem(next);
  const std::string patient = R"("patient":{"email":null,"first_name":"Ada","last_name":"Lovelace",)"
                              R"("phone":"+14155550123","locale":null})";
  BOOST_TEST(contains(opened.body, patient));
  BOOST_TEST(contains(get("/session", "Bearer " + member(opened, "access_token")).body, patient));
  BOOST_TEST(
      told(create(
          R"({"first_name":"Ada","last_name":"L","email":"","phone":null,"provider_id":"clinic-1"})")) ==
      "422 invalid_content /email:required /phone:required");
}

BOOST_AUTO_TEST_CASE(the_portals_own_reference_is_told_to_staff_alone) {
  const response made = create(invite_body(R"(,"external_id":" order/47\u00e9 ")"));
  BOOST_REQUIRE(made.status == 200U);
  BOOST_TEST(!contains(made.body, "order"));
  const invite of{member(made, "invite_id"), member(made, "ref")};
  const std::string id = R"("external_id":"order/47)"
                         "\xC3\xA9\"";
  BOOST_TEST(contains(get(of.item, grey).body, id));
  BOOST_TEST(contains(get("/invites", grey).body, id));
  BOOST_TEST(!contains(get(of.link).body, "order"));
  const response opened = redeem(of);
  BOOST_TEST(!contains(opened.body, "order"));
  BOOST_TEST(!contains(get("/session", "Bearer " + member(opened, "access_token")).body, "order"));
  BOOST_TEST(contains(post(of.item + "/end_session", grey).body, id));
  BOOST_TEST(member(get(make().item, grey), "external_id") == "null");
}

BOOST_AUTO_TEST_CASE(no_email_is_the_same_in_every_spelling_of_an_idempotent_call) {
  const auto once = [&](std::string_view more) {
    return create(R"({"first_name":"A","last_name":"L","phone":"+14155550123","provider_id":"clinic-1")" +
                      std::string(more) + '}',
                  grey, {{field::idempotency_key, "k-1"}});
  };
  const response first = once("");
  BOOST_TEST(first.status == 200U);
  for (const std::string_view more : {R"(,"email":null)", R"(,"email":"")", R"(,"email":" ")"})
    BOOST_TEST(once(more).body == first.body);
  BOOST_TEST(told(once(R"(,"email":"ada@example.org")")) == "422 idempotency_key_reused");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_costs_neither_redis_nor_a_token_of_the_bucket) {
  const std::string long_name(101, 'x'), long_provider(65, 'p');
  const auto named = [](std::string_view name) {
    return R"({"email":"a@b.co","last_name":"L","provider_id":"clinic-1","first_name":")" +
           std::string(name) + "\"}";
  };
  const std::pair<std::string, std::string_view> cases[] = {
      {"", "415 unsupported_media_type"},
      {"{", "400 malformed_json"},
      {"{}x", "400 malformed_json"},
      {std::string(12'000, '['), "400 malformed_json"},
      {std::string("{\"email\":\"a\0b\"}", 15), "400 malformed_json"},
      {named("\xff"), "400 malformed_json"},
      {named("\xed\xa0\x80"), "400 malformed_json"}, // a surrogate
      {named("\\ud800"), "400 malformed_json"},
      {named("\\u0000"), "400 malformed_json"},
      {"[]", "422 invalid_content :wrong_type"},
      {named(long_name), "422 invalid_content /first_name:too_long"},
      {named(" \\u00a0\\u200b "), "422 invalid_content /first_name:empty"},
      {named("A\\u202eda"), "422 invalid_content /first_name:forbidden_character"},
      {named("A\\nda"), "422 invalid_content /first_name:forbidden_character"},
      {invite_body(R"(,"expires_in":59)"), "422 invalid_content /expires_in:out_of_range"},
      {invite_body(R"(,"expires_in":7776001)"), "422 invalid_content /expires_in:out_of_range"},
      {invite_body(R"(,"expires_in":1e-3)"), "422 invalid_content /expires_in:wrong_type"},
      {invite_body(R"(,"expires_in":99999999999999999999)"), "422 invalid_content /expires_in:out_of_range"},
      {invite_body("", long_provider), "422 invalid_content /provider_id:too_long"},
      {invite_body("", "a b"), "422 invalid_content /provider_id:forbidden_character"},
      {invite_body(R"(,"a/b~c":1)"), "422 invalid_content /a~1b~0c:unknown_field"},
      {invite_body(R"(,"challenge":{"kind":"riddle","answer":"x"})"),
       "422 invalid_content /challenge/kind:unknown_kind"},
  };
  for (const auto& [body, wanted] : cases) BOOST_TEST_CONTEXT(body.substr(0, 120)) {
      const response out = create(body);
      BOOST_TEST(told(out) == wanted);
      BOOST_TEST(field_of(out, "RateLimit") == "");
      BOOST_TEST(std::string_view(out.provider) == "");
    }
  BOOST_TEST(is_untouched());
}

BOOST_AUTO_TEST_CASE(a_body_is_json_by_its_content_type) {
  const std::pair<std::string_view, unsigned> cases[] = {{"application/json", 200},
                                                         {"Application/JSON; charset=\"UTF-8\"", 200},
                                                         {"application/json;", 200},
                                                         {"", 415},
                                                         {"text/plain", 415},
                                                         {"application/json; charset=latin1", 415},
                                                         {"application/jsonp", 415},
                                                         {"application/x-www-form-urlencoded", 415},
                                                         {"application/json, text/x", 415}};
  for (const auto& [type, status] : cases) BOOST_TEST_CONTEXT(type) {
      const response out = create(invite_body(), grey, {{field::content_type, type}});
      BOOST_TEST(out.status == status);
      BOOST_TEST(field_of(out, "Accept") == (status == 415 ? "application/json" : ""));
    }
}

BOOST_AUTO_TEST_CASE(a_bad_idempotency_key_is_reported_after_the_type_and_before_the_body) {
  const std::string longest(255, 'k'), longer(256, 'k');
  for (const std::string_view bad :
       {std::string_view("two words"), std::string_view("\"open"), std::string_view("\"\""),
        std::string_view("\"a\"; p=1"), std::string_view("\x7f"), std::string_view("\xc3\xa9"),
        std::string_view(longer)})
    BOOST_TEST(told(create("{", grey, {{field::idempotency_key, bad}})) == "400 invalid_idempotency_key",
               bad);
  BOOST_TEST(told(create("{", grey, {{field::idempotency_key, "a b"}, {field::content_type, "text/x"}})) ==
             "415 unsupported_media_type");
  BOOST_TEST(create(invite_body(), grey, {{field::idempotency_key, longest}}).status == 200U);
}

BOOST_AUTO_TEST_CASE(a_key_is_its_callers_alone) {
  const auto once = [&](std::string_view body, const std::string& as, std::string_view key = "k-1") {
    return create(body, as, {{field::idempotency_key, key}});
  };
  const response first = once(invite_body(), grey), again = once(invite_body(), grey, "\"k-1\"");
  BOOST_TEST(first.status == 200U);
  BOOST_TEST(again.body == first.body);
  BOOST_TEST(field_of(first, "Idempotent-Replayed") == "");
  BOOST_TEST(field_of(again, "Idempotent-Replayed") == "true");
  BOOST_TEST(field_of(again, "RateLimit").starts_with(R"("create";r=999;)")); // a repeat costs nothing
  BOOST_TEST(std::string_view(again.ref) == member(first, "ref"));
  // The same content in another spelling.
  BOOST_TEST(once(R"( {"provider_id":"clinic-1","last_name":"Lovelace","email":"ada@example.org",)"
                  R"("phone":null,"first_name":"\u0041da"} )",
                  grey)
                 .body == first.body);
  const response other = once(invite_body(R"(,"locale":"es")"), grey);
  BOOST_TEST(told(other) == "422 idempotency_key_reused");
  BOOST_TEST(field_of(other, "RateLimit").starts_with(R"("create";r=999;)"));
  BOOST_TEST(once(invite_body(), bearer("clinician", {"clinic-1"}, "dr.yang")).body != first.body);
  BOOST_TEST(told(once(invite_body(R"(,"external_id":"a")"), grey)) == "422 idempotency_key_reused");
  BOOST_TEST(once(invite_body(R"(,"external_id":"")"), grey).body == first.body);
  BOOST_TEST(once(invite_body(), grey, "K-1").body != first.body);
  BOOST_TEST(counts_of() == "created:3");
}

BOOST_AUTO_TEST_CASE(two_clicks_at_once_make_one_invite) {
  const auto click = [&] {
    return begin(verb::post, "/generate_invite", grey, invite_body(), {{field::idempotency_key, "click"}});
  };
  const auto one = click(), two = click();
  const response first = finish(*one), second = finish(*two);
  BOOST_TEST(first.status == 200U);
  BOOST_TEST(second.body == first.body);
  BOOST_TEST(field_of(first, "Idempotent-Replayed") + field_of(second, "Idempotent-Replayed") == "true");
  BOOST_TEST(counts_of() == "created:1");
}

BOOST_AUTO_TEST_CASE(a_caller_that_leaves_breaks_nothing) {
  for (int i = 0; i < 3; ++i) {
    auto gone = begin(verb::post, "/generate_invite", grey, invite_body());
    side.poll(); // so that it is on its way to Redis
    gone.reset();
  }
  BOOST_TEST(create(invite_body()).status == 200U);
}

BOOST_AUTO_TEST_SUITE_END()

struct three_invites : creation {
  three_invites() : creation(call_limits{.provider = {0.001, 3}}) {}
};

BOOST_FIXTURE_TEST_SUITE(create_invite_limits, three_invites)

BOOST_AUTO_TEST_CASE(a_provider_without_tokens_is_refused_from_memory_and_its_neighbour_is_not) {
  for (const std::string_view left : {"2", "1", "0"})
    BOOST_TEST(
        field_of(create(invite_body()), "RateLimit").starts_with("\"create\";r=" + std::string(left) + ';'));
  for (int i = 0; i < 3; ++i) {
    const response out = create(invite_body(), i == 1 ? portal : admin);
    BOOST_TEST(told(out) == "429 rate_limited");
    BOOST_TEST(field_of(out, "RateLimit-Policy") == R"("create";q=3;w=3000)");
    BOOST_TEST(field_of(out, "RateLimit") == R"("create";r=0;t=)" + field_of(out, "Retry-After"));
    const int wait = std::stoi(field_of(out, "Retry-After"));
    BOOST_TEST((wait > 900 && wait <= 1000), wait);
    BOOST_TEST(std::string_view(out.provider) == "clinic-1");
    // Without its bucket, Redis would grant the next call.
    const auto forget = "for _, k in ipairs(redis.call('KEYS', 'lim:*')) do redis.call('DEL', k) end";
    redis.command({"EVAL", forget, "0"});
  }
  BOOST_TEST(create(invite_body("", "clinic-2"), admin).status == 200U);
  BOOST_TEST(counts_of() == "created:3");
}

BOOST_AUTO_TEST_CASE(a_repeat_needs_no_token) {
  const response first = create(invite_body(), grey, {{field::idempotency_key, "k"}});
  create(invite_body());
  create(invite_body());
  const response again = create(invite_body(), grey, {{field::idempotency_key, "k"}});
  BOOST_TEST(again.body == first.body);
  BOOST_TEST(field_of(again, "RateLimit").starts_with(R"("create";r=0;)"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test

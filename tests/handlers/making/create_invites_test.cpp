// POST /generate_invites: a result for each row, in order, whatever happens to the others.
#include "tests/handlers/desk.hpp"

namespace invited::test {
namespace {

std::string row(std::string_view name, std::string_view provider = "clinic-1") {
  return R"({"email":"ada@example.org","last_name":"Lovelace","first_name":")" + std::string(name) +
         R"(","provider_id":")" + std::string(provider) + "\"}";
}

std::string rows(const std::vector<std::string>& all) {
  std::string body = "[";
  for (const std::string& one : all) body.append(body.size() > 1 ? "," : "").append(one);
  return body + ']';
}

std::string rows(std::size_t n) {
  return rows(std::vector<std::string>(n, row("Ada")));
}

std::vector<std::string> results_of(const response& bulk) {
  return parts_of(bulk.body, R"({"index":)");
}

/// "200 422 200"
std::string statuses(const response& bulk) {
  std::string all;
  for (const std::string& one : results_of(bulk))
    all.append(all.empty() ? "" : " ").append(member(one, "status"));
  return all;
}

struct bulk_desk : desk {
  using desk::desk;

  response bulk(std::string_view body, std::string_view as, fields more = {}) {
    return post("/generate_invites", as, body, more);
  }
  response bulk(std::string_view body) { return bulk(body, portal); }
  std::unique_ptr<under_way> begin_bulk(std::string_view body, std::string_view as, fields more = {}) {
    return begin(verb::post, "/generate_invites", as, body, more);
  }
};

BOOST_FIXTURE_TEST_SUITE(create_invites, bulk_desk)

BOOST_AUTO_TEST_CASE(the_same_patient_twice_is_made_twice_with_a_warning) {
  std::string upper = row("Ada");
  upper.replace(upper.find("ada@"), 4, "ADA@");
  const response out =
      bulk(rows({row("Ada"), row("Bob"), upper, row(" Ada "), R"({"email":"ada@example.org"})", row("ada")}));
  const std::vector<std::string> all = results_of(out);
  BOOST_TEST(statuses(out) == "200 200 200 200 422 200");
  for (const std::size_t i : {0U, 1U, 4U, 5U}) BOOST_TEST(!contains(all[i], "warnings"));
  for (const std::size_t i : {2U, 3U})
    BOOST_TEST(
        contains(all[i], R"("warnings":[{"code":"same_patient","message":"Row 0 has the same provider,)"));
}

BOOST_AUTO_TEST_CASE(patients_with_a_phone_alone_are_told_apart_by_it) {
  const auto by_phone = [](std::string_view phone, std::string_view more = "") {
    return R"({"last_name":"Lovelace","first_name":"Ada","provider_id":"clinic-1","phone":")" +
           std::string(phone) + '"' + std::string(more) + '}';
  };
  const response out = bulk(rows({by_phone("+14155550123"), by_phone("+14155550124"), row("Ada"),
                                  by_phone("(415) 555-0123"), by_phone("", R"(,"email":null)")}));
  const std::vector<std::string> all = results_of(out);
  BOOST_TEST(statuses(out) == "200 200 200 200 422");
  for (const std::size_t i : {0U, 1U, 2U}) BOOST_TEST(!contains(all[i], "warnings"));
  BOOST_TEST(
      contains(all[3], R"("message":"Row 0 has the same provider, e-mail address (or phone number) )"));
  BOOST_TEST(contains(all[4], R"({"pointer":"/email","code":"required",)"));
  BOOST_TEST(contains(all[4], R"({"pointer":"/phone","code":"required",)"));
}

BOOST_AUTO_TEST_CASE(each_row_may_have_a_reference_of_the_portals) {
  const auto with_id = [](std::string_view id) {
    std::string one = row("Ada");
    one.insert(one.size() - 1, R"(,"external_id":)" + std::string(id));
    return one;
  };
  const response out = bulk(rows({with_id(R"("order-1")"), with_id("null"), with_id(R"("a b")")}));
  const std::vector<std::string> all = results_of(out);
  BOOST_TEST(statuses(out) == "200 200 422");
  BOOST_TEST(member(get("/invites/" + member(all[0], "ref"), grey), "external_id") == "order-1");
  BOOST_TEST(member(get("/invites/" + member(all[1], "ref"), grey), "external_id") == "null");
  BOOST_TEST(contains(all[2], R"({"pointer":"/external_id","code":"forbidden_character",)"));
}

BOOST_AUTO_TEST_CASE(each_row_has_a_result_of_its_own_in_order) {
  const response out = bulk(
      rows({row("Ada"), R"({"email":"x","first_name":"A","provider_id":"clinic-1","zip":1})", "7", "null",
            "[]", row("Bob", "clinic-2"), R"({"email":"a@b.co","email":"a@b.co"})", row("Zo\\u00e9")}));
  BOOST_REQUIRE(out.status == 200U);
  BOOST_TEST(out.content_type == "application/json");
  BOOST_TEST(field_of(out, "Idempotent-Replayed") == "");
  BOOST_TEST(std::string_view(out.ref) == "");
  BOOST_TEST(
      out.body.starts_with(R"({"summary":{"created":2,"failed":6},"results":[{"index":0,"status":200,)"));
  BOOST_TEST(statuses(out) == "200 422 422 422 422 403 422 200");
  const std::vector<std::string> all = results_of(out);
  for (std::size_t i = 0; i < all.size(); ++i) BOOST_TEST(member(all[i], "index") == std::to_string(i));
  BOOST_TEST(all[1] ==
             R"({"index":1,"status":422,"code":"invalid_content","errors":[)"
             R"({"pointer":"/zip","code":"unknown_field","message":"There is no field of this name here."},)"
             R"({"pointer":"/last_name","code":"required","message":"This field is required."},)"
             R"({"pointer":"/email","code":"invalid_email","message":")" +
                 member(all[1].substr(all[1].find("invalid_email")), "message") + R"("}]},)");
  for (const std::size_t no_object : {2U, 3U, 4U})
    BOOST_TEST(contains(all[no_object], R"("errors":[{"pointer":"","code":"wrong_type")"));
  BOOST_TEST(all[5] == R"({"index":5,"status":403,"code":"foreign_provider"},)");
  const response opened = post("/invite/" + member(all[7], "invite_id") + "/redeem", {}, "{}");
  BOOST_TEST(member(opened, "first_name") == "Zo\xC3\xA9");
  BOOST_TEST(counts_of() == "created:2 viewed:1 redeemed:1");
  BOOST_TEST(counts_of("clinic-2") == "");
  // The foreign row left a line, though the call was answered 200.
  const std::vector<std::string> audit = audit_of();
  BOOST_TEST(std::ranges::count(audit, "refused foreign_provider dr.grey portal 198.51.100.7") == 1);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_the_whole_makes_nothing) {
  const std::pair<std::string, std::string_view> cases[] = {
      {"", "415 unsupported_media_type"},
      {"[", "400 malformed_json"},
      {"[]x", "400 malformed_json"},
      {"[1,]", "400 malformed_json"},
      {rows({row("Ada"), row("\xff")}), "400 malformed_json"},
      {rows({row("Ada"), row("\\udc00")}), "400 malformed_json"},
      {std::string(200'000, '['), "400 malformed_json"},
      {row("Ada"), "422 invalid_content :wrong_type"},
      {"null", "422 invalid_content :wrong_type"},
      {rows(1001), "422 invalid_content :too_many"},
  };
  for (const auto& [body, wanted] : cases) BOOST_TEST_CONTEXT(body.substr(0, 40))
  BOOST_TEST(told(bulk(body)) == wanted);
  const response text = bulk(rows(1), portal, {{field::content_type, "text/plain"}});
  BOOST_TEST(told(text) == "415 unsupported_media_type");
  BOOST_TEST(field_of(text, "Accept") == "application/json");
  BOOST_TEST(told(bulk(rows(1), portal, {{field::idempotency_key, "a b"}})) == "400 invalid_idempotency_key");
  BOOST_TEST(told(bulk(rows(1), "")) == "401 unauthorized");
  BOOST_TEST(is_untouched());
  BOOST_TEST(bulk("[]").body == R"({"summary":{"created":0,"failed":0},"results":[]})");
  BOOST_TEST(bulk(" [ ] ").status == 200U);
}

BOOST_AUTO_TEST_CASE(one_call_serves_many_providers_and_every_role) {
  const std::string body = rows({row("Ada", "clinic-1"), row("Eve", "clinic-2"), row("Zoe", "clinic-3")});
  BOOST_TEST(statuses(bulk(body, admin)) == "200 200 200");
  BOOST_TEST(statuses(bulk(body, bearer("portal", {"clinic-3", "clinic-1"}))) == "200 403 200");
  for (const std::string_view role : {"clinician", "physician"})
    BOOST_TEST(statuses(bulk(body, bearer(role))) == "200 403 403");
}

BOOST_AUTO_TEST_CASE(a_key_is_each_rows_own) {
  const auto once = [&](const std::vector<std::string>& of, std::string_view key = "monday") {
    return bulk(rows(of), portal, {{field::idempotency_key, key}});
  };
  const response first = once({row("Ada"), "{}", row("Eve")});
  BOOST_TEST(statuses(first) == "200 422 200");
  const response again = once({row("Ada"), "{}", row("Eve")});
  BOOST_TEST(again.body == first.body);
  BOOST_TEST(field_of(again, "Idempotent-Replayed") == "true");
  const response mended = once({row("Ada"), row("Bob"), row("Mallory"), row("Zoe")});
  BOOST_TEST(statuses(mended) == "200 200 422 200");
  BOOST_TEST(results_of(mended)[0] == results_of(first)[0]);
  BOOST_TEST(member(results_of(mended)[2], "code") == "idempotency_key_reused");
  BOOST_TEST(field_of(once({row("Ada")}, "tuesday"), "Idempotent-Replayed") == "");
  // The key of a row is neither that of a single call nor that of a row in another call.
  for (const std::string_view key : {"monday", "monday0", "monday:0", "0"})
    BOOST_TEST(field_of(post("/generate_invite", portal, row("Ada"), {{field::idempotency_key, key}}),
                        "Idempotent-Replayed") == "",
               key);
  BOOST_TEST(counts_of() == "created:9");
}

BOOST_AUTO_TEST_CASE(each_caller_has_one_such_call_at_a_time) {
  auto first = begin_bulk(rows(200), portal);
  side.poll();
  const response second = bulk(rows(1));
  BOOST_TEST(told(second) == "429 bulk_in_progress");
  BOOST_TEST(field_of(second, "Retry-After") == "1");
  const std::string another = bearer("portal", {"clinic-1"}, "another");
  BOOST_TEST(statuses(bulk(rows(1), another)) == "200");
  BOOST_TEST(finish(*first).body.starts_with(R"({"summary":{"created":200,"failed":0})"));
  BOOST_TEST(told(bulk(rows(1))) == "429 bulk_in_progress"); // its answer has not been taken yet
  first.reset();
  BOOST_TEST(statuses(bulk(rows(1))) == "200");
}

BOOST_AUTO_TEST_CASE(a_caller_that_leaves_gives_its_place_back) {
  auto gone = begin_bulk(rows(1000), portal);
  for (int i = 0; i < 20; ++i) side.poll();
  gone.reset();
  BOOST_TEST(statuses(bulk(rows(2))) == "200 200");
}

BOOST_AUTO_TEST_CASE(a_row_that_breaks_is_noted_and_hides_no_other) {
  const auto once = [&](std::size_t n) {
    return bulk(rows(n), portal, {{field::idempotency_key, "broken"}});
  };
  BOOST_TEST(statuses(once(1)) == "200");
  redis.command({"EVAL",
                 "local k = redis.call('KEYS', 'idem:*')[1] "
                 "redis.call('SET', k, redis.call('GET', k):sub(1, 22))", // its record loses its end
                 "0"});
  const response made = once(3);
  BOOST_TEST(statuses(made) == "500 200 200");
  BOOST_TEST(results_of(made)[0] == R"({"index":0,"status":500,"code":"internal_error"},)");
  BOOST_TEST(fault.starts_with("/generate_invites: "), fault);
}

BOOST_AUTO_TEST_CASE(a_store_that_is_away_fails_each_good_row) {
  redis.kill();
  BOOST_REQUIRE(run_until(side.io(), [this] { return !side.connection().ready(); }));
  std::vector<std::string> all(120, row("Ada"));
  all[7] = "{}";
  const response away = bulk(rows(all));
  BOOST_TEST(away.body.starts_with(R"({"summary":{"created":0,"failed":120})"));
  const std::vector<std::string> results = results_of(away);
  BOOST_TEST(member(results[7], "status") == "422");
  BOOST_TEST(results[118] == R"({"index":118,"status":503,"code":"store_unavailable","retry_after":1},)");
}

BOOST_AUTO_TEST_CASE(without_memory_no_row_is_half_made) {
  bulk(rows(1));
  redis.command({"CONFIG", "SET", "maxmemory", "1"});
  BOOST_TEST(statuses(bulk(rows(3))) == "503 503 503");
  redis.command({"CONFIG", "SET", "maxmemory", "0"});
  BOOST_TEST(counts_of() == "created:1");
  BOOST_TEST(parts_of(get("/invites?provider_id=clinic-1", admin).body, R"({"ref":)").size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

struct few_rows : bulk_desk {
  few_rows() : bulk_desk(call_limits{.provider = {0.001, 60}}) {}
};

BOOST_FIXTURE_TEST_CASE(a_bucket_that_empties_midway_refuses_the_rest_and_no_bad_row_costs_a_token,
                        few_rows) {
  std::vector<std::string> all(150, row("Ada"));
  all[3] = "{}";
  all[149] = row("Eve", "clinic-2");
  const response made = bulk(rows(all), bearer("portal", {"clinic-1", "clinic-2"}));
  BOOST_TEST(made.body.starts_with(R"({"summary":{"created":61,"failed":89})"));
  const std::vector<std::string> results = results_of(made);
  for (std::size_t i = 0; i < results.size(); ++i)
    BOOST_TEST(member(results[i], "status") == (i == 3 ? "422" : i < 61 || i == 149 ? "200" : "429"));
  BOOST_TEST(member(results[148], "code") == "rate_limited");
  BOOST_TEST(std::stoi(member(results[148], "retry_after")) > 900);
  BOOST_TEST(field_of(made, "RateLimit") == "");
  const std::string stats = redis.command({"INFO", "commandstats"});
  BOOST_TEST(contains(stats, "cmdstat_xadd:calls=61,"));
}

} // namespace
} // namespace invited::test

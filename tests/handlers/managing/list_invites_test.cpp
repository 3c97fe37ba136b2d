// GET /invites: pages, filters, who may see which, and what it costs.
#include "tests/handlers/desk.hpp"

namespace invited::test {
namespace {

struct listing : desk {
  using desk::desk;

  response list(std::string_view query, std::string_view as) {
    return get("/invites?" + std::string(query), as);
  }
  response list(std::string_view query) { return list(query, grey); }

  /// The refs of a page, in order.
  std::string refs(std::string_view query) {
    const response page = list(query);
    BOOST_TEST(page.status == 200U, page.body);
    std::string all;
    for (const std::string& one : parts_of(page.body, R"({"ref":)")) all += member(one, "ref") + ' ';
    return all;
  }
};

constexpr std::string_view nothing = R"({"invites":[],"next_cursor":null})";

BOOST_FIXTURE_TEST_SUITE(list_invites, listing)

BOOST_AUTO_TEST_CASE(a_list_is_of_one_provider_that_the_caller_may_see) {
  make();
  make("", "clinic-2");
  const std::string two = bearer("portal", {"clinic-1", "clinic-2"});
  BOOST_TEST(told(get("/invites")) == "401 unauthorized");
  BOOST_TEST(told(list("", two)) == "422 invalid_content /provider_id:required");
  BOOST_TEST(told(list("", admin)) == "422 invalid_content /provider_id:required");
  BOOST_TEST(told(list("provider_id=clinic-2")) == "403 foreign_provider");
  BOOST_TEST(told(list("provider_id=clinic-2&limit=0")) == "422 invalid_content /limit:out_of_range");
  for (const std::string_view who : {std::string_view(two), std::string_view(admin)}) {
    const response page = list("provider_id=clinic-2", who);
    BOOST_TEST(page.status == 200U);
    BOOST_TEST(page.content_type == "application/json");
    BOOST_TEST(page.no_store);
    BOOST_TEST(std::string_view(page.provider) == "clinic-2");
    BOOST_TEST(parts_of(page.body, R"({"ref":)").size() == 1U);
    BOOST_TEST(member(page, "provider_id") == "clinic-2");
  }
  BOOST_TEST(list("provider_id=clinic-3", admin).body == nothing);
}

BOOST_AUTO_TEST_CASE(pages_are_whole_and_in_order_while_others_are_made) {
  std::vector<invite> made;
  for (int i = 0; i < 5; ++i) made.push_back(make());
  const response first = list("limit=2");
  const std::string cursor = member(first, "next_cursor");
  BOOST_TEST(first.body.ends_with(R"(],"next_cursor":")" + cursor + "\"}"));
  make();
  BOOST_TEST(refs("limit=2&cursor=" + cursor) == made[2].ref + ' ' + made[1].ref + ' ');
  const std::string next = member(list("limit=2&cursor=" + cursor), "next_cursor");
  const response last = list("limit=2&cursor=" + next);
  BOOST_TEST(member(last, "ref") == made[0].ref);
  BOOST_TEST(last.body.ends_with(R"(],"next_cursor":null})"));
}

BOOST_AUTO_TEST_CASE(each_filter_finds_its_own) {
  const invite pending = make(), used = make(), gone = make(), old = make(),
               locked = make(R"(,"challenge":{"kind":"code","answer":"X7-K2"})");
  redeem(used);
  post(gone.item + "/revoke", grey);
  const std::string fresh = member(post(old.item + "/renew", grey), "ref");
  post(pending.link + "/ask");
  for (int i = 0; i < 5; ++i) redeem(locked, R"({"answer":"guess)" + std::to_string(i) + "\"}");
  BOOST_TEST(refs("state=pending") == fresh + ' ' + locked.ref + ' ' + pending.ref + ' ');
  BOOST_TEST(refs("state=redeemed") == used.ref + ' ');
  BOOST_TEST(refs("state=revoked") == gone.ref + ' ');
  BOOST_TEST(refs("state=replaced") == old.ref + ' ');
  BOOST_TEST(refs("state=expired") == "");
  BOOST_TEST(refs("locked=true") == locked.ref + ' ');
  BOOST_TEST(refs("asked=true") == pending.ref + ' ');
  BOOST_TEST(refs("asked=true&state=revoked") == "");
  BOOST_TEST(refs("asked=false&locked=false&state=pending") == fresh + ' ');
  BOOST_TEST(parts_of(list("email=%20ADA%40Example.ORG").body, R"({"ref":)").size() <= 6U);
  BOOST_TEST(refs("email=eve@example.org") == "");
  const invite ours = make(R"(,"external_id":"MRN-17/a")");
  make(R"(,"external_id":"mrn-17/a")");
  BOOST_TEST(refs("external_id=MRN-17%2Fa") == ours.ref + ' ');
  BOOST_TEST(refs("external_id=%20MRN-17/a%0A&email=ADA@example.org&state=pending") == ours.ref + ' ');
  BOOST_TEST(refs("external_id=MRN-17/a&state=revoked") == "");
  BOOST_TEST(refs("external_id=MRN-17") == "");
  BOOST_TEST(parts_of(list("external_id=").body, R"({"ref":)").size() == 8U);
  BOOST_TEST(refs("created_after=2999-01-01") == "");
  BOOST_TEST(refs("created_before=2000-01-01") == "");
  BOOST_TEST(parts_of(list("created_after=2000-01-01&created_before=2999-01-01").body, R"({"ref":)").size() ==
             8U);
}

BOOST_AUTO_TEST_CASE(each_wrong_parameter_is_pointed_at) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"state=open&limit=0&locked=maybe&asked=1&zip=2",
       "422 invalid_content /zip:unknown_field /state:invalid_state /locked:invalid_flag /asked:invalid_flag "
       "/limit:out_of_range"},
      {"limit=201", "422 invalid_content /limit:out_of_range"},
      {"limit=-1", "422 invalid_content /limit:out_of_range"},
      {"limit=ten", "422 invalid_content /limit:wrong_type"},
      {"limit=1&limit=1", "422 invalid_content /limit:duplicate_field"},
      {"cursor=x", "422 invalid_content /cursor:invalid_cursor"},
      {"cursor=AAAAAAAAAAAAAAAAAAAAAB", "422 invalid_content /cursor:invalid_cursor"}, // bits beyond its end
      {"asked=true&cursor=AAAAAAAAAAD__________w", "422 invalid_content /cursor:invalid_cursor"},
      {"email=x", "422 invalid_content /email:invalid_email"},
      {"external_id=a%20b", "422 invalid_content /external_id:forbidden_character"},
      {"external_id=%20", "422 invalid_content /external_id:empty"},
      {"external_id=a&external_id=a", "422 invalid_content /external_id:duplicate_field"},
      {"created_after=yesterday", "422 invalid_content /created_after:invalid_time"},
      {"created_before=2026-02-30", "422 invalid_content /created_before:invalid_time"},
      {"provider_id=a%20b", "422 invalid_content /provider_id:forbidden_character"},
      {"state=%ff", "400 malformed_query"},
      {"state=%0", "400 malformed_query"},
  };
  for (const auto& [query, wanted] : cases) BOOST_TEST(told(list(query)) == wanted, query);
  BOOST_TEST(is_untouched());
}

BOOST_AUTO_TEST_CASE(a_list_that_was_read_is_in_the_audit_and_one_that_was_refused_is_not) {
  make();
  list("");
  BOOST_TEST(last_event() == "read ok dr.grey clinician 198.51.100.7");
  const std::size_t lines = audit_of().size();
  for (int i = 0; i < 5; ++i) list(""); // these are counted, and written when their minute is over
  BOOST_TEST(audit_of().size() == lines);
  list("limit=0");
  list("state=pending&locked=true&asked=false&created_after=2999-01-01");
  BOOST_TEST(audit_of().size() == lines);
}

BOOST_AUTO_TEST_CASE(a_full_audit_stops_no_reading_and_is_counted) {
  make();
  audit_is_full() = true;
  BOOST_TEST(list("").status == 200U);
  BOOST_TEST(told(list("provider_id=clinic-2")) == "403 foreign_provider");
  audit_is_full() = false;
  BOOST_TEST(audit_of().size() == 1U); // only the event of making it
}

BOOST_AUTO_TEST_CASE(one_broken_ledger_is_a_fault_and_not_a_shorter_list) {
  make();
  const invite of = make();
  redis.command({"SETRANGE", ledger_key(of), "0", "\x02"});
  BOOST_TEST(told(list("")) == "500 internal_error");
  BOOST_TEST(fault.starts_with("/invites: "), fault);
  redis.command({"DEL", ledger_key(of)}); // an invite whose retention has ended is not listed
  BOOST_TEST(parts_of(list("").body, R"({"ref":)").size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

struct few_units : listing {
  few_units() : listing(call_limits{.staff = 24}) {}
};

BOOST_FIXTURE_TEST_CASE(a_search_is_charged_for_what_it_read_and_a_list_for_one, few_units) {
  for (int i = 0; i < 12; ++i) BOOST_TEST(list("").status == 200U);
  // Eleven are charged in advance; what did not have to be read is given back.
  BOOST_TEST(list("email=ada@example.org").status == 200U);
  BOOST_TEST(list("external_id=a").status == 200U);
  const response refused = list("external_id=a");
  BOOST_TEST(told(refused) == "429 rate_limited");
  BOOST_TEST(field_of(refused, "RateLimit-Policy") == R"("staff";q=24;w=24000)");
  BOOST_TEST(std::stoi(field_of(refused, "Retry-After")) > 0);
  BOOST_TEST(list("").status == 200U); // a cheaper call still passes
}

} // namespace
} // namespace invited::test

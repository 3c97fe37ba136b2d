// GET /audit: who may read it, what it shows, its pages, and its price.
#include "tests/handlers/desk.hpp"
#include "tests/store/audit/audit_fixture.hpp"

namespace invited::test {
namespace {

constexpr std::string_view none = R"({"events":[],"next_cursor":null})";

struct auditing : desk {
  using desk::desk;

  response audit(std::string_view query, std::string_view as) {
    return get("/audit?" + std::string(query), as);
  }
  response audit(std::string_view query) { return audit(query, grey); }
  static std::vector<std::string> events(const response& page) { return parts_of(page.body, R"({"at":)"); }
};

BOOST_FIXTURE_TEST_SUITE(read_audit, auditing)

BOOST_AUTO_TEST_CASE(an_event_is_shown_whole) {
  const invite of = make();
  const response seen = audit("");
  BOOST_TEST(seen.body == R"({"events":[{"at":")" + member(seen, "at") +
                              R"(","actor":"dr.grey","role":"admin","action":"created","ref":")" + of.ref +
                              R"(","address":"198.51.100.7","outcome":"ok","count":1}],"next_cursor":null})");
  BOOST_TEST(seen.content_type == "application/json");
  BOOST_TEST(seen.no_store);
  BOOST_TEST(std::string_view(seen.provider) == "clinic-1");
  BOOST_TEST(std::string_view(seen.ref) == "");
  BOOST_TEST(audit("").body == seen.body); // reading it leaves no trace
}

BOOST_AUTO_TEST_CASE(each_act_leaves_one_line_in_order) {
  const invite of = make();
  get(of.link);
  get(of.item, grey);
  get(of.item + "/link", grey);
  const std::string session = "Bearer " + member(redeem(of), "access_token");
  get("/session", session);
  post(of.item + "/end_session", portal);
  call(verb::del, of.item, grey);
  const std::vector<std::string> wanted = {
      "erased ok dr.grey clinician 198.51.100.7",      "session_ended ok dr.grey portal 198.51.100.7",
      "session_read ok null patient 198.51.100.0/24",  "redeemed ok null patient 198.51.100.0/24",
      "link_copied ok dr.grey clinician 198.51.100.7", "read ok dr.grey clinician 198.51.100.7",
      "viewed ok null patient 198.51.100.0/24",        "created ok dr.grey admin 198.51.100.7"};
  BOOST_TEST(audit_of() == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_invite_is_named_by_ref_or_id_and_a_foreign_one_is_as_empty_as_none) {
  const invite other = make(), of = make(), near = make("", neighbour_of("clinic-1")),
               far = make("", "clinic-2");
  for (const std::string& name : {of.ref, of.id}) {
    const response seen = audit("ref=" + name);
    BOOST_TEST(events(seen).size() == 1U);
    BOOST_TEST(member(seen, "ref") == of.ref);
  }
  for (const std::string& name :
       {near.ref, far.ref, far.id, std::string("inv_4cabababababababababababababababab")})
    BOOST_TEST(audit("ref=" + name).body == none, name);
}

BOOST_AUTO_TEST_CASE(pages_lead_through_all_of_it_once) {
  for (int i = 0; i < 230; ++i) make();
  std::size_t seen = 0, pages = 0;
  std::string query, last;
  do {
    const response page = audit(query);
    BOOST_REQUIRE(page.status == 200U);
    for (const std::string& event : events(page)) {
      BOOST_TEST((last.empty() || member(event, "at") <= last));
      last = member(event, "at");
      ++seen;
    }
    const std::string cursor = member(page, "next_cursor");
    query = cursor == "null" ? "" : "cursor=" + cursor;
    ++pages;
  } while (!query.empty() && pages < 20);
  BOOST_TEST(seen == 230U);
  BOOST_TEST(pages > 1U);
  BOOST_TEST(audit("from=2999-01-01").body == none);
  BOOST_TEST(audit("to=2000-01-01").body == none);
  BOOST_TEST(!events(audit("from=2000-01-01&to=2999-01-01")).empty());
}

BOOST_AUTO_TEST_CASE(a_refused_caller_learns_why_and_the_refusal_is_in_the_audit) {
  BOOST_TEST(told(get("/audit")) == "401 unauthorized");
  BOOST_TEST(told(audit("", portal)) == "403 forbidden");
  BOOST_TEST(told(audit("provider_id=clinic-2")) == "403 foreign_provider");
  BOOST_TEST(told(audit("", admin)) == "422 invalid_content /provider_id:required");
  BOOST_TEST(told(audit("", bearer("clinician", {"a", "b"}))) == "422 invalid_content /provider_id:required");
  const std::vector<std::string> wanted = {"refused foreign_provider dr.grey clinician 198.51.100.7",
                                           "refused forbidden dr.grey portal 198.51.100.7"};
  BOOST_TEST(audit_of() == wanted, boost::test_tools::per_element());
  BOOST_TEST(audit_of("clinic-2").empty());
}

BOOST_AUTO_TEST_CASE(each_wrong_parameter_is_pointed_at) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"ref=x&from=1&to=2&cursor=3&zip=4",
       "422 invalid_content /zip:unknown_field /ref:invalid_ref /from:invalid_time /to:invalid_time "
       "/cursor:invalid_cursor"},
      {"from=2026-02-30", "422 invalid_content /from:invalid_time"},
      {"ref=%20", "422 invalid_content /ref:invalid_ref"},
      {"provider_id=a%20b", "422 invalid_content /provider_id:forbidden_character"},
      {"ref=%c3%28", "400 malformed_query"}};
  for (const auto& [query, wanted] : cases)
    BOOST_TEST_CONTEXT(query) BOOST_TEST(told(audit(query)) == wanted);
}

BOOST_AUTO_TEST_CASE(an_actor_that_cannot_be_opened_any_more_is_null) {
  make();
  const std::string key(store::group_key("aud", store::group_of("clinic-1")));
  redis.command(
      {"XADD", key, "*", "a", "v", "h", "0123456789abcdef", "p", "clinic-1", "s", "not sealed by us"});
  const response seen = audit("");
  BOOST_TEST(seen.status == 200U, seen.body);
  BOOST_TEST(contains(seen.body, R"("actor":null,"role":null,"action":"revoked","ref":"inv_)"), seen.body);
}

BOOST_AUTO_TEST_SUITE_END()

struct few_units : auditing {
  few_units() : auditing(call_limits{.staff = 33}) {}
};

BOOST_FIXTURE_TEST_CASE(a_page_of_the_audit_costs_what_redis_reads, few_units) {
  for (int i = 0; i < 3; ++i) BOOST_TEST(audit("").status == 200U);
  const response out = audit("");
  BOOST_TEST(told(out) == "429 rate_limited");
  BOOST_TEST(field_of(out, "RateLimit").starts_with(R"("staff";r=0;)"));
  BOOST_TEST(told(audit("provider_id=clinic-1", admin)) ==
             "429 rate_limited"); // the provider has no units left either
}

} // namespace
} // namespace invited::test

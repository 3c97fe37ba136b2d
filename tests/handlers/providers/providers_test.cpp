// GET /providers, GET and PUT /providers/{provider_id}.
#include "tests/handlers/desk.hpp"

#include <set>

namespace invited::test {
namespace {

constexpr std::string_view none_set =
    R"({"provider_id":"clinic-1","name":null,"phone":null,"time_zone":null,)"
    R"("rate":null,"burst":null,"expires_in":null})";

struct settings_desk : desk {
  using desk::desk;

  response put(std::string_view id, std::string_view body, fields more = {}) {
    return call(verb::put, "/providers/" + std::string(id), admin, body, more);
  }
  response read(std::string_view id, std::string_view as) { return get("/providers/" + std::string(id), as); }
  response read() { return read("clinic-1", admin); }
  bool is_set(std::string_view id) {
    return redis.command({"EXISTS", std::string(store::provider_key("prv", store::group_of(id), id))}) ==
           ":1\r\n";
  }
};

BOOST_FIXTURE_TEST_SUITE(providers, settings_desk)

BOOST_AUTO_TEST_CASE(what_is_set_is_shown_and_can_be_sent_back) {
  const response before = read();
  BOOST_TEST(before.body == none_set);
  const response set =
      put("clinic-1", R"({"name":"Grey \u0026 Sloan","phone":"(415) 555-0123",)"
                      R"("time_zone":"Europe/Zurich","rate":0.5,"burst":7,"expires_in":3600})");
  const std::string shown = R"({"provider_id":"clinic-1","name":"Grey & Sloan","phone":"+14155550123",)"
                            R"("time_zone":"Europe/Zurich","rate":0.5,"burst":7,"expires_in":3600})";
  BOOST_TEST(set.status == 200U);
  BOOST_TEST(set.body == shown);
  BOOST_TEST(set.content_type == "application/json");
  BOOST_TEST(set.no_store);
  BOOST_TEST(std::string_view(set.provider) == "clinic-1");
  BOOST_TEST(field_of(set, "ETag").size() == 34U);
  BOOST_TEST(read("clinic-1", portal).body == shown);
  const response again = put("clinic-1", shown);
  BOOST_TEST(again.body == shown);
  BOOST_TEST(field_of(again, "ETag") == field_of(set, "ETag"));
  BOOST_TEST(field_of(before, "ETag") != field_of(set, "ETag"));
  BOOST_TEST(put("clinic-1", "{}").body == none_set); // a PUT replaces everything
  BOOST_TEST(field_of(read(), "ETag") == field_of(before, "ETag"));
  BOOST_TEST(last_event() == "settings_changed ok dr.grey admin 198.51.100.7");
}

BOOST_AUTO_TEST_CASE(who_may_read_and_who_may_change) {
  BOOST_TEST(told(read("clinic-1", "")) == "401 unauthorized");
  BOOST_TEST(told(get("/providers")) == "401 unauthorized");
  for (const std::string_view role : {"clinician", "physician", "portal"}) {
    BOOST_TEST(read("clinic-1", bearer(role)).status == 200U);
    for (const std::string_view foreign : {"clinic-2", "a%20b", "%00", "clinic-1%2f", "CLINIC-1"}) {
      BOOST_TEST(told(read(foreign, bearer(role))) == "403 foreign_provider", foreign);
      BOOST_TEST(told(call(verb::put, "/providers/" + std::string(foreign), bearer(role), "{")) ==
                 "403 forbidden");
    }
    BOOST_TEST(read("clinic%2D1", bearer(role)).status == 200U);
  }
  BOOST_TEST(!is_set("clinic-1"));
  const std::string longest(64, 'p'), longer(65, 'p');
  BOOST_TEST(read(longest, admin).status == 200U);
  for (const std::string_view nobody :
       {std::string_view("a%20b"), std::string_view("clinic-%C3%A9"), std::string_view("%2e%2e%2fx"),
        std::string_view("%zz"), std::string_view("%"), std::string_view(longer)}) {
    BOOST_TEST(told(read(nobody, admin)) == "404 not_found", nobody);
    BOOST_TEST(told(put(nobody, "{")) == "404 not_found"); // the content is not looked at first
  }
  BOOST_TEST(member(put("urn%3Aclinic", R"({"name":"U"})"), "provider_id") == "urn:clinic");
  BOOST_TEST(member(read("urn:clinic", admin), "name") == "U");
}

BOOST_AUTO_TEST_CASE(wrong_settings_change_nothing) {
  const std::string long_name(101, 'x');
  const std::pair<std::string, std::string_view> cases[] = {
      {"{", "400 malformed_json"},
      {"{\"name\":\"\xff\"}", "400 malformed_json"},
      {"[]", "422 invalid_content :wrong_type"},
      {R"({"provider_id":"clinic-2"})", "422 invalid_content /provider_id:mismatch"},
      {R"({"name":"\u202e"})", "422 invalid_content /name:forbidden_character"},
      {R"({"name":" "})", "422 invalid_content /name:empty"},
      {R"({"name":")" + long_name + "\"}", "422 invalid_content /name:too_long"},
      {R"({"time_zone":"Mars/Base"})", "422 invalid_content /time_zone:invalid_time_zone"},
      {R"({"time_zone":"../../etc/passwd"})", "422 invalid_content /time_zone:invalid_time_zone"},
      {R"({"rate":-1})", "422 invalid_content /rate:out_of_range"},
      {R"({"rate":0.0009})", "422 invalid_content /rate:out_of_range"},
      {R"({"rate":1000001})", "422 invalid_content /rate:out_of_range"},
      {R"({"rate":1e999})", "400 malformed_json"},
      {R"({"rate":"1"})", "422 invalid_content /rate:wrong_type"},
      {R"({"burst":0})", "422 invalid_content /burst:out_of_range"},
      {R"({"burst":10000001})", "422 invalid_content /burst:out_of_range"},
      {R"({"burst":1.5})", "422 invalid_content /burst:wrong_type"},
      {R"({"expires_in":59})", "422 invalid_content /expires_in:out_of_range"},
      {R"({"expires_in":7776001})", "422 invalid_content /expires_in:out_of_range"},
      {R"({"name":"a","name":"b"})", "422 invalid_content /name:duplicate_field"},
      {R"({"hue":1})", "422 invalid_content /hue:unknown_field"},
  };
  for (const auto& [body, wanted] : cases)
    BOOST_TEST_CONTEXT(body) BOOST_TEST(told(put("clinic-1", body)) == wanted);
  const response text = put("clinic-1", "{}", {{field::content_type, "text/plain"}});
  BOOST_TEST(told(text) == "415 unsupported_media_type");
  BOOST_TEST(field_of(text, "Accept") == "application/json");
  BOOST_TEST(told(put("clinic-1", "")) == "415 unsupported_media_type");
  BOOST_TEST(is_untouched());
}

BOOST_AUTO_TEST_CASE(if_match_lets_nobody_overwrite_what_they_have_not_seen) {
  const std::string never = field_of(read(), "ETag");
  const auto set = [&](std::string_view name, std::string_view match) {
    return told(put("clinic-1", R"({"name":")" + std::string(name) + "\"}", {{field::if_match, match}}));
  };
  BOOST_TEST(set("first", never) == "200");
  const std::string first = field_of(read(), "ETag");
  for (const std::string& wrong :
       {never, std::string("nonsense"), "W/" + first, first.substr(1), std::string("\"\"")})
    BOOST_TEST(set("second", wrong) == "412 precondition_failed", wrong);
  BOOST_TEST(member(read(), "name") == "first");
  BOOST_TEST(set("third", "\"nonsense\" , " + first) == "200");
  BOOST_TEST(set("fourth", "*") == "200");
  BOOST_TEST(told(put("clinic-1", R"({"hue":1})", {{field::if_match, never}})) ==
             "422 invalid_content /hue:unknown_field"); // wrong content is reported first
}

BOOST_AUTO_TEST_CASE(of_two_admins_at_once_one_is_refused) {
  for (int round = 0; round < 5; ++round) {
    const std::string seen = field_of(read(), "ETag");
    const auto change = [&](std::string_view name) {
      return begin(verb::put, "/providers/clinic-1", admin,
                   R"({"name":")" + std::string(name) + std::to_string(round) + "\"}",
                   {{field::if_match, seen}});
    };
    const auto one = change("one "), two = change("two ");
    const response first = finish(*one), second = finish(*two);
    const std::string both = told(first) + ", " + told(second);
    BOOST_TEST((both == "200, 412 precondition_failed" || both == "412 precondition_failed, 200"), both);
    BOOST_TEST(read().body == (first.status == 200 ? first.body : second.body));
  }
}

BOOST_AUTO_TEST_CASE(a_list_has_the_providers_that_the_caller_may_use_in_pages) {
  make();
  put("clinic-2", R"({"name":"Two"})");
  put("clinic-3", "{}");
  const response own = get("/providers", bearer("clinician", {"clinic-9", "clinic-1"}));
  BOOST_TEST(parts_of(own.body, R"({"provider_id":)").size() == 2U);
  BOOST_TEST(own.body.starts_with(R"({"providers":[{"provider_id":"clinic-)"));
  BOOST_TEST(own.body.ends_with(R"("next_cursor":null})"));
  for (const std::string& who : {admin, bearer("portal", {"clinic-3", "clinic-2", "clinic-1"})}) {
    std::set<std::string> seen;
    std::string query = "?limit=1";
    for (int page = 0; page < 3; ++page) {
      const response part = get("/providers" + query, who);
      seen.insert(member(part, "provider_id"));
      query = "?limit=1&cursor=" + member(part, "next_cursor");
      BOOST_TEST((member(part, "next_cursor") == "null") == (page == 2));
    }
    BOOST_TEST(seen == (std::set<std::string>{"clinic-1", "clinic-2", "clinic-3"}),
               boost::test_tools::per_element());
  }
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"limit=0", "422 invalid_content /limit:out_of_range"},
      {"limit=201", "422 invalid_content /limit:out_of_range"},
      {"limit=x", "422 invalid_content /limit:wrong_type"},
      {"cursor=%20", "422 invalid_content /cursor:invalid_cursor"},
      {"cursor=YSBi", "422 invalid_content /cursor:invalid_cursor"}, // "a b"
      {"zip=1", "422 invalid_content /zip:unknown_field"},
      {"limit=%ff", "400 malformed_query"}};
  for (const auto& [query, wanted] : cases)
    BOOST_TEST(told(get("/providers?" + std::string(query), admin)) == wanted, query);
}

BOOST_AUTO_TEST_CASE(what_is_set_is_in_force_here_at_once) {
  const auto policy = [&] {
    return field_of(post("/generate_invite", grey, invite_body()), "RateLimit-Policy");
  };
  BOOST_TEST(policy() == R"("create";q=1000;w=20)");
  put("clinic-1", R"({"rate":0.001,"burst":2})");
  for (int i = 0; i < 4; ++i) BOOST_TEST(policy() == R"("create";q=2;w=2000)");
  BOOST_TEST(told(post("/generate_invite", grey, invite_body())) == "429 rate_limited");
  put("clinic-1", R"({"rate":1000,"burst":500})"); // the earlier denial is forgotten
  BOOST_TEST(policy() == R"("create";q=500;w=1)");
  put("clinic-1", "{}");
  BOOST_TEST(policy() == R"("create";q=1000;w=20)");
}

BOOST_AUTO_TEST_CASE(broken_settings_are_a_fault_and_can_be_replaced) {
  put("clinic-1", R"({"name":"Grey"})");
  redis.command(
      {"SET", std::string(store::provider_key("prv", store::group_of("clinic-1"), "clinic-1")), "\xffx"});
  const response out = read();
  BOOST_TEST(told(out) == "500 internal_error");
  BOOST_TEST(fault.starts_with("/providers/{provider_id}: "), fault);
  BOOST_TEST(told(put("clinic-1", R"({"name":"Sloan"})")) == "200");
  BOOST_TEST(member(read(), "name") == "Sloan");
}

BOOST_AUTO_TEST_SUITE_END()

struct few_units : settings_desk {
  few_units() : settings_desk(call_limits{.staff = 30}) {}
};

BOOST_FIXTURE_TEST_CASE(a_list_of_all_providers_costs_an_admin_what_redis_reads, few_units) {
  const std::string own = bearer("portal", {"a"}, "somebody");
  BOOST_TEST(get("/providers", admin).status == 200U);
  BOOST_TEST(told(get("/providers", admin)) == "429 rate_limited");
  for (int i = 0; i < 15; ++i) BOOST_TEST(get("/providers", own).status == 200U);
  BOOST_TEST(told(get("/providers", own)) == "429 rate_limited");
}

} // namespace
} // namespace invited::test

// What staff does with one invite: reads it and its link, and ends it.
#include "tests/handlers/desk.hpp"

#include <regex>

namespace invited::test {
namespace {

constexpr std::string_view time_of = R"re("\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")re";

struct managing : desk {
  using desk::desk;

  response revoke(const invite& of, std::string_view as) { return post(of.item + "/revoke", as); }
  response erase(const invite& of, std::string_view as) { return call(verb::del, of.item, as); }
  response end_session(const invite& of, std::string_view as) { return post(of.item + "/end_session", as); }
  std::string state_of(const invite& of) { return member(get(of.item, admin), "state"); }
};

/// Every act on an invite, and the roles that may do it.
struct act {
  verb method;
  std::string_view rest;
  bool for_portals;
};
constexpr act acts[] = {{verb::get, "", true},
                        {verb::del, "", true},
                        {verb::get, "/link", false},
                        {verb::get, "/qr.svg", false},
                        {verb::get, "/qr.png", false},
                        {verb::post, "/renew", true},
                        {verb::post, "/revoke", true},
                        {verb::post, "/end_session", true},
                        {verb::post, "/clear_asked", true}};

BOOST_FIXTURE_TEST_SUITE(invite_endpoints, managing)

BOOST_AUTO_TEST_CASE(an_invite_is_shown_whole_except_what_identifies_the_patient) {
  const invite of = make(R"(,"phone":"+14155550123","locale":"es")");
  get(of.link);
  for (const std::string& path : {of.item, "/invites/" + of.id}) {
    const response seen = get(path, portal);
    BOOST_TEST(seen.status == 200U);
    BOOST_TEST(seen.content_type == "application/json");
    BOOST_TEST(seen.no_store);
    BOOST_TEST(std::string_view(seen.ref) == of.ref);
    BOOST_TEST(std::string_view(seen.provider) == "clinic-1");
    const std::string t(time_of);
    const std::regex whole(
        R"(\{"ref":")" + of.ref +
        R"re(","provider_id":"clinic-1","external_id":null,"state":"pending",)re"
        R"re("created_by":"dr\.grey","created_at":)re" +
        t + R"(,"expires_at":)" + t + R"(,"viewed_at":)" + t +
        R"re(,"redeemed_at":null,"revoked_at":null,"replaced_by":null,"asked_at":null,)re"
        R"re("locked_at":null,"locale":"es","challenge":null,"patient":\{"name":"Ada Lovelace",)re"
        R"re("email_masked":"a\*\*\*@example\.org","phone_masked":"\*{8}0123"\},"delivery":null\})re");
    BOOST_TEST(std::regex_match(seen.body, whole), seen.body);
  }
  BOOST_TEST(last_event() == "read ok dr.grey portal 198.51.100.7");
}

BOOST_AUTO_TEST_CASE(a_foreign_caller_cannot_tell_an_invite_from_none) {
  const invite of = make();
  const std::string foreign[] = {bearer("clinician", {"clinic-2"}), bearer("physician", {"clinic-"}),
                                 bearer("physician", {"clinic-11", "linic-1"})};
  for (const act& a : acts) BOOST_TEST_CONTEXT(handlers::name_of(a.method) << a.rest) {
      const auto path = [&a](std::string_view name) {
        return "/invites/" + std::string(name) + std::string(a.rest);
      };
      BOOST_TEST(told(call(a.method, path(of.ref))) == "401 unauthorized");
      for (const std::string& who : foreign) {
        std::string first;
        for (const std::string_view name :
             {std::string_view(of.ref), std::string_view(of.id), std::string_view("none"),
              std::string_view("%2e%2e"), std::string_view("inv_4c99e8f0595671d4160c976b55bc63b5fc"),
              std::string_view("4c85db01-e312-47a5-a8e8-f8ff5fdd79b3")}) {
          const response out = call(a.method, path(name), who);
          BOOST_TEST(told(out) == "404 not_found");
          BOOST_TEST(std::string_view(out.ref) == "");
          BOOST_TEST(std::string_view(out.provider) == "");
          if (first.empty()) first = out.body + out.fields;
          BOOST_TEST(out.body + out.fields == first);
        }
      }
      if (!a.for_portals) BOOST_TEST(told(call(a.method, path(of.ref), portal)) == "403 forbidden");
    }
  BOOST_TEST(state_of(of) == "pending");
  BOOST_TEST(counts_of() == "created:1");
  for (const std::string& event : audit_of())
    BOOST_TEST((event.starts_with("refused forbidden") || event.starts_with("created") ||
                event.starts_with("read ok")),
               event);
}

BOOST_AUTO_TEST_CASE(the_link_is_shown_while_it_works_and_leaves_a_trace_only_then) {
  const invite of = make();
  const response link = get(of.item + "/link", grey);
  BOOST_TEST(link.body == R"({"invite_id":")" + of.id +
                              R"(","invite_url":"https://invite.example.org/invite/)" + of.id + "\"}");
  BOOST_TEST(link.no_store);
  BOOST_TEST(std::string_view(link.ref) == of.ref);
  BOOST_TEST(last_event() == "link_copied ok dr.grey clinician 198.51.100.7");
  redeem(of);
  BOOST_TEST(told(get(of.item + "/link", grey)) == "409 already_redeemed");
  const std::vector<std::string> audit = audit_of();
  BOOST_TEST(
      std::ranges::count_if(audit, [](const std::string& e) { return e.starts_with("link_copied"); }) == 1);
  const response head = call(verb::head, of.item, grey);
  BOOST_TEST(head.status == 200U);
}

BOOST_AUTO_TEST_CASE(each_end_forbids_the_other_acts_by_name) {
  const invite pending = make(), used = make(), gone = make(), old = make();
  redeem(used);
  BOOST_TEST(member(revoke(gone, portal), "state") == "revoked");
  const std::string fresh = member(post(old.item + "/renew", grey), "ref");
  const struct {
    const invite* of;
    std::string_view link, revoke, end_session;
  } cases[] = {{&used, "409 already_redeemed", "409 already_redeemed", "200"},
               {&gone, "409 revoked", "200", "409 revoked"},
               {&old, "409 already_replaced", "409 already_replaced", "409 already_replaced"},
               {&pending, "200", "200", "409 revoked"}};
  BOOST_TEST(told(end_session(pending, grey)) == "409 not_redeemed");
  for (const auto& c : cases) BOOST_TEST_CONTEXT(state_of(*c.of)) {
      for (const std::string_view picture : {"/link", "/qr.svg", "/qr.png"})
        BOOST_TEST(told(get(c.of->item + std::string(picture), grey)) == c.link);
      for (int again = 0; again < 2; ++again) BOOST_TEST(told(revoke(*c.of, grey)) == c.revoke);
      for (int again = 0; again < 2; ++again) {
        const response out = end_session(*c.of, grey);
        BOOST_TEST(told(out) == c.end_session);
        BOOST_TEST(std::string_view(out.ref) == c.of->ref);
        BOOST_TEST(std::string_view(out.provider) == "clinic-1");
        if (c.of == &old) BOOST_TEST(member(out, "replaced_by") == fresh);
      }
    }
  BOOST_TEST(counts_of() == "created:5 viewed:1 redeemed:1 revoked:2 replaced:1");
}

BOOST_AUTO_TEST_CASE(erased_means_gone_whatever_it_was) {
  const invite pending = make(), used = make(), gone = make();
  const std::string session =
      "Bearer " + member(redeem(used, R"({"redeem_key":"0123456789abcdef"})"), "access_token");
  revoke(gone, grey);
  const std::string before = counts_of();
  for (const invite* of : {&pending, &used, &gone}) {
    for (int again = 0; again < 2; ++again) {
      const response out = erase(*of, portal);
      BOOST_TEST(out.status == 204U);
      BOOST_TEST(out.body == "");
      BOOST_TEST(out.content_type == "");
      BOOST_TEST(std::string_view(out.ref) == of->ref);
    }
    const response seen = get(of->item, grey);
    BOOST_TEST(contains(seen.body, R"("patient":null)"));
    BOOST_TEST(member(seen, "created_by") == "null");
    BOOST_TEST(member(seen, "state") == (of == &used ? "redeemed" : "revoked"));
    BOOST_TEST(!contains(redis.command({"GET", ledger_key(*of)}), "example"));
    BOOST_TEST(!contains(get("/invites?provider_id=clinic-1&email=ada@example.org", admin).body, of->ref));
  }
  BOOST_TEST(told(get("/session", session)) == "401 unauthorized");
  BOOST_TEST(told(redeem(used, R"({"redeem_key":"0123456789abcdef"})")) != "200");
  BOOST_TEST(before == "created:3 viewed:1 redeemed:1 revoked:1");
  BOOST_TEST(counts_of() == "created:3 viewed:1 redeemed:1 revoked:2"); // the pending one
  BOOST_TEST(told(post(pending.item + "/renew", grey)) == "409 revoked");
}

BOOST_AUTO_TEST_CASE(a_session_is_over_with_the_call_that_ends_it) {
  const invite of = make();
  const std::string session = "Bearer " + member(redeem(of), "access_token");
  BOOST_TEST(get("/session", session).status == 200U);
  BOOST_TEST(member(end_session(of, portal), "state") == "redeemed");
  BOOST_TEST(told(get("/session", session)) == "401 unauthorized");
  BOOST_TEST(last_event() == "session_ended ok dr.grey portal 198.51.100.7");
  BOOST_TEST(told(redeem(of)) == "409 already_redeemed");
}

BOOST_AUTO_TEST_CASE(a_request_for_a_new_link_is_ticked_off_and_may_come_again) {
  const invite of = make(), used = make(), erased = make();
  redeem(used);
  for (const invite* each : {&of, &used, &erased}) post(each->link + "/ask", {});
  erase(erased, grey);
  const auto listed = [this] { return get("/invites?provider_id=clinic-1&asked=true", admin).body; };
  for (const invite* each : {&of, &used, &erased}) BOOST_TEST_CONTEXT(state_of(*each)) {
      BOOST_TEST(contains(listed(), each->ref));
      for (int again = 0; again < 2; ++again) {
        const response out = post(each->item + "/clear_asked", portal);
        BOOST_TEST(out.status == 200U);
        BOOST_TEST(member(out, "asked_at") == "null");
        BOOST_TEST(std::string_view(out.ref) == each->ref);
      }
      BOOST_TEST(!contains(listed(), each->ref));
    }
  BOOST_TEST(last_event() ==
             "asked_cleared ok dr.grey portal 198.51.100.7"); // nobody's name was in the repeat
  const std::string before = counts_of();
  post(of.link + "/ask", {});
  BOOST_TEST(contains(listed(), of.ref)); // within the hour
  BOOST_TEST(before == "created:3 viewed:1 redeemed:1 revoked:1 asked:3");
  BOOST_TEST(counts_of() == "created:3 viewed:1 redeemed:1 revoked:1 asked:4");
}

BOOST_AUTO_TEST_CASE(of_a_revocation_and_a_redemption_at_once_one_wins_and_the_other_says_so) {
  int opened = 0, ended = 0;
  for (int round = 0; round < 8; ++round) {
    const invite of = make();
    const bool patient_first = round % 2 == 0;
    std::unique_ptr<under_way> patients, staffs;
    if (patient_first) patients = begin(verb::post, of.link + "/redeem", {}, "{}");
    staffs = begin(verb::post, of.item + "/revoke", grey);
    if (!patient_first) patients = begin(verb::post, of.link + "/redeem", {}, "{}");
    const response redeemed = finish(*patients), revoked = finish(*staffs);
    const std::string both = told(redeemed) + ", " + told(revoked);
    BOOST_TEST((both == "200, 409 already_redeemed" || both == "410 revoked, 200"), both);
    opened += redeemed.status == 200;
    ended += revoked.status == 200;
  }
  const std::string n = std::to_string(opened);
  BOOST_TEST(counts_of() == "created:8 viewed:" + n + " redeemed:" + n +
                                (ended == 0 ? "" : " revoked:" + std::to_string(ended)));
}

BOOST_AUTO_TEST_CASE(a_broken_ledger_is_never_shown_as_none) {
  const invite of = make();
  redis.command({"SETRANGE", ledger_key(of), "74", "\xff"});
  for (const act& a : acts) BOOST_TEST_CONTEXT(handlers::name_of(a.method) << a.rest) {
      const response out = call(a.method, of.item + std::string(a.rest), admin);
      BOOST_TEST(out.status >= 500U, out.body);
      BOOST_TEST(!contains(out.body, "Ada"));
    }
  const invite forged = make();
  redis.command({"SETRANGE", ledger_key(forged), "90", "not what was sealed"});
  BOOST_TEST(told(get(forged.item, admin)) == "500 internal_error");
  BOOST_TEST(fault.starts_with("/invites/{ref}: "), fault);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test

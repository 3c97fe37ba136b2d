#pragma once

#include "store/keys/keys.hpp"
#include "tests/handlers/call_fixture.hpp"
#include "tests/handlers/told.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace invited::test {

using handlers::field;
using handlers::response;
using handlers::verb;

/// Calls that most tests make on their way, and readers of what they leave.
struct desk : call_fixture {
  using call_fixture::call_fixture;

  const std::string grey = bearer("clinician"), portal = bearer("portal"), admin = bearer("admin");

  /// A body of POST /generate_invite; `more` begins with a comma.
  static std::string invite_body(std::string_view more = {}, std::string_view provider = "clinic-1") {
    return R"({"email":"ada@example.org","first_name":"Ada","last_name":"Lovelace","provider_id":")" +
           std::string(provider) + '"' + std::string(more) + '}';
  }

  /// A new invite: its id, its ref, and its paths for patients and for staff.
  struct invite {
    std::string id, ref;
    std::string link = "/invite/" + id, item = "/invites/" + ref;
  };
  invite make(std::string_view more = {}, std::string_view provider = "clinic-1") {
    const response made = post("/generate_invite", admin, invite_body(more, provider));
    BOOST_REQUIRE_MESSAGE(made.status == 200, made.body);
    return {member(made, "invite_id"), member(made, "ref")};
  }

  response redeem(const invite& of, std::string_view body = "{}") {
    return post(of.link + "/redeem", {}, body);
  }

  response send_form(std::string_view path, std::string_view body) {
    return call(verb::post, path, {}, body, {{field::content_type, "application/x-www-form-urlencoded"}});
  }

  /// A provider's audit, the newest event first, each as "created ok dr.grey clinician 198.51.100.7".
  std::vector<std::string> audit_of(std::string_view provider = "clinic-1") {
    const response seen = get("/audit?provider_id=" + std::string(provider), admin);
    BOOST_TEST(seen.status == 200U, seen.body);
    std::vector<std::string> all;
    for (const std::string& event : parts_of(seen.body, R"({"at":)")) {
      std::string line = member(event, "action");
      for (const std::string_view part : {"outcome", "actor", "role", "address"})
        line += ' ' + member(event, part);
      all.push_back(std::move(line));
    }
    return all;
  }
  std::string last_event(std::string_view provider = "clinic-1") {
    const std::vector<std::string> all = audit_of(provider);
    return all.empty() ? std::string() : all.front();
  }

  /// The counts of a provider until today, without zeros: "created:2 redeemed:1".
  std::string counts_of(std::string_view provider = "clinic-1") {
    const response seen = get("/analytics?provider_id=" + std::string(provider), admin);
    BOOST_TEST(seen.status == 200U, seen.body);
    const std::string totals = seen.body.substr(seen.body.find(R"("totals")"));
    std::string all;
    for (const std::string_view kind :
         {"created", "viewed", "redeemed", "revoked", "replaced", "expired", "lost", "locked", "asked"}) {
      const std::string count = member(totals, kind);
      if (count == "0") continue;
      if (!all.empty()) all += ' ';
      all.append(kind) += ':' + count;
    }
    return all;
  }

  /// The ledger of an invite, read without the calls.
  std::string ledger_key(const invite& of) const {
    const auto ref = store::parse_invite_ref(of.ref);
    return std::string(store::invite_key("log", ref->tag, ref->h));
  }

  /// Whether Redis is empty.
  bool is_untouched() const { return redis.command({"DBSIZE"}) == ":0\r\n"; }
};

} // namespace invited::test

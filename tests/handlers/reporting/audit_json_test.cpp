#include "handlers/reporting/audit_json.hpp"
#include "handlers/text/json_writer.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

namespace invited::handlers {
namespace {

std::string json_of(const store::audit_event& e) {
  std::string out;
  json_writer to(out);
  write_event(to, e);
  return out;
}

store::audit_event some_event() {
  store::invite_ref ref{0x4c, {}};
  ref.h.fill(0xab);
  return {.at = 1'764'000'000'000,
          .action = store::audit_action::redeemed,
          .ref = ref,
          .actor = store::opened_audit_actor{"clinician", "dr.\"grey\"", "198.51.100.1"},
          .outcome = "wrong_answer",
          .count = std::numeric_limits<std::uint64_t>::max()};
}

BOOST_AUTO_TEST_SUITE(audit_json)

BOOST_AUTO_TEST_CASE(an_event_as_the_contract_has_it) {
  BOOST_TEST(json_of(some_event()) ==
             R"({"at":"2025-11-24T16:00:00.000Z","actor":"dr.\"grey\"","role":"clinician",)"
             R"("action":"redeemed","ref":"inv_4cabababababababababababababababab",)"
             R"("address":"198.51.100.1","outcome":"wrong_answer","count":18446744073709551615})");
}

BOOST_AUTO_TEST_CASE(an_event_of_the_system) {
  store::audit_event e = some_event();
  e.actor = store::opened_audit_actor{};
  e.ref.reset();
  e.outcome.clear();
  e.count = 1;
  BOOST_TEST(json_of(e) ==
             R"({"at":"2025-11-24T16:00:00.000Z","actor":null,"role":"system","action":"redeemed",)"
             R"("ref":null,"address":null,"outcome":"ok","count":1})");
}

BOOST_AUTO_TEST_CASE(an_event_whose_actor_cannot_be_opened) {
  store::audit_event e = some_event();
  e.actor.reset();
  BOOST_TEST(json_of(e).find(R"("actor":null,"role":null,)") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

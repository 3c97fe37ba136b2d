// Answers as JSON, without what led to them: pages of lists, the rows of a bulk call, the redeem call's
// answer, and a problem.
#include "handlers/answers/answer.hpp"
#include "handlers/http/json_page.hpp"
#include "handlers/making/bulk_results.hpp"
#include "handlers/managing/invite_json.hpp"
#include "handlers/redeeming/redeem_answers.hpp"
#include "handlers/reporting/audit_json.hpp"

#include <benchmark/benchmark.h>

#include <memory>

namespace invited::handlers {
namespace {

constexpr std::size_t rows = 100;
constexpr std::int64_t now = 1'800'000'000'000;
constexpr std::string_view base_url = "https://invites.example.org";

store::patient_record record() {
  store::patient_record made;
  made.person = {"ada.lovelace@example.org", "Ada", "Lovelace", "+14155550123", "en"};
  made.creator = "dr.grey@clinic.example";
  return made;
}

store::invite_details invite() {
  store::invite_details made{};
  made.ref = {7, {1, 2, 3}};
  made.state = store::invite_state::redeemed;
  made.provider_id = "clinic-1";
  made.created_at = made.viewed_at = made.ended_at = now;
  made.expires_at = now + 86'400'000;
  made.record = record();
  return made;
}

store::audit_event event() {
  return {.at = now,
          .action = store::audit_action::redeemed,
          .ref = store::invite_ref{7, {1, 2, 3}},
          .actor = store::opened_audit_actor{"clinician", "dr.grey@clinic.example", "198.51.100.1"},
          .outcome = {}};
}

void json_invites_page(benchmark::State& state) {
  const std::vector<store::invite_details> invites(rows, invite());
  for (auto _ : state)
    benchmark::DoNotOptimize(json_page("invites", invites, 512, write_invite, "the-next-page"));
}
BENCHMARK(json_invites_page);

void json_audit_page(benchmark::State& state) {
  const std::vector<store::audit_event> events(rows, event());
  for (auto _ : state)
    benchmark::DoNotOptimize(json_page("events", events, 256, write_event, "the-next-page"));
}
BENCHMARK(json_audit_page);

void json_bulk(benchmark::State& state) {
  const creation_replies replies(base_url);
  const creation_result made{.invite = store::created_invite{{7}, {7, {1, 2, 3}}, now, false}};
  for (auto _ : state) {
    bulk_results results(replies, rows);
    for (std::size_t i = 0; i < rows; ++i) results.add(made);
    benchmark::DoNotOptimize(results.take());
  }
}
BENCHMARK(json_bulk);

/// With the token, which it signs.
void json_redeem(benchmark::State& state) {
  store::system_entropy random;
  std::vector<std::string> problems;
  store::sealer seals(
      store::key_ring::parse(store::new_seal_line(random) + store::new_index_line(random), problems), random);
  session_tokens tokens(seals, std::string(base_url), [] { return now / 1000; });
  redeem_answers answers(tokens, {std::string(base_url), std::string(base_url) + "/assessment"},
                         std::chrono::hours(4));
  store::redeem_outcome outcome{.what = store::redeem_outcome::kind::redeemed};
  outcome.opened = {now, now + 14'400'000, {}, {}};
  const std::string_view id = seals.held_ids();
  std::copy_n(id.begin(), outcome.opened.signed_under.size(), outcome.opened.signed_under.begin());
  outcome.record = record();
  outcome.provider_id = "clinic-1";
  const store::invite_ref ref{7, {1, 2, 3}};
  const request r;
  const redeem_input input;
  for (auto _ : state) {
    const response out = answers.opened(ref, outcome, r, input);
    if (out.status != 200) state.SkipWithError("it was not opened");
    benchmark::DoNotOptimize(out);
  }
}
BENCHMARK(json_redeem);

void json_problem(benchmark::State& state) {
  const problem p{.status = 422,
                  .code = "invalid_content",
                  .detail = "Some members of the content are wrong; errors says which.",
                  .errors = {{"/email", "invalid_email", "It must be an e-mail address."},
                             {"/phone", "invalid_phone", "It must be a phone number."}}};
  for (auto _ : state) benchmark::DoNotOptimize(to_response(p, "micro-1"));
}
BENCHMARK(json_problem);

} // namespace
} // namespace invited::handlers

// contention and retry-storm: several clients at one invite.
#include "bench/scenarios/catalogue.hpp"

#include "bench/generator/settings.hpp"
#include "bench/scenarios/answers.hpp"
#include "bench/scenarios/requests.hpp"

#include <array>
#include <random>

namespace invited::bench {
namespace {

/// Many clients redeem one invite at the same time, each with a key of its own: exactly one may win.
class contention final : public scenario {
public:
  contention(const settings& s, unsigned) : settings_(s), requests_(s) {}

  std::span<const std::string_view> ops() const override {
    static constexpr std::array<std::string_view, 2> names = {"create", "redeem"};
    return names;
  }

  std::size_t clients_each() const override { return settings_.team > 0 ? settings_.team : 8; }

  coro<void> iterate(std::span<client* const> team, std::uint64_t n) override {
    const std::string creation = requests_.create(n % requests_.providers(), n);
    const answer* const a = co_await team[0]->ask(0, creation);
    const std::optional<std::string> id = judge_created(*team[0], 0, *a, false);
    if (!id) co_return;
    const steady::time_point together = steady::now();
    tally seen;
    std::vector<coro<void>> all;
    for (std::size_t i = 0; i < team.size(); ++i) {
      team[i]->begin(together);
      all.push_back(grab(*team[i], *id, n, i, seen));
    }
    co_await all_of(std::move(all));
    if (seen.winners > 1 || (seen.winners == 0 && seen.losers == team.size()))
      team[0]->wrong(1, std::to_string(seen.winners) + " clients opened one invite");
    team[0]->count(seen.winners == 1 ? "invites_with_one_winner" : "invites_undecided");
  }

private:
  struct tally {
    std::size_t winners = 0, losers = 0;
  };

  coro<void> grab(client& c, const std::string& id, std::uint64_t n, std::size_t i, tally& seen) {
    const std::string key = "client-" + std::to_string(n) + "-" + std::to_string(i) + "-of-the-team";
    const std::string request = requests_.redeem(id, key);
    const answer* const a = co_await c.ask(1, request);
    if (a->is(409)) {
      ++seen.losers;
      judge_problem(c, 1, *a, 409, "already_redeemed");
    } else if (judge_redeemed(c, 1, *a, requests::email(n), false)) {
      ++seen.winners;
    }
  }

  const settings& settings_;
  requests requests_;
};

/// Each creation is sent twice at the same time with one idempotency key: both answers must name the same
/// invite.
class retry_storm final : public scenario {
public:
  retry_storm(const settings& s, unsigned) : requests_(s) {}

  std::span<const std::string_view> ops() const override {
    static constexpr std::array<std::string_view, 1> names = {"create"};
    return names;
  }

  std::size_t clients_each() const override { return 2; }

  coro<void> iterate(std::span<client* const> team, std::uint64_t n) override {
    const std::string key = "retry-" + std::to_string(run_) + "-" + std::to_string(n);
    const std::string request = requests_.create(n % requests_.providers(), n, key);
    std::array<made, 2> both;
    std::vector<coro<void>> all;
    for (std::size_t i = 0; i < 2; ++i) all.push_back(make(*team[i], request, both[i]));
    co_await all_of(std::move(all));
    if (!both[0].id || !both[1].id) co_return;
    if (both[0].body != both[1].body) {
      team[0]->wrong(0, "a repeated request made a second invite");
    } else if (both[0].replayed == both[1].replayed) {
      team[0]->wrong(0, "not exactly one of two answers says that it is a replay");
    } else {
      team[0]->count("replayed");
    }
  }

private:
  struct made {
    std::optional<std::string> id{};
    std::string body{};
    bool replayed = false;
  };

  coro<void> make(client& c, const std::string& request, made& out) {
    const answer* const a = co_await c.ask(0, request);
    out.id = judge_created(c, 0, *a, false);
    out.body = a->body;
    out.replayed = a->replayed;
  }

  requests requests_;
  unsigned run_ =
      std::random_device()(); ///< keys live for a day, so no thread or run may use those of another
};

} // namespace

std::unique_ptr<scenario> make_contention(const settings& s, unsigned thread) {
  return std::make_unique<contention>(s, thread);
}
std::unique_ptr<scenario> make_retry_storm(const settings& s, unsigned thread) {
  return std::make_unique<retry_storm>(s, thread);
}

} // namespace invited::bench

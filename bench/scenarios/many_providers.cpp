// portal, bulk and noisy-neighbour: many providers at a time.
#include "bench/scenarios/catalogue.hpp"

#include "bench/generator/settings.hpp"
#include "bench/scenarios/answers.hpp"
#include "bench/scenarios/requests.hpp"
#include "bench/scenarios/zipf.hpp"

#include <array>
#include <deque>
#include <random>

namespace invited::bench {
namespace {

/// 80 % create, 10 % redeem, 5 % list, 5 % analytics, the providers by Zipf.
class portal final : public scenario {
public:
  portal(const settings& s, unsigned thread)
      : settings_(s), requests_(s), popular_(s.tokens.size()), random_(thread) {}

  std::span<const std::string_view> ops() const override {
    static constexpr std::array<std::string_view, 4> names = {"create", "redeem", "list", "analytics"};
    return names;
  }

  coro<void> iterate(std::span<client* const> team, std::uint64_t n) override {
    const std::size_t who = popular_(random_);
    const std::uint64_t dice = random_() % 20;
    if (dice < 2 && !open_.empty()) return redeem(*team[0]);
    if (dice == 2) return list(*team[0], who);
    if (dice == 3) return analytics(*team[0], who);
    return create(*team[0], who, n);
  }

private:
  coro<void> create(client& c, std::size_t who, std::uint64_t n) {
    const std::string request = requests_.create(who, n);
    const answer* const a = co_await c.ask(0, request);
    std::optional<std::string> id = judge_created(c, 0, *a, false);
    if (id && open_.size() < most_open) open_.emplace_back(std::move(*id), n);
  }

  coro<void> redeem(client& c) {
    const auto [id, n] = std::move(open_.front());
    open_.pop_front();
    const std::string request = requests_.redeem(id);
    const answer* const a = co_await c.ask(1, request);
    judge_redeemed(c, 1, *a, requests::email(n), false);
  }

  coro<void> list(client& c, std::size_t who) {
    const std::string request = requests_.list(who);
    const answer* const a = co_await c.ask(2, request);
    judge_listed(c, 2, *a, settings_.tokens[who].first);
  }

  coro<void> analytics(client& c, std::size_t who) {
    const std::string request = requests_.analytics(who);
    const answer* const a = co_await c.ask(3, request);
    judge_analytics(c, 3, *a, settings_.tokens[who].first);
  }

  static constexpr std::size_t most_open = 10'000;

  const settings& settings_;
  requests requests_;
  zipf popular_;
  std::mt19937_64 random_;
  std::deque<std::pair<std::string, std::uint64_t>> open_{}; ///< invites and their providers
};

/// POST /generate_invites.
class bulk final : public scenario {
public:
  bulk(const settings& s, unsigned) : settings_(s), requests_(s) {}

  std::span<const std::string_view> ops() const override {
    static constexpr std::array<std::string_view, 1> names = {"bulk"};
    return names;
  }

  coro<void> iterate(std::span<client* const> team, std::uint64_t n) override {
    const std::string request =
        requests_.create_many(n % requests_.providers(), n * settings_.rows, settings_.rows);
    const answer* const a = co_await team[0]->ask(0, request);
    team[0]->count("rows_made", judge_bulk(*team[0], 0, *a, settings_.rows));
  }

private:
  const settings& settings_;
  requests requests_;
};

/// All providers but the first stay below their limit; the first has --noise of the arrivals, far past its
/// own. Its refusals are right; theirs would be wrong. With --harmless the same number of requests are health
/// checks instead: this shows the effect of the machine without the limiter.
class noisy_neighbour final : public scenario {
public:
  noisy_neighbour(const settings& s, unsigned thread) : settings_(s), requests_(s), random_(thread) {}

  std::span<const std::string_view> ops() const override {
    static constexpr std::array<std::string_view, 2> names = {"quiet", "noisy"};
    return names;
  }

  coro<void> iterate(std::span<client* const> team, std::uint64_t n) override {
    const bool noisy = std::uniform_real_distribution<double>(0, 1)(random_) < settings_.noise;
    if (noisy && settings_.harmless) co_return co_await check_health(*team[0]);
    const std::size_t others = requests_.providers() - 1;
    const std::size_t who = noisy || others == 0 ? 0 : 1 + turn_++ % others;
    const std::string request = requests_.create(who, n);
    const std::size_t op = noisy ? 1 : 0;
    client& c = *team[0];
    const answer* const a = co_await c.ask(op, request);
    if (a->is(429) && noisy) {
      c.count("noisy_refused");
    } else if (a->is(429)) {
      c.wrong(op, "a provider within its limit was refused");
    } else {
      judge_created(c, op, *a, false);
    }
  }

private:
  coro<void> check_health(client& c) {
    const std::string request = requests_.health();
    const answer* const a = co_await c.ask(1, request);
    if (!a->is(200)) c.wrong(1, "a health check that was not answered with 200");
  }

  const settings& settings_;
  requests requests_;
  std::mt19937_64 random_;
  std::size_t turn_ = 0;
};

} // namespace

std::unique_ptr<scenario> make_portal(const settings& s, unsigned thread) {
  return std::make_unique<portal>(s, thread);
}
std::unique_ptr<scenario> make_bulk(const settings& s, unsigned thread) {
  return std::make_unique<bulk>(s, thread);
}
std::unique_ptr<scenario> make_noisy_neighbour(const settings& s, unsigned thread) {
  return std::make_unique<noisy_neighbour>(s, thread);
}

} // namespace invited::bench

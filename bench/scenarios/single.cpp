// create, redeem and lifecycle: one client, one invite.
#include "bench/scenarios/catalogue.hpp"

#include "bench/generator/settings.hpp"
#include "bench/scenarios/answers.hpp"
#include "bench/scenarios/requests.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace invited::bench {
namespace {

/// POST /generate_invite, the providers in turn.
class create final : public scenario {
public:
  create(const settings& s, unsigned) : settings_(s), requests_(s) {}

  std::span<const std::string_view> ops() const override {
    static constexpr std::array<std::string_view, 1> names = {"create"};
    return names;
  }

  coro<void> iterate(std::span<client* const> team, std::uint64_t n) override {
    const std::string request = requests_.create(n % requests_.providers(), n);
    const answer* const a = co_await team[0]->ask(0, request);
    judge_created(*team[0], 0, *a, settings_.minimal);
  }

private:
  const settings& settings_;
  requests requests_;
};

/// POST /invite/{id}/redeem, once for each of the invites that were made beforehand.
class redeem final : public scenario {
public:
  redeem(const settings& s, unsigned thread) : settings_(s), requests_(s), first_(thread * most_made) {}

  std::span<const std::string_view> ops() const override {
    static constexpr std::array<std::string_view, 2> names = {"redeem", "prepare"};
    return names;
  }

  coro<void> prepare(std::span<client* const> clients) override {
    const std::size_t wanted = std::min(pool(), most_made) / settings_.threads + 1;
    const std::size_t each = wanted / clients.size() + 1;
    std::vector<coro<void>> makers;
    for (client* c : clients) makers.push_back(make(*c, each));
    co_await all_of(std::move(makers));
    if (ids_.empty()) throw std::runtime_error("no invite could be made to redeem");
  }

  bool has_more() const override { return !ids_.empty(); }

  coro<void> iterate(std::span<client* const> team, std::uint64_t) override {
    const made_invite invite = std::move(ids_.back());
    ids_.pop_back();
    const std::string request = requests_.redeem(invite.id);
    const answer* const a = co_await team[0]->ask(0, request);
    judge_redeemed(*team[0], 0, *a, requests::email(invite.patient), settings_.minimal);
  }

private:
  struct made_invite {
    std::string id;
    std::uint64_t patient;
  };
  static constexpr std::size_t most_made = 200'000;
  /// Redeems a second for which a closed loop has invites. If it is faster, it ends early and says so.
  static constexpr double peak = 12'000;

  std::size_t pool() const {
    if (settings_.pool > 0) return settings_.pool;
    if (settings_.rate <= 0)
      return static_cast<std::size_t>(peak * (settings_.warmup_s + settings_.duration_s)) + 1;
    std::size_t arrivals = 0;
    for (const stage& s : settings_.whole_plan()) arrivals += arrivals_of(s);
    return arrivals + 1;
  }

  coro<void> make(client& c, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t n = first_++;
      const std::string request = requests_.create(n % requests_.providers(), n);
      const answer* const a = co_await c.ask(1, request);
      if (std::optional<std::string> id = judge_created(c, 1, *a, settings_.minimal))
        ids_.push_back({*id, n});
      if (!a->is(200)) co_return;
    }
  }

  const settings& settings_;
  requests requests_;
  std::uint64_t first_;
  std::vector<made_invite> ids_{};
};

/// The usual life of an invite: it is made, fetched three times by mail scanners, and opened.
class lifecycle final : public scenario {
public:
  lifecycle(const settings& s, unsigned) : settings_(s), requests_(s) {}

  std::span<const std::string_view> ops() const override {
    static constexpr std::array<std::string_view, 3> names = {"create", "view", "redeem"};
    return names;
  }

  coro<void> iterate(std::span<client* const> team, std::uint64_t n) override {
    client& c = *team[0];
    const std::string creation = requests_.create(n % requests_.providers(), n);
    const answer* a = co_await c.ask(0, creation);
    const std::optional<std::string> id = judge_created(c, 0, *a, settings_.minimal);
    if (!id) co_return;
    const std::string look = requests_.view(*id);
    for (int i = 0; i < 3; ++i) {
      a = co_await c.ask(1, look);
      judge_viewed(c, 1, *a, "pending");
    }
    const std::string redemption = requests_.redeem(*id);
    a = co_await c.ask(2, redemption);
    if (judge_redeemed(c, 2, *a, requests::email(n), settings_.minimal)) c.count("opened");
  }

private:
  const settings& settings_;
  requests requests_;
};

/// Create, then redeem. Peers can do this, too.
class pair final : public scenario {
public:
  pair(const settings& s, unsigned) : settings_(s), requests_(s) {}

  std::span<const std::string_view> ops() const override {
    static constexpr std::array<std::string_view, 2> names = {"create", "redeem"};
    return names;
  }

  coro<void> iterate(std::span<client* const> team, std::uint64_t n) override {
    client& c = *team[0];
    const std::string creation = requests_.create(n % requests_.providers(), n);
    const answer* a = co_await c.ask(0, creation);
    const std::optional<std::string> id = judge_created(c, 0, *a, settings_.minimal);
    if (!id) co_return;
    const std::string redemption = requests_.redeem(*id);
    a = co_await c.ask(1, redemption);
    judge_redeemed(c, 1, *a, requests::email(n), settings_.minimal);
  }

private:
  const settings& settings_;
  requests requests_;
};

} // namespace

std::unique_ptr<scenario> make_create(const settings& s, unsigned thread) {
  return std::make_unique<create>(s, thread);
}
std::unique_ptr<scenario> make_redeem(const settings& s, unsigned thread) {
  return std::make_unique<redeem>(s, thread);
}
std::unique_ptr<scenario> make_lifecycle(const settings& s, unsigned thread) {
  return std::make_unique<lifecycle>(s, thread);
}
std::unique_ptr<scenario> make_pair(const settings& s, unsigned thread) {
  return std::make_unique<pair>(s, thread);
}

} // namespace invited::bench

// idle and restart: what a server must survive.
#include "bench/scenarios/catalogue.hpp"

#include "bench/generator/settings.hpp"
#include "bench/scenarios/answers.hpp"
#include "bench/scenarios/requests.hpp"

#include <array>
#include <deque>
#include <stdexcept>

namespace invited::bench {
namespace {

/// Every connection has been used and stays open, and the few requests use one after the other. The growth of
/// the server's memory until then is the memory of the connections: processes.*.rss_warm - rss_idle.
class idle final : public scenario {
public:
  idle(const settings& s, unsigned) : requests_(s), health_(requests_.health()) {}

  std::span<const std::string_view> ops() const override {
    static constexpr std::array<std::string_view, 1> names = {"health"};
    return names;
  }

  coro<void> prepare(std::span<client* const> clients) override {
    // Not all at once, because the system's backlog holds only some thousand new connections.
    constexpr std::size_t at_once = 100;
    for (std::size_t at = 0; at < clients.size(); at += at_once) {
      std::vector<coro<void>> some;
      for (client* c : clients.subspan(at, std::min(at_once, clients.size() - at))) some.push_back(touch(*c));
      co_await all_of(std::move(some));
    }
    if (open_ < clients.size())
      throw std::runtime_error("only " + std::to_string(open_) + " of " + std::to_string(clients.size()) +
                               " connections could be opened");
    clients.front()->count("connections_held", open_);
  }

  coro<void> iterate(std::span<client* const> team, std::uint64_t) override { return touch(*team[0]); }

  /// No connection may have been ended meanwhile.
  coro<void> finish(std::span<client* const> clients) override {
    open_ = 0;
    for (client* c : clients) {
      const answer* const a = co_await c->ask(0, health_);
      if (expect(*c, 0, *a, 200)) ++open_;
      if (a->what != fate::answered) c->wrong(0, "a connection was closed while it was idle");
    }
    clients.front()->count("connections_alive_at_the_end", open_);
  }

private:
  coro<void> touch(client& c) {
    const answer* const a = co_await c.ask(0, health_);
    if (expect(c, 0, *a, 200)) ++open_;
  }

  requests requests_;
  std::string health_;
  std::size_t open_ = 0;
};

/// Creates invites while Redis is restarted. Afterwards, everything that was acknowledged before and
/// meanwhile must be there.
class restart final : public scenario {
public:
  restart(const settings& s, unsigned) : requests_(s) {}

  std::span<const std::string_view> ops() const override {
    static constexpr std::array<std::string_view, 2> names = {"create", "redeem afterwards"};
    return names;
  }

  coro<void> iterate(std::span<client* const> team, std::uint64_t n) override {
    client& c = *team[0];
    const std::string request = requests_.create(n % requests_.providers(), n);
    const answer* const a = co_await c.ask(0, request);
    note_outage(*a);
    const std::optional<std::string> id = judge_created(c, 0, *a, false);
    if (id) acknowledged_.emplace_back(*id, n);
    if (acknowledged_.size() > most_kept) acknowledged_.pop_front();
  }

  coro<void> finish(std::span<client* const> clients) override {
    client& first = *clients.front();
    if (down_) first.wrong(0, "it did not recover until the end");
    first.count("longest_outage_ms", static_cast<std::uint64_t>(longest_.count()));
    std::vector<coro<void>> all;
    for (client* c : clients) all.push_back(redeem_rest(*c));
    co_await all_of(std::move(all));
  }

private:
  using ms = std::chrono::milliseconds;

  /// From the first failure to the first success after it.
  void note_outage(const answer& a) {
    const steady::time_point now = steady::now();
    const bool good = a.is(200);
    if (!good && !down_) down_ = now;
    if (!good || !down_) return;
    longest_ = std::max(longest_, std::chrono::duration_cast<ms>(now - *down_));
    down_.reset();
  }

  coro<void> redeem_rest(client& c) {
    while (!acknowledged_.empty()) {
      const auto [id, n] = std::move(acknowledged_.front());
      acknowledged_.pop_front();
      const std::string request = requests_.redeem(id);
      const answer* const a = co_await c.ask(1, request);
      c.count(judge_redeemed(c, 1, *a, requests::email(n), false) ? "acknowledged_and_there"
                                                                  : "acknowledged_and_gone");
    }
  }

  static constexpr std::size_t most_kept = 20'000;

  requests requests_;
  std::deque<std::pair<std::string, std::uint64_t>> acknowledged_{}; ///< the last ones
  std::optional<steady::time_point> down_{};
  ms longest_{0};
};

} // namespace

std::unique_ptr<scenario> make_idle(const settings& s, unsigned thread) {
  return std::make_unique<idle>(s, thread);
}
std::unique_ptr<scenario> make_restart(const settings& s, unsigned thread) {
  return std::make_unique<restart>(s, thread);
}

} // namespace invited::bench

#pragma once

#include "store/counting/analytics.hpp"
#include "store/invites/invites.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace invited::test {

/// What should have been counted: the rules of the invites' states, written a second time, as plainly as
/// possible. Times are in ms since 1970.
class counts_model {
public:
  struct invite {
    store::created_invite made;
    std::string provider;
    std::int64_t created_at;
    bool pending = true;
    bool viewed = false;
    bool right_is_gone = false; ///< deleted behind the store's back
    bool lost = false;          ///< and a redeem call has said so
    bool asks = false;          ///< has a challenge
    bool locked = false;
    bool expired = false;
    bool renewed = false;
    bool erased = false;
    std::int64_t asked_at = 0;
  };

  explicit counts_model(std::int64_t now) : now_(now) {}

  std::int64_t now() const { return now_; }
  std::int64_t today() const { return now_ / day_ms; }
  std::vector<invite>& invites() { return invites_; }

  void pass_to(std::int64_t ms) {
    now_ = ms;
    for (invite& i : invites_) {
      if (!i.pending || i.made.expires_at > now_) continue;
      end(i, store::event::expired, i.made.expires_at / day_ms);
      i.expired = true;
    }
  }

  invite& created(const store::created_invite& made, const std::string& provider) {
    invites_.push_back({.made = made, .provider = provider, .created_at = now_});
    note(provider, store::event::created, today());
    return invites_.back();
  }

  void note(const std::string& provider, store::event e, std::int64_t day) {
    ++days_[provider][day].of[static_cast<std::size_t>(e)];
  }
  void note(const invite& i, store::event e) { note(i.provider, e, today()); }

  void end(invite& i, store::event how, std::int64_t day) {
    i.pending = false;
    note(i.provider, how, day);
  }

  /// Counts once.
  void viewed(invite& i) {
    if (!std::exchange(i.viewed, true)) note(i, store::event::viewed);
  }

  void redeemed(invite& i) {
    viewed(i); // at the latest now
    end(i, store::event::redeemed, today());
    ++times_[i.provider][today()][(now_ - i.created_at + 999) / 1000];
  }

  store::event_counts on(const std::string& provider, std::int64_t day) const {
    const auto of_provider = days_.find(provider);
    if (of_provider == days_.end()) return {};
    const auto found = of_provider->second.find(day);
    return found == of_provider->second.end() ? store::event_counts{} : found->second;
  }

  /// How many were pending when that day began.
  std::int64_t pending_before(const std::string& provider, std::int64_t day) const {
    std::int64_t pending = 0;
    const auto of_provider = days_.find(provider);
    if (of_provider == days_.end()) return 0;
    for (const auto& [d, counts] : of_provider->second)
      if (d < day) pending += counts[store::event::created] - counts.ended();
    return pending;
  }

  /// How many were redeemed on those days in more than `over` and at most `most` seconds.
  std::int64_t redeemed_within(const std::string& provider, store::day_range range, std::int64_t over,
                               std::int64_t most) const {
    std::int64_t count = 0;
    const auto of_provider = times_.find(provider);
    if (of_provider == times_.end()) return 0;
    for (const auto& [day, times] : of_provider->second) {
      if (day < range.from || day >= range.to) continue;
      for (const auto& [seconds, n] : times)
        if (seconds > over && seconds <= most) count += n;
    }
    return count;
  }

private:
  static constexpr std::int64_t day_ms = 86'400'000;

  std::int64_t now_;
  std::vector<invite> invites_;
  std::map<std::string, std::map<std::int64_t, store::event_counts>> days_;
  std::map<std::string, std::map<std::int64_t, std::map<std::int64_t, std::int64_t>>> times_;
};

} // namespace invited::test

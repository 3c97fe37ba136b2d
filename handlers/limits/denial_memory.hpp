#pragma once

#include "store/base/tally.hpp"
#include "store/base/text_map.hpp"
#include "store/invites/invites.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace invited::handlers {

/// Remembers until when Redis refuses somebody: a provider whose bucket is empty, or a client that guesses
/// passwords. So a client far past a limit is refused without asking Redis. One object a core, not
/// thread-safe; bounded.
class denial_memory {
public:
  using clock = std::chrono::steady_clock;

  /// How long `who` is still refused; nothing if it is not. If the refusal was by another limit than `limit`,
  /// the limit has changed and the refusal is forgotten.
  std::optional<std::chrono::milliseconds> refused_for(std::string_view who, const store::rate& limit,
                                                       clock::time_point now);

  void remember(std::string_view who, const store::rate& limit, clock::time_point until,
                clock::time_point now);

  /// How often refused_for() had an answer. May be read on any thread.
  const store::tally& refusals() const { return refusals_; }

private:
  static constexpr std::size_t most = 4096;

  struct denial {
    store::rate limit;
    clock::time_point until;
  };

  store::text_map<denial> denials_;
  store::tally refusals_;
};

} // namespace invited::handlers

#pragma once

#include "handlers/tokens/principal.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

namespace invited::handlers {

/// The callers that have a call of many rows under way: each caller may have one at a time, over all cores of
/// this process. Such a call holds a mebibyte of content and three of answer, so without this limit a single
/// token could take all the memory. May be used on any thread. Only these calls take its lock. It must
/// outlive the places that it gives.
class bulk_places {
public:
  bulk_places() = default;
  bulk_places(const bulk_places&) = delete;
  bulk_places& operator=(const bulk_places&) = delete;

  /// The caller's place, which its destruction gives back; null while the caller has another call under way.
  /// Tokens of an earlier epoch of an account count as another caller.
  std::shared_ptr<const void> take(const principal& who);

private:
  class place;

  std::mutex lock_;
  std::unordered_set<std::string> taken_;
};

} // namespace invited::handlers

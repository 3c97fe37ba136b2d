#pragma once

#include "handlers/tokens/principal.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

namespace invited::handlers {

/// Who has a call of many rows under way: one at a time for each caller, over all cores of this process. Such
/// a call holds a mebibyte of content and three of answer, so that without it a single token could take all
/// there is. May be used on any thread; its lock is taken by these calls alone. Outlives the places it gives.
class bulk_places {
public:
  bulk_places() = default;
  bulk_places(const bulk_places&) = delete;
  bulk_places& operator=(const bulk_places&) = delete;

  /// The caller's place, given back with it; null while there is another. An account's earlier tokens, which
  /// no call of its own has any more, are somebody else's.
  std::shared_ptr<const void> take(const principal& who);

private:
  class place;

  std::mutex lock_;
  std::unordered_set<std::string> taken_;
};

} // namespace invited::handlers

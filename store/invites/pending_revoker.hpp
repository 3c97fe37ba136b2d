#pragma once

#include "store/async/task.hpp"
#include "store/base/errc.hpp"
#include "store/invites/invites.hpp"
#include "store/redis/connection.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace invited::store {

/// Ends every pending invite that is older than a given time. This is for after a restore, because in a copy
/// of the data a redeemed invite may still be pending (store/RUNBOOK.md says when). It revokes each by the
/// usual script, so it is safe beside running servers: of a redeem and this revocation exactly one wins. It
/// may be stopped at any point and begun again. One use, over a connection of its own. What the constructor
/// takes must outlive it.
class pending_revoker {
public:
  struct order {
    std::int64_t created_before;                    ///< ms since 1970; invites created before this time
    std::set<std::string, std::less<>> providers{}; ///< empty: all
    bool dry_run = false;                           ///< only count
  };

  struct progress {
    unsigned groups = 0;     ///< how many of the 256 groups are done
    std::uint64_t ended = 0; ///< in a dry run: how many would be ended
    std::uint64_t newer = 0; ///< left alone, because they were made later
    std::uint64_t over = 0;  ///< no longer pending when their turn came
  };

  pending_revoker(redis::connection& redis, invites& all, order what)
      : redis_(redis), invites_(all), order_(std::move(what)) {}

  /// Redis's clock, ms since 1970.
  task<result<std::int64_t>> time();

  /// Goes through all groups in steps of `step_size`, and calls `tell` after each step. After an error the
  /// finished part stays done, and done() says how much that is.
  task<result<void>> run(std::function<void(const progress&)> tell);

  const progress& done() const { return progress_; }

  static constexpr std::size_t step_size = 200;

private:
  /// How far the walk through one group's due list has come: all entries before `score` were seen, and these
  /// at `score`.
  struct place {
    std::int64_t score = 0;
    std::set<std::string, std::less<>> seen{};
  };

  struct stretch {
    std::vector<handle> found;
    bool more = false;
  };

  bool concerns(group g) const;
  task<result<stretch>> look(group g, place& at);
  task<result<void>> judge(group g, std::vector<handle> found);
  task<result<void>> end(group g, std::vector<handle> chosen);

  redis::connection& redis_;
  invites& invites_;
  order order_;
  progress progress_;
  std::int64_t begun_at_ = 0;
};

} // namespace invited::store

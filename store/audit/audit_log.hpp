#pragma once

#include "store/async/task.hpp"
#include "store/audit/audit_event.hpp"
#include "store/base/errc.hpp"
#include "store/crypto/sealer.hpp"
#include "store/keys/index_position.hpp"
#include "store/keys/invite_id.hpp"
#include "store/redis/connection.hpp"
#include "store/redis/reading_lane.hpp"
#include "store/resp/reply_reader.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace invited::store {

/// Where a page of the audit ended. There is a position for each of the two streams that are merged, because
/// their ids are independent.
struct audit_position {
  static constexpr index_position newest{std::numeric_limits<std::uint64_t>::max(),
                                         std::numeric_limits<std::uint64_t>::max()};
  index_position events = newest;    ///< entries before this one
  index_position creations = newest; ///< the same

  friend bool operator==(const audit_position&, const audit_position&) = default;
};

/// Which events to read. Views must live until the call is done.
struct audit_query {
  std::string_view provider_id;
  std::optional<handle> of{};       ///< one invite's only
  std::int64_t from = 0;            ///< ms since 1970, from this time on
  std::optional<std::int64_t> to{}; ///< ms since 1970, before this time
  audit_position before{};
};

struct audit_event {
  std::int64_t at; ///< ms since 1970, by Redis's clock
  audit_action action;
  std::optional<invite_ref> ref;           ///< none: the event was not about an invite
  std::optional<opened_audit_actor> actor; ///< none: it is sealed under a key that is gone, or it is damaged
  std::string outcome;                     ///< empty: plain success
  std::uint64_t count = 1;                 ///< how many such events this entry stands for
};

/// Newest first. `next` says where to go on. A page that has it may be short or even empty, because one call
/// looks at a bounded number of entries.
struct audit_page {
  std::vector<audit_event> events;
  std::optional<audit_position> next;
};

/// Reads the part of a provider's audit that is still in Redis: `aud:{gg}`, and the creations that its index
/// holds. One object a core. What the constructor takes must outlive it.
class audit_log {
public:
  /// Events are written over `redis`.
  audit_log(redis::connection& redis, const reading_lane& lane, sealer& seals)
      : redis_(redis), lane_(lane), seals_(seals) {}

  /// One script call. Pages stay right while events are added: each event is shown once, at its time. An
  /// event that cannot be opened is shown without its actor, and an entry that is not an event is left out.
  task<result<audit_page>> read(const audit_query& q);

  /// Appends an event that is not about an invite and that no script writes, or `count` such events that are
  /// alike, in one entry. Views are read before the first suspension only.
  task<result<void>> note(std::string_view provider_id, audit_action what, audit_actor actor,
                          std::string_view outcome, std::uint64_t count = 1);

  static constexpr std::size_t most_looked_at = 1000;
  static constexpr std::size_t page_size = 100;

private:
  std::optional<audit_event> open(redis::reply_reader row, group tag, std::string_view provider_id);

  redis::connection& redis_;
  reading_lane lane_;
  sealer& seals_;
};

} // namespace invited::store

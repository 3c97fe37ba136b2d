#pragma once

#include "handlers/answers/answer.hpp"
#include "handlers/auth/staff_endpoint.hpp"
#include "handlers/fields/json_rows.hpp"
#include "handlers/making/making_calls.hpp"
#include "store/async/gate.hpp"

#include <limits>

namespace invited::handlers {

/// POST /generate_invites: makes an invite of each row of an array, and answers for each row, in order. A row
/// is judged, charged and, with an Idempotency-Key, repeatable by itself: its key is the call's and its
/// index. So whoever got no answer sends the same call again; while the first is under way still, that is a
/// 429: each caller has one such call at a time.
class create_invites final : public staff_endpoint {
public:
  static constexpr std::size_t most_rows = 1000;

  explicit create_invites(const making_parts& with);
  task<response> handle(request& r, const principal& who) override;
  bool refuse_early(request& r, const principal& who, response& refused) override;

private:
  /// In flight at a time, of all bulk calls of this core: enough that a write carries many, few enough that
  /// neither the loop (8 µs of sealing a row) nor the Redis connection is held from others. Whoever makes one
  /// invite waits behind these at the most.
  static constexpr std::size_t rows_at_a_time = 50;

  static step<std::string> read(const request& r, json_rows& rows);
  task<creation_result> make_row(json_rows& rows, std::size_t index, const principal& who,
                                 const store::audit_actor& actor, std::string_view idempotency_key);
  bool refuse_second(request& r, const principal& who, response& refused);
  creation_result result_of(const task<creation_result>& row) const;

  making_parts with_;
  /// Bulk calls take turns, a batch of rows each. How many wait is bounded by who may call; whoever waits is
  /// never refused, for some of his rows may have been made.
  gate turns_{1, std::numeric_limits<std::size_t>::max(), gate::clock::duration::max()};
};

} // namespace invited::handlers

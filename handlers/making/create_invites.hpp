#pragma once

#include "handlers/auth/staff_gate.hpp"
#include "handlers/fields/json_rows.hpp"
#include "handlers/http/endpoint.hpp"
#include "handlers/making/bulk_places.hpp"
#include "handlers/making/invite_maker.hpp"
#include "store/async/gate.hpp"
#include "store/async/turn.hpp"
#include "store/base/tally.hpp"

#include <limits>

namespace invited::handlers {

/// POST /generate_invites: makes an invite of each row of an array, and answers for each row, in order. A row
/// is judged, charged and, with an Idempotency-Key, repeatable by itself: its key is the call's and its
/// index. So whoever got no answer sends the same call again; while the first is under way still, that is a
/// 429: each caller has one such call at a time.
class create_invites final : public endpoint {
public:
  static constexpr std::size_t most_rows = 1000;

  /// References outlive the object; `places` is shared by all cores, the others are this core's. `on_fault`
  /// is told what a row threw, and must not throw.
  create_invites(staff_gate& gate, invite_maker& maker, const create_answers& answers, bulk_places& places,
                 turn& loop, fault_observer on_fault)
      : gate_(gate),
        maker_(maker),
        answers_(answers),
        places_(places),
        loop_(loop),
        on_fault_(std::move(on_fault)) {}
  task<response> handle(request& r) override;
  bool refuse_early(request& r, response& refused) override;

  /// Calls refused because their caller had another under way; may be read on any thread.
  const store::tally& refused_seconds() const { return refused_seconds_; }

private:
  /// In flight at a time, of all bulk calls of this core: enough that a write carries many, few enough that
  /// neither the loop (8 µs of sealing a row) nor the Redis connection is held from others. Whoever makes one
  /// invite waits behind these at the most.
  static constexpr std::size_t rows_at_a_time = 50;

  task<making> make_row(json_rows& rows, std::size_t index, const principal& who,
                        const store::audit_actor& by, std::string_view once);
  bool refuse_second(request& r, const principal& who, response& refused);
  making result_of(const task<making>& row) const;

  staff_gate& gate_;
  invite_maker& maker_;
  const create_answers& answers_;
  bulk_places& places_;
  turn& loop_;
  /// Bulk calls take turns, a batch of rows each. How many wait is bounded by who may call; whoever waits is
  /// never refused, for some of his rows may have been made.
  gate turns_{1, std::numeric_limits<std::size_t>::max(), gate::clock::duration::max()};
  fault_observer on_fault_;
  store::tally refused_seconds_;
};

} // namespace invited::handlers

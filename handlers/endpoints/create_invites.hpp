#pragma once

#include "handlers/auth/staff_gate.hpp"
#include "handlers/endpoint.hpp"
#include "handlers/endpoints/invite_maker.hpp"
#include "handlers/input/json_rows.hpp"
#include "store/async/gate.hpp"
#include "store/async/turn.hpp"

#include <limits>

namespace invited::handlers {

/// POST /generate_invites: makes an invite of each row of an array, and answers for each row, in order. A row
/// is judged, charged and, with an Idempotency-Key, repeatable by itself: its key is the call's and its
/// index. So whoever got no answer sends the same call again.
class create_invites final : public endpoint {
public:
  static constexpr std::size_t most_rows = 1000;

  /// References outlive the object; all are this core's. `on_fault` is told what a row threw, and must not
  /// throw.
  create_invites(staff_gate& gate, invite_maker& maker, const create_answers& answers, turn& loop,
                 fault_observer on_fault)
      : gate_(gate), maker_(maker), answers_(answers), loop_(loop), on_fault_(std::move(on_fault)) {}
  task<response> handle(request& r) override;
  bool refuse_early(const request& r, response& refused) override {
    return gate_.refuse_stranger(r, refused);
  }

private:
  /// In flight at a time, of all bulk calls of this core: enough that a write carries many, few enough that
  /// neither the loop (8 µs of sealing a row) nor the Redis connection is held from others. Whoever makes one
  /// invite waits behind these at the most.
  static constexpr std::size_t rows_at_a_time = 50;

  task<making> make_row(json_rows& rows, std::size_t index, const principal& who,
                        const store::audit_actor& by, std::string_view once);
  making result_of(const task<making>& row) const;

  staff_gate& gate_;
  invite_maker& maker_;
  const create_answers& answers_;
  turn& loop_;
  /// Bulk calls take turns, a batch of rows each. How many wait is bounded by who may call; whoever waits is
  /// never refused, for some of his rows may have been made.
  gate turns_{1, std::numeric_limits<std::size_t>::max(), gate::clock::duration::max()};
  fault_observer on_fault_;
};

} // namespace invited::handlers

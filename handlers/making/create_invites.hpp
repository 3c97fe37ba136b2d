#pragma once

#include "handlers/answers/answer.hpp"
#include "handlers/auth/staff_endpoint.hpp"
#include "handlers/fields/json_rows.hpp"
#include "handlers/making/making_calls.hpp"
#include "handlers/making/row_twins.hpp"
#include "store/async/gate.hpp"

#include <limits>
#include <optional>

namespace invited::handlers {

/// POST /generate_invites: makes an invite from each row of an array, and answers for each row, in order.
/// Each row is checked and charged separately. With an Idempotency-Key each row can be repeated, because its
/// key is the call's key and its index. So a client that got no answer sends the same call again. While the
/// first call is still under way the answer is a 429, because each caller may have one such call at a time.
class create_invites final : public staff_endpoint {
public:
  static constexpr std::size_t most_rows = 1000;

  explicit create_invites(const making_parts& with);
  task<response> handle(request& r, const principal& who) override;
  step<> admit_early(request& r, const principal& who) override;

private:
  /// How many rows of all bulk calls of this core are in flight at a time. It is enough that a write carries
  /// many, and few enough that neither the loop (sealing takes 8 µs a row) nor the Redis connection is
  /// blocked for others. A call that makes one invite waits behind these rows at most.
  static constexpr std::size_t rows_at_a_time = 50;

  static step<std::string> read(const request& r, json_rows& rows);
  struct row_result {
    creation_result made;
    std::optional<std::size_t> twin; ///< an earlier row for the same patient
  };
  task<row_result> make_row(json_rows& rows, std::size_t index, row_twins& twins, const principal& who,
                            const store::audit_actor& actor, std::string_view idempotency_key);
  row_result result_of(const task<row_result>& row) const;

  making_parts with_;
  /// Bulk calls take turns, a batch of rows each. The number of waiting calls is bounded, because each caller
  /// has only one. A waiting call is never refused, because some of its rows may have been made already.
  gate turns_{1, std::numeric_limits<std::size_t>::max(), gate::clock::duration::max()};
};

} // namespace invited::handlers

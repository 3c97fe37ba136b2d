#include "handlers/making/create_invites.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/auth/actor.hpp"
#include "handlers/limits/rate_fields.hpp"
#include "handlers/making/bulk_results.hpp"
#include "store/async/all_of.hpp"
#include "store/async/pause.hpp"

#include <algorithm>
#include <array>
#include <exception>

namespace invited::handlers {
namespace {

constexpr std::string_view this_route = "/generate_invites";

/// A caller's key has no blank, so the key of another call or row is never the same. The store hashes it with
/// its scope, like every key.
std::string row_key(std::string_view idempotency_key, std::size_t index) {
  if (idempotency_key.empty()) return {};
  return std::string(idempotency_key).append(" ").append(std::to_string(index));
}

} // namespace

create_invites::create_invites(const making_parts& with) : with_(with) {}

/// Takes the caller's place, unless that was done early.
step<> create_invites::admit_early(request& r, const principal& who) {
  if (!r.held) r.held = with_.bulks.take(who);
  if (r.held) return {};
  ++with_.refused_bulks;
  response refused =
      answer({.status = 429,
              .code = "bulk_in_progress",
              .detail = "You have another such call under way. Send this one again when that is done."},
             r);
  add_retry_after(refused, store_retry);
  return refused;
}

task<response> create_invites::handle(request& r, const principal& who) {
  if (step<> place = admit_early(r, who); !place) co_return std::move(place).error();
  json_rows rows(create_fields);
  const step<std::string> idempotency_key = read(r, rows);
  if (!idempotency_key) {
    with_.gate.charge_in_vain(who, r);
    co_return idempotency_key.error();
  }

  const actor caller(who, r);
  const store::audit_actor actor = caller; // named, because the rows begin long after this statement
  bool foreign = false;
  bulk_results results(with_.replies, rows.size());
  row_twins twins;
  std::array<task<row_result>, rows_at_a_time> work;
  for (std::size_t first = 0; first < rows.size(); first += rows_at_a_time) {
    pause others_first(with_.loop);
    co_await others_first;
    gate::entry my_turn(turns_);
    co_await my_turn;
    const auto batch = std::span(work).first(std::min(rows_at_a_time, rows.size() - first));
    for (std::size_t i = 0; i < batch.size(); ++i)
      batch[i] = make_row(rows, first + i, twins, who, actor, *idempotency_key);
    all_of<row_result> all(batch);
    co_await all;
    for (const task<row_result>& row : batch) {
      const row_result is = result_of(row);
      foreign |= is.made.refused.code == foreign_provider().code;
      results.add(is.made, is.twin);
    }
  }
  // For the line in the audit, one for each call.
  if (foreign) static_cast<void>(co_await with_.gate.refuse_foreign(who, r));
  co_return results.take();
}

/// Fills `rows`; the idempotency key, if there is one.
step<std::string> create_invites::read(const request& r, json_rows& rows) {
  step<std::string> idempotency_key = read_creation_fields(r);
  if (!idempotency_key) return idempotency_key;
  if (const auto read = rows.read(r.body, most_rows); !read) return answer(read.error(), r);
  return idempotency_key;
}

task<create_invites::row_result> create_invites::make_row(json_rows& rows, std::size_t index,
                                                          row_twins& twins, const principal& who,
                                                          const store::audit_actor& actor,
                                                          std::string_view idempotency_key) {
  std::vector<field_error>& errors = rows.errors(index);
  create_input input;
  check_create(rows.values(index), with_.creator.rules(), input, errors);
  if (!errors.empty()) co_return row_result{{.refused = invalid_content(std::move(errors))}, {}};
  const std::optional<std::size_t> twin = twins.first_before(input, index);
  const std::string key = row_key(idempotency_key, index);
  creation_result m = co_await with_.creator.make(input, who, actor, this_route, key);
  co_return row_result{std::move(m), twin};
}

/// An exception of one row must not hide the results of the others.
create_invites::row_result create_invites::result_of(const task<row_result>& row) const {
  try {
    return row.take();
  } catch (const std::exception& e) {
    with_.on_fault(this_route, e.what());
  }
  return {{.refused = {500, "internal_error", "Something went wrong here. It has been noted."}}, {}};
}

} // namespace invited::handlers

#include "store/audit/audit_log.hpp"

#include "store/keys/keys.hpp"
#include "store/scripts.hpp"

#include <array>
#include <cstring>
#include <span>

namespace invited::store {
namespace {

/// How the rows to look at are divided: always a page of creations, and more if the creation of one invite
/// must be searched.
struct shares {
  std::string events;
  std::string creations;
};

shares shares_of(const audit_query& q) {
  const std::size_t creations = q.of ? audit_log::most_looked_at / 2 : audit_log::page_size;
  return {std::to_string(audit_log::most_looked_at - creations), std::to_string(creations)};
}

/// The newest wanted id, in XREVRANGE's form.
std::string newest_of(const index_position& before, const std::optional<std::int64_t>& to) {
  if (to && static_cast<std::uint64_t>(*to) <= before.ms) return std::to_string(*to - 1);
  if (before == index_position{0, 0}) return "0"; // nothing is before the first, and asking would be an error
  return '(' + to_text(before);
}

/// Moves the position on to the last entry that was looked at, if any.
bool advance(std::string_view last, index_position& at) {
  if (last.empty()) return true;
  const std::optional<index_position> p = parse_index_position(last);
  if (p) at = *p;
  return p.has_value();
}

} // namespace

task<result<audit_page>> audit_log::read(const audit_query& q) {
  audit_page page;
  if (q.to && *q.to <= 0) co_return page;
  const group tag = group_of(q.provider_id);
  const std::array<key_name, 3> names = {group_key("aud", tag), provider_key("idx", tag, q.provider_id),
                                         invite_key("log", tag, q.of.value_or(handle()))};
  const std::array<std::string_view, 3> keys = {names[0], names[1], names[2]};
  const shares most = shares_of(q);
  const std::string event = newest_of(q.before.events, q.to), creation = newest_of(q.before.creations, q.to),
                    oldest = std::to_string(q.from), replied = std::to_string(page_size);
  const std::string_view h = q.of ? as_text(*q.of) : std::string_view();
  const std::array<std::string_view, 8> args = {event,          creation, oldest,        most.events,
                                                most.creations, replied,  q.provider_id, h};
  const std::size_t left_out = q.of ? 0 : 1;
  const std::span<const std::string_view> sent_keys(keys.data(), keys.size() - left_out);
  const std::span<const std::string_view> sent_args(args.data(), args.size() - left_out);
  gate::entry place(lane_.places);
  const bool inside = co_await place;
  if (!inside) co_return errc::busy;
  const result<redis::reply> reply = co_await lane_.redis.run(scripts::audit, sent_keys, sent_args);
  if (!reply) co_return reply.error();

  audit_position next = q.before;
  redis::reply_reader read(*reply);
  const bool advanced = advance(read.text(), next.events) && advance(read.text(), next.creations);
  if (!advanced) co_return errc::unexpected;
  if (read.number() != 0) page.next = next;
  for (redis::reply_reader rows = read.row(); rows.more();) {
    std::optional<audit_event> e = open(rows.row(), tag, q.provider_id);
    if (e) page.events.push_back(std::move(*e));
  }
  if (read.failed()) co_return errc::unexpected;
  co_return page;
}

task<result<void>> audit_log::note(std::string_view provider_id, audit_action what, audit_actor actor,
                                   std::string_view outcome, std::uint64_t count) {
  const key_name aud = group_key("aud", group_of(provider_id));
  const std::string sealed = seal_actor(seals_, handle{}, provider_id, actor);
  const char letter = static_cast<char>(what);
  const std::string number = std::to_string(count);
  std::array<std::string_view, 15> add = {
      "XADD", aud, "*", "a", std::string_view(&letter, 1), "h", "", "p", provider_id, "s", sealed};
  std::size_t size = 11;
  const auto put = [&add, &size](std::string_view name, std::string_view value) {
    add[size++] = name;
    add[size++] = value;
  };
  if (!outcome.empty()) put("o", outcome);
  if (count != 1) put("n", number);
  const std::span<const std::string_view> sent(add.data(), size);
  const result<redis::reply> reply = co_await redis_.execute(sent);
  if (!reply) co_return reply.error();
  co_return result<void>();
}

/// `row` is as audit-3.lua has it. Its texts are other people's if somebody else writes to the stream, so one
/// that makes no sense is left out.
std::optional<audit_event> audit_log::open(redis::reply_reader row, group tag, std::string_view provider_id) {
  const std::optional<index_position> at = parse_index_position(row.text());
  const std::optional<audit_action> action = audit_action_of(row.text());
  const std::string_view h_text = row.text(), actor = row.text(), outcome = row.text();
  const std::optional<std::uint64_t> count = audit_count_of(row.text());
  handle h{};
  if (!at || !action || !count || (!h_text.empty() && h_text.size() != h.size())) return {};
  audit_event e{static_cast<std::int64_t>(at->ms), *action, {}, {}, std::string(outcome), *count};
  if (!h_text.empty()) {
    std::memcpy(h.data(), h_text.data(), h.size());
    e.ref = invite_ref{tag, h};
  }
  result<opened_audit_actor> sealed = open_actor(seals_, h, provider_id, actor);
  if (sealed) e.actor = std::move(*sealed);
  return e;
}

} // namespace invited::store

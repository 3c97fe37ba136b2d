// The list of a provider's invites. The index has their handles, and the ledgers have their states.
#include "store/invites/invites.hpp"
#include "store/keys/keys.hpp"
#include "store/resp/reply_reader.hpp"
#include "store/scripts.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>

namespace invited::store {
namespace {

struct entry {
  index_position at;
  handle h;
};

/// Reads {id, {'h', h, ...}}.
std::optional<entry> read_entry(redis::reply_reader read) {
  const std::optional<index_position> at = parse_index_position(read.text());
  redis::reply_reader fields = read.row();
  fields.text(); // the name of the handle
  const std::string_view h = fields.text();
  entry e{};
  if (!at || h.size() != e.h.size()) return {};
  e.at = *at;
  std::memcpy(e.h.data(), h.data(), h.size());
  return e;
}

/// What index-2.lua and asked-2.lua answer.
struct index_stretch {
  std::int64_t now = 0;
  std::vector<entry> entries;
  std::optional<index_position> next;
};

std::optional<index_stretch> read_stretch(const redis::reply& reply) {
  index_stretch found;
  redis::reply_reader read(reply);
  found.now = read.number();
  for (redis::reply_reader rows = read.row(); rows.more();) {
    const std::optional<entry> e = read_entry(rows.row());
    if (!e) return {};
    found.entries.push_back(*e);
  }
  const std::string_view next = read.text();
  found.next = parse_index_position(next);
  if (read.failed() || (!next.empty() && !found.next)) return {};
  return found;
}

/// How much later the time of an entry may be than that of its ledger, because the stream takes its own time
/// when the command runs.
constexpr std::int64_t entry_delay_ms = 1000;

std::string newest_of(const list_query& q) {
  if (!q.created_before) return q.before ? '(' + to_text(*q.before) : "+";
  const std::int64_t newest = *q.created_before + entry_delay_ms;
  const bool cursor_first = q.before && q.before->ms <= static_cast<std::uint64_t>(newest);
  return cursor_first ? '(' + to_text(*q.before) : std::to_string(newest);
}

bool is_wanted(const list_query& q, const ledger& l, invite_state state) {
  return (!q.state || state == *q.state) && (!q.locked || (l.locked_at != 0) == *q.locked) &&
         (!q.asked || (l.asked_at != 0) == *q.asked) && l.created_at >= q.created_after.value_or(0) &&
         (!q.created_before || l.created_at < *q.created_before);
}

/// The indexes of which a ledger must have one. Without `usual` every ledger will do.
struct wanted_index {
  std::string usual;
  std::string older; ///< empty: the same

  /// Zeros are no index: an invite without an e-mail address has them, and an erased one.
  bool is(std::string_view index) const {
    if (usual.empty()) return true;
    return index.find_first_not_of('\0') != index.npos && (index == usual || index == older);
  }
};

/// The ledgers' keys, for one MGET.
class ledger_keys {
public:
  ledger_keys(group tag, const std::vector<entry>& entries) {
    names_.reserve(entries.size());
    for (const entry& e : entries) names_.push_back(invite_key("log", tag, e.h));
    command_.assign(names_.begin(), names_.end());
    command_.insert(command_.begin(), "MGET");
  }
  std::span<const std::string_view> command() const { return command_; }

private:
  std::vector<key_name> names_;
  std::vector<std::string_view> command_;
};

} // namespace

/// The creations of a provider, newest first (index-2.lua).
task<result<redis::reply>> invites::read_index(redis::connection& redis, const list_query& q, group tag,
                                               std::size_t most) {
  const key_name index = provider_key("idx", tag, q.provider_id), aud = group_key("aud", tag);
  const std::string newest = newest_of(q),
                    oldest = q.created_after > 0 ? std::to_string(*q.created_after) : "-",
                    count = std::to_string(most),
                    sealed = seal_actor(seals_, handle{}, q.provider_id, q.actor);
  const std::array<std::string_view, 2> keys = {index, aud};
  const std::array<std::string_view, 5> args = {newest, oldest, count, q.provider_id, sealed};
  result<redis::reply> stretch = co_await redis.run(scripts::index, keys, args);
  co_return stretch;
}

/// The requests of its patients for new links, the latest first (asked-2.lua).
task<result<redis::reply>> invites::read_asked(redis::connection& redis, const list_query& q, group tag,
                                               std::size_t most) {
  const key_name asked = group_key("ask", tag), aud = group_key("aud", tag);
  const std::string newest = q.before ? std::to_string(q.before->ms) : "+inf",
                    passed = std::to_string(q.before ? q.before->seq : 0), count = std::to_string(most),
                    sealed = seal_actor(seals_, handle{}, q.provider_id, q.actor);
  const std::array<std::string_view, 2> keys = {asked, aud};
  const std::array<std::string_view, 5> args = {newest, passed, count, q.provider_id, sealed};
  result<redis::reply> stretch = co_await redis.run(scripts::asked, keys, args);
  co_return stretch;
}

bool list_query::finds_nothing() const {
  constexpr index_position nothing_before{0, 0}; // an error for Redis
  return (created_before && *created_before <= 0) || before == nothing_before;
}

task<result<invite_page>> invites::list(const list_query& q) {
  if (q.finds_nothing()) co_return invite_page();
  if (!q.is_search()) {
    result<invite_page> page = co_await list_over(redis_, q, q.limit);
    co_return page;
  }
  gate::entry place(lane_.places);
  const bool inside = co_await place;
  if (!inside) co_return errc::busy;
  result<invite_page> page = co_await search(q);
  co_return page;
}

/// In steps, because Redis serves nobody else while a script runs. A step that fails fails the search: its
/// caller asks again.
task<result<invite_page>> invites::search(list_query q) {
  invite_page all;
  const std::size_t wanted = q.limit;
  for (std::size_t step = 0; step < searched_in_a_call / searched_in_a_step; ++step) {
    result<invite_page> page = co_await list_over(lane_.redis, q, searched_in_a_step);
    if (!page) co_return page.error();
    std::ranges::move(page->invites, std::back_inserter(all.invites));
    all.looked_at += page->looked_at;
    all.next = page->next;
    if (!all.next || all.invites.size() == wanted) break;
    q.before = all.next;
    q.limit = wanted - all.invites.size();
    q.actor = {}; // the first step has written the line in the audit
  }
  co_return all;
}

task<result<invite_page>> invites::list_over(redis::connection& redis, const list_query& q,
                                             std::size_t most) {
  invite_page page;
  const group tag = group_of(q.provider_id);
  task<result<redis::reply>> reading =
      q.asked == true ? read_asked(redis, q, tag, most) : read_index(redis, q, tag, most);
  const result<redis::reply> reply = co_await reading;
  if (!reply) co_return reply.error();
  const std::optional<index_stretch> stretch = read_stretch(*reply);
  if (!stretch) co_return errc::unexpected;
  const std::vector<entry>& entries = stretch->entries;
  page.next = stretch->next;
  page.looked_at = entries.size();
  if (entries.empty()) co_return page;

  const ledger_keys names(tag, entries);
  const result<redis::reply> ledgers = co_await redis.execute(names.command());
  if (!ledgers) co_return ledgers.error();

  wanted_index email;
  const std::string external = external_index(q.provider_id, q.external_id);
  if (!q.email.empty())
    email = {email_index(q.provider_id, q.email), older_email_index(q.provider_id, q.email)};
  redis::reply_reader values(*ledgers);
  std::size_t i = 0;
  while (i < entries.size() && page.invites.size() < q.limit) {
    const entry& e = entries[i++];
    const std::optional<std::string_view> value = values.text_or_nil();
    if (values.failed()) co_return errc::unexpected;
    if (!value) continue; // its time is over
    const std::optional<ledger> l = read_ledger(*value);
    if (!l) co_return errc::unexpected;
    const bool over = l->state == invite_state::pending && l->expires_at <= stretch->now;
    const invite_state state = over ? invite_state::expired : l->state;
    if (!is_wanted(q, *l, state)) continue;
    if (!email.is(l->blind_index)) continue;
    if (!external.empty() && l->external_index != external) continue;
    const char letter = static_cast<char>(state);
    result<invite_details> found = details_of({tag, e.h}, std::string_view(&letter, 1), *l);
    if (!found) co_return found.error();
    page.invites.push_back(std::move(*found));
  }
  if (i < entries.size()) page.next = entries[i - 1].at;
  co_return page;
}

} // namespace invited::store

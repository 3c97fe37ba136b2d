#include "store/invites/pending_revoker.hpp"

#include "store/async/all_of.hpp"
#include "store/keys/keys.hpp"
#include "store/resp/reply_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace invited::store {
namespace {

/// A score is a whole number of ms, which Redis writes without a fraction.
std::int64_t score_of(std::string_view text) {
  std::int64_t ms = 0;
  std::from_chars(text.data(), text.data() + text.size(), ms);
  return ms;
}

} // namespace

task<result<std::int64_t>> pending_revoker::time() {
  const std::array<std::string_view, 1> ask = {"TIME"};
  const result<redis::reply> reply = co_await redis_.execute(ask);
  if (!reply) co_return reply.error();
  redis::reply_reader read(*reply);
  const std::int64_t seconds = score_of(read.text()), us = score_of(read.text());
  if (read.failed() || seconds <= 0) co_return errc::unexpected;
  co_return seconds * 1000 + us / 1000;
}

bool pending_revoker::concerns(group g) const {
  return order_.providers.empty() ||
         std::ranges::any_of(order_.providers, [g](const std::string& p) { return group_of(p) == g; });
}

task<result<void>> pending_revoker::run(std::function<void(const progress&)> tell) {
  const result<std::int64_t> now = co_await time();
  if (!now) co_return now.error();
  begun_at_ = *now;
  for (unsigned i = 0; i < groups; ++i) {
    const group g = static_cast<group>(i);
    place at;
    for (bool more = concerns(g); more;) {
      result<stretch> part = co_await look(g, at);
      if (!part) co_return part.error();
      more = part->more;
      const result<void> judged = co_await judge(g, std::move(part->found));
      if (!judged) co_return judged.error();
      tell(progress_);
    }
    progress_.groups = i + 1;
  }
  co_return result<void>();
}

/// The next pending invites, in the order of expiry. The due list holds exactly these, however large the
/// index has become. Ended invites leave the list, so a position is a score and a member, never a rank.
task<result<pending_revoker::stretch>> pending_revoker::look(group g, place& at) {
  const key_name due = group_key("due", g);
  const std::string from = std::to_string(at.score);
  const std::size_t most = step_size + at.seen.size();
  const std::string count = std::to_string(most);
  const std::array<std::string_view, 8> range = {"ZRANGEBYSCORE", due,     from, "+inf",
                                                 "WITHSCORES",    "LIMIT", "0",  count};
  const result<redis::reply> reply = co_await redis_.execute(range);
  if (!reply) co_return reply.error();
  stretch part;
  part.more = reply->size() >= 2 * most;
  redis::reply_reader read(*reply);
  while (read.more()) {
    const std::string_view member = read.text();
    const std::int64_t score = score_of(read.text());
    if (score != at.score) at = {score, {}};
    handle h;
    if (read.failed() || member.size() <= h.size()) co_return errc::unexpected;
    if (!at.seen.emplace(member).second) continue;
    if (!order_.providers.empty() && !order_.providers.contains(member.substr(h.size()))) continue;
    std::memcpy(h.data(), member.data(), h.size());
    part.found.push_back(h);
  }
  if (read.failed()) co_return errc::unexpected;
  co_return part;
}

/// Reads when they were made. That never changes, so it is safe to read it first.
task<result<void>> pending_revoker::judge(group g, std::vector<handle> found) {
  if (found.empty()) co_return result<void>();
  std::vector<key_name> names;
  for (const handle& h : found) names.push_back(invite_key("log", g, h));
  std::vector<std::string_view> mget(1, "MGET");
  mget.insert(mget.end(), names.begin(), names.end());
  const result<redis::reply> ledgers = co_await redis_.execute(mget);
  if (!ledgers) co_return ledgers.error();
  std::vector<handle> chosen;
  redis::reply_reader read(*ledgers);
  for (const handle& h : found) {
    const std::optional<std::string_view> value = read.text_or_nil();
    const std::optional<ledger> l = read_ledger(value.value_or(""));
    if (read.failed() || (value && !l)) co_return errc::unexpected;
    if (!l || l->state != invite_state::pending || l->expires_at <= begun_at_) {
      ++progress_.over;
    } else if (l->created_at >= order_.created_before) {
      ++progress_.newer;
    } else {
      chosen.push_back(h);
    }
  }
  if (order_.dry_run) {
    progress_.ended += chosen.size();
    co_return result<void>();
  }
  co_return co_await end(g, std::move(chosen));
}

task<result<void>> pending_revoker::end(group g, std::vector<handle> chosen) {
  std::vector<task<result<revoking>>> calls;
  for (const handle& h : chosen) calls.push_back(invites_.revoke_pending({g, h}));
  all_of<result<revoking>> all(calls);
  co_await all;
  result<void> outcome;
  for (const auto& call : calls) {
    const result<revoking> ended = call.take();
    if (!ended) {
      outcome = ended.error();
    } else {
      ++(*ended == revoking::done ? progress_.ended : progress_.over);
    }
  }
  co_return outcome;
}

} // namespace invited::store

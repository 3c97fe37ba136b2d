#include "store/providers/providers.hpp"

#include "store/async/all_of.hpp"
#include "store/keys/keys.hpp"
#include "store/resp/reply_reader.hpp"
#include "store/scripts.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace invited::store {
namespace {

constexpr unsigned groups_at_once = 32;
constexpr std::string_view pending_of = "pending|";

/// Whether the error may pass in a moment. Other errors must be reported.
bool is_passing(boost::system::error_code why) {
  return why == errc::unavailable || why == errc::unanswered || why == errc::refused;
}

} // namespace

bool listed_before(std::string_view a, std::string_view b) {
  const group tag_a = group_of(a), tag_b = group_of(b);
  return tag_a != tag_b ? tag_a < tag_b : a < b;
}

providers::providers(redis::connection& redis, const reading_lane& lane)
    : redis_(redis), lane_(lane), none_(std::make_shared<const stored_settings>()) {}

settings_ptr providers::known(std::string_view provider_id, clock::time_point now) const {
  const auto it = entries_.find(provider_id);
  if (it == entries_.end() || now - it->second.asked_at >= fresh_for) return nullptr;
  return it->second.settings;
}

task<result<settings_ptr>> providers::get(std::string_view provider_id, clock::time_point now) {
  if (settings_ptr settings = known(provider_id, now)) co_return settings;
  co_return co_await read(provider_id, now);
}

task<result<settings_ptr>> providers::read(std::string_view provider_id, clock::time_point now) {
  result<settings_ptr> fresh = co_await read_now(provider_id, now);
  if (fresh || !is_passing(fresh.error())) co_return fresh;
  const auto old = entries_.find(provider_id);
  if (old != entries_.end()) co_return old->second.settings;
  co_return fresh;
}

task<result<settings_ptr>> providers::read_now(std::string_view provider_id, clock::time_point now) {
  const key_name key = provider_key("prv", group_of(provider_id), provider_id);
  const std::array<std::string_view, 2> get = {"GET", key};
  const result<redis::reply> reply = co_await redis_.execute(get);
  if (!reply) co_return reply.error();
  std::optional<provider_settings> set = decode_provider_settings(reply->text());
  if (!set) co_return errc::unexpected;
  co_return keep(provider_id, {std::move(*set), std::string(reply->text())}, now);
}

settings_ptr providers::keep(std::string_view provider_id, stored_settings&& found,
                             clock::time_point asked_at) {
  settings_ptr settings =
      found.value.empty() ? none_ : std::make_shared<const stored_settings>(std::move(found));
  const auto it = entries_.find(provider_id);
  if (it != entries_.end()) {
    it->second = {settings, asked_at};
    return settings;
  }
  if (entries_.size() >= most_kept) {
    std::erase_if(entries_, [&](const auto& e) { return asked_at - e.second.asked_at >= fresh_for; });
    if (entries_.size() >= most_kept) entries_.erase(entries_.begin());
  }
  entries_.emplace(provider_id, entry{settings, asked_at});
  return settings;
}

task<result<std::vector<listed_provider>>> providers::read_all(std::vector<std::string> ids,
                                                               clock::time_point now) {
  std::vector<task<result<settings_ptr>>> reads;
  reads.reserve(ids.size());
  for (const std::string& id : ids) reads.push_back(read_now(id, now));
  all_of<result<settings_ptr>> all(reads);
  co_await all;
  std::vector<listed_provider> out;
  out.reserve(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    result<settings_ptr> settings = reads[i].take();
    if (!settings) co_return settings.error();
    out.push_back({std::move(ids[i]), std::move(*settings)});
  }
  co_return out;
}

task<result<settings_ptr>> providers::write(const change& c, clock::time_point now) {
  const group tag = group_of(c.provider_id);
  const key_name prv = provider_key("prv", tag, c.provider_id), gauge = gauge_key(tag),
                 audit = group_key("aud", tag);
  std::string value = encode(c.set);
  const std::array<std::string_view, 3> keys = {prv, gauge, audit};
  const std::array<std::string_view, 4> all_args = {c.provider_id, value, c.actor,
                                                    c.expected ? *c.expected : std::string_view()};
  const std::span<const std::string_view> args(all_args.data(), c.expected ? 4 : 3);
  const result<redis::reply> reply = co_await redis_.run(scripts::settings, keys, args);
  if (!reply) co_return reply.error();
  const std::string_view what = redis::reply_reader(*reply).word();
  if (what == "other") co_return settings_ptr();
  if (what != "set") co_return errc::unexpected;
  co_return keep(c.provider_id, {c.set, std::move(value)}, now);
}

task<result<std::vector<std::string>>> providers::ids_of(group g) {
  const key_name gauge = gauge_key(g);
  const std::array<std::string_view, 2> hkeys = {"HKEYS", gauge};
  const result<redis::reply> fields = co_await lane_.redis.execute(hkeys);
  if (!fields) co_return fields.error();
  std::vector<std::string> ids;
  redis::reply_reader read(*fields);
  while (read.more()) {
    const std::string_view field = read.text();
    if (field.starts_with(pending_of)) ids.emplace_back(field.substr(pending_of.size()));
  }
  if (read.failed()) co_return errc::unexpected;
  std::sort(ids.begin(), ids.end());
  co_return ids;
}

task<result<std::vector<std::string>>> providers::ids_after(std::string_view after, std::size_t most) {
  std::vector<std::string> found;
  gate::entry place(lane_.places);
  const bool inside = co_await place;
  if (!inside) co_return errc::busy;
  for (unsigned g = after.empty() ? 0 : group_of(after); g < groups && found.size() < most;) {
    std::vector<task<result<std::vector<std::string>>>> parts;
    for (unsigned i = 0; i < groups_at_once && g < groups; ++i, ++g)
      parts.push_back(ids_of(static_cast<group>(g)));
    all_of<result<std::vector<std::string>>> all(parts);
    co_await all;
    for (const auto& part : parts) {
      result<std::vector<std::string>> ids = part.take();
      if (!ids) co_return ids.error();
      std::copy_if(std::make_move_iterator(ids->begin()), std::make_move_iterator(ids->end()),
                   std::back_inserter(found),
                   [after](const std::string& id) { return after.empty() || listed_before(after, id); });
    }
  }
  co_return found;
}

} // namespace invited::store

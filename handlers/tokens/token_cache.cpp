#include "handlers/tokens/token_cache.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

namespace invited::handlers {
namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

} // namespace

token_cache::token_cache(std::size_t capacity)
    : capacity_(std::max<std::size_t>(capacity, 1)), next_expiry_(never) {
  by_token_.reserve(capacity_); // no rehash on the request path
}

std::size_t token_cache::tail_hash::operator()(std::string_view token) const noexcept {
  constexpr std::size_t enough = 32; // characters of base64url: 24 bytes
  if (token.size() > enough) token.remove_prefix(token.size() - enough);
  return std::hash<std::string_view>{}(token);
}

std::shared_ptr<const principal> token_cache::find(std::string_view token, std::int64_t now) {
  const auto found = by_token_.find(token);
  if (found == by_token_.end()) return nullptr;
  const entries::iterator e = found->second;
  if (e->who->expires_at > now) return e->who;
  drop(e);
  return nullptr;
}

void token_cache::put(std::string_view token, std::shared_ptr<const principal> who, std::int64_t now) {
  if (who->expires_at <= now) return;
  if (const auto found = by_token_.find(token); found != by_token_.end()) drop(found->second);
  if (by_token_.size() >= capacity_) make_room(now);
  next_expiry_ = std::min(next_expiry_, who->expires_at);
  oldest_first_.push_back({std::string(token), std::move(who)});
  const auto e = std::prev(oldest_first_.end());
  by_token_.emplace(e->token, e);
}

void token_cache::clear() {
  by_token_.clear();
  oldest_first_.clear();
  next_expiry_ = never;
}

void token_cache::make_room(std::int64_t now) {
  if (next_expiry_ <= now) {
    next_expiry_ = never;
    for (auto e = oldest_first_.begin(); e != oldest_first_.end();) {
      if (e->who->expires_at <= now) {
        e = drop(e);
      } else {
        next_expiry_ = std::min(next_expiry_, e->who->expires_at);
        ++e;
      }
    }
  }
  if (by_token_.size() >= capacity_) drop(oldest_first_.begin());
}

token_cache::entries::iterator token_cache::drop(entries::iterator e) {
  by_token_.erase(e->token); // first, because its key points into the entry
  return oldest_first_.erase(e);
}

} // namespace invited::handlers

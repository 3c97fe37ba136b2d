#pragma once

#include "handlers/tokens/principal.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace invited::handlers {

/// Verified staff tokens, until they expire. put() only good ones: failures are never kept, so nobody can
/// fill the cache without a key. One object a core, not thread-safe. A hit allocates nothing.
class token_cache {
public:
  explicit token_cache(std::size_t capacity = 4096);

  /// The caller that the token names, or null. `now` is in seconds since 1970. The whole token must match,
  /// including the signature.
  std::shared_ptr<const principal> find(std::string_view token, std::int64_t now);

  /// Keeps a verified token until who->expires_at. When the cache is full it drops the expired tokens; if
  /// there are none, the oldest one.
  void put(std::string_view token, std::shared_ptr<const principal> who, std::int64_t now);

  /// Call it when the keys or the rules change, because earlier results prove nothing then.
  void clear();

  std::size_t size() const { return by_token_.size(); }

private:
  struct entry {
    std::string token;
    std::shared_ptr<const principal> who;
  };
  using entries = std::list<entry>;

  /// A token ends with its signature, which is as good as a hash, so the rest need not be read.
  struct tail_hash {
    std::size_t operator()(std::string_view token) const noexcept;
  };

  void make_room(std::int64_t now);
  entries::iterator drop(entries::iterator e);

  std::size_t capacity_;
  entries oldest_first_;
  std::unordered_map<std::string_view, entries::iterator, tail_hash>
      by_token_;             ///< keys point into the entries
  std::int64_t next_expiry_; ///< no entry expires before this time; saves useless walks through all entries
};

} // namespace invited::handlers

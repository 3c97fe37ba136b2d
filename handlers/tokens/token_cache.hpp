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

/// Staff tokens that were verified, until they expire. Only put() good ones: a failure is never kept, so
/// nobody fills the cache without a key. One a core, not thread-safe. A hit allocates nothing.
class token_cache {
public:
  explicit token_cache(std::size_t capacity = 4096);

  /// Who the token speaks for, or null. `now` in seconds since 1970. The whole token decides, signature
  /// included.
  std::shared_ptr<const principal> find(std::string_view token, std::int64_t now);

  /// Keeps a verified token until who->expires_at. When full, the expired ones go, else the oldest one.
  void put(std::string_view token, std::shared_ptr<const principal> who, std::int64_t now);

  /// When the keys or the rules changed: what they let in before proves nothing.
  void clear();

  std::size_t size() const { return by_token_.size(); }

private:
  struct entry {
    std::string token;
    std::shared_ptr<const principal> who;
  };
  using entries = std::list<entry>;

  /// A token ends in its signature, which is as good as a hash; the rest need not be read.
  struct tail_hash {
    std::size_t operator()(std::string_view token) const noexcept;
  };

  void make_room(std::int64_t now);
  entries::iterator drop(entries::iterator e);

  std::size_t capacity_;
  entries oldest_first_;
  std::unordered_map<std::string_view, entries::iterator, tail_hash>
      by_token_;             ///< keys point into the entries
  std::int64_t next_expiry_; ///< no entry expires before it: saves looking through all of them in vain
};

} // namespace invited::handlers

#pragma once

#include "store/async/task.hpp"
#include "store/base/errc.hpp"
#include "store/keys/invite_id.hpp"
#include "store/keys/keys.hpp"
#include "store/redis/connection.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace invited::store {

/// A stream that holds audit events: a group's `aud:{gg}`, or a provider's index, where each entry is a
/// creation.
struct audit_stream {
  key_name key;
  group tag = 0;
  std::string provider_id; ///< of an index; empty: `aud:{gg}`
};

audit_stream events_of(group g);
audit_stream creations_of(group g, std::string_view provider_id);

/// Entries taken from a stream, raw: {{id, {field, value, ...}}, ...}.
struct audit_stretch {
  redis::reply reply; ///< of collect-1.lua
  std::size_t size() const { return reply.at(0).size(); }
  redis::node entries() const { return reply.at(0); }

  /// How many entries were trimmed away before anybody had exported them.
  std::int64_t trimmed() const { return (*++reply.begin()).integer(); }
};

/// Where a look at a group's providers begins (HSCAN's cursor).
inline constexpr std::string_view first_providers = "0";

/// Providers of a group, as far as one look went; `cursor` first_providers: these were the last.
struct known_providers {
  std::vector<std::string> ids;
  std::string cursor;
};

struct tidied {
  std::int64_t waiting; ///< entries that some exporter has yet to acknowledge
  std::int64_t trimmed;
  bool more; ///< there may be more to trim
};

/// The audit in Redis as whoever moves it elsewhere sees it: a consumer group on every stream, so that
/// several servers share the work and what one of them leaves undone another takes over. One object a core,
/// over that core's connection, which outlives it.
class audit_buffer {
public:
  /// `consumer` names this exporter; no other may have the name.
  audit_buffer(redis::connection& redis, std::string consumer)
      : redis_(redis), consumer_(std::move(consumer)) {}

  /// Takes up to `most_taken` entries. `take_over` first looks for what another has left unacknowledged for
  /// `abandoned_after`.
  task<result<audit_stretch>> take(const audit_stream& from, bool take_over);

  /// They are safe elsewhere. `ids` and what they view must live until the call is done. May be repeated.
  task<result<void>> acknowledge(const audit_stream& of, std::span<const std::string_view> ids);

  /// Trims what is older than `keep`, but nothing that was not acknowledged; without `keep` it trims nothing.
  task<result<tidied>> tidy(const audit_stream& of, std::optional<std::chrono::milliseconds> keep);

  /// How many entries a stream has.
  task<result<std::int64_t>> length(const audit_stream& of);

  /// A look at the providers of a group that have ever had an invite, from `cursor` on.
  task<result<known_providers>> providers(group g, std::string_view cursor);

  static constexpr std::size_t most_taken = 100;
  static constexpr std::size_t most_trimmed = 1000;
  static constexpr std::chrono::milliseconds abandoned_after = std::chrono::minutes(1);

private:
  redis::connection& redis_;
  const std::string consumer_;
};

} // namespace invited::store

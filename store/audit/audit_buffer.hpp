#pragma once

#include "store/async/task.hpp"
#include "store/base/errc.hpp"
#include "store/keys/invite_id.hpp"
#include "store/keys/keys.hpp"
#include "store/redis/connection.hpp"
#include "store/resp/reply_reader.hpp"

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
  std::string provider_id; ///< whose index it is; empty: the stream is `aud:{gg}`
};

audit_stream events_of(group g);
audit_stream creations_of(group g, std::string_view provider_id);

/// Entries taken from a stream, as Redis gave them: {{id, {field, value, ...}}, ...}.
struct audit_stretch {
  redis::reply reply; ///< the reply of collect-1.lua
  std::size_t size() const { return reply.at(0).size(); }
  redis::node entries() const { return reply.at(0); }

  /// How many entries were trimmed before any exporter had read them.
  std::int64_t trimmed() const {
    redis::reply_reader read(reply);
    read.row();
    return read.number();
  }
};

/// The cursor (HSCAN's) with which a walk through a group's providers begins.
inline constexpr std::string_view first_providers = "0";

/// The providers of a group that one step of the walk found. If `cursor` is first_providers, these were the
/// last.
struct known_providers {
  std::vector<std::string> ids;
  std::string cursor;
};

struct tidied {
  std::int64_t waiting; ///< entries that an exporter has not acknowledged yet
  std::int64_t trimmed;
  bool more; ///< there may be more to trim
};

/// The audit in Redis, as an exporter sees it. Every stream has a consumer group, so that several servers
/// share the work, and one takes over what another leaves undone. One object a core, over that core's
/// connection, which must outlive it.
class audit_buffer {
public:
  /// `consumer` names this exporter. No other exporter may have the same name.
  audit_buffer(redis::connection& redis, std::string consumer)
      : redis_(redis), consumer_(std::move(consumer)) {}

  /// Takes up to `most_taken` entries. With `take_over` it first looks for entries that another exporter has
  /// left unacknowledged for `abandoned_after`.
  task<result<audit_stretch>> take(const audit_stream& from, bool take_over);

  /// Tells Redis that these entries are safe elsewhere. `ids` and what they view must live until the call is
  /// done. May be repeated.
  task<result<void>> acknowledge(const audit_stream& of, std::span<const std::string_view> ids);

  /// Trims entries that are older than `keep`, but none that is not acknowledged. Without `keep` it trims
  /// nothing.
  task<result<tidied>> tidy(const audit_stream& of, std::optional<std::chrono::milliseconds> keep);

  /// How many entries a stream has.
  task<result<std::int64_t>> length(const audit_stream& of);

  /// One step of a walk through the providers of a group that have ever had an invite, from `cursor` on.
  task<result<known_providers>> providers(group g, std::string_view cursor);

  static constexpr std::size_t most_taken = 100;
  static constexpr std::size_t most_trimmed = 1000;
  static constexpr std::chrono::milliseconds abandoned_after = std::chrono::minutes(1);

private:
  redis::connection& redis_;
  const std::string consumer_;
};

} // namespace invited::store

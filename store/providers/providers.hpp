#pragma once

#include "store/async/coarse_clock.hpp"
#include "store/async/task.hpp"
#include "store/base/errc.hpp"
#include "store/base/text_map.hpp"
#include "store/keys/invite_id.hpp"
#include "store/providers/provider_settings.hpp"
#include "store/redis/connection.hpp"
#include "store/redis/reading_lane.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace invited::store {

/// One provider's settings as Redis has them.
struct stored_settings {
  provider_settings set;
  std::string value; ///< their bytes, which tell one version from another; empty where nothing is set
};

using settings_ptr = std::shared_ptr<const stored_settings>; ///< never null where a result holds one

/// A provider in a list.
struct listed_provider {
  std::string id;
  settings_ptr settings;
};

/// The order in which providers are listed: by group, then by id. It lets a page begin anywhere without
/// looking at what stands before.
bool listed_before(std::string_view a, std::string_view b);

/// Providers' settings, in Redis and for a moment in memory. One object a core; what it is given outlives it.
///
/// A change made elsewhere is in force after `fresh_for` and the time that one call of Redis may take; one
/// made by this object at once. When Redis does not answer, what was known before goes on being used. Several
/// requests that miss at a time each ask: they share a write, and Redis has that in a microsecond each.
class providers {
public:
  using clock = coarse_clock;

  /// `lane`: for going through all groups.
  providers(redis::connection& redis, const reading_lane& lane);

  /// From memory; null when not known, or not fresh any more: then read().
  settings_ptr known(std::string_view provider_id, clock::time_point now) const;

  /// What is known, or otherwise read(). `provider_id` must live until the call is done, here and below.
  task<result<settings_ptr>> get(std::string_view provider_id, clock::time_point now);

  /// From Redis; while that does not answer, what was known before.
  task<result<settings_ptr>> read(std::string_view provider_id, clock::time_point now);

  /// From Redis and from nowhere else: for whoever manages the settings.
  task<result<settings_ptr>> read_now(std::string_view provider_id, clock::time_point now);

  /// The settings of each of `ids`, from Redis, all at once.
  task<result<std::vector<listed_provider>>> read_all(std::vector<std::string> ids, clock::time_point now);

  struct change {
    std::string_view provider_id;
    provider_settings set{};
    std::string_view actor{};              ///< sealed, for the audit
    std::optional<std::string> expected{}; ///< `value` that must be there still
  };

  /// Replaces all settings of a provider, and makes it known. Null: they are not the expected ones. The
  /// change must live until the call is done.
  task<result<settings_ptr>> write(const change& c, clock::time_point now);

  /// Ids of the providers that have made an invite or have been set, those that come after `after` ("" for
  /// all); `most` or more, unless there are no more. errc::busy when too many costly reads wait.
  task<result<std::vector<std::string>>> ids_after(std::string_view after, std::size_t most);

  static constexpr std::chrono::seconds fresh_for{3};

private:
  static constexpr std::size_t most_kept = 4096;

  struct entry {
    settings_ptr settings;
    clock::time_point asked_at;
  };

  task<result<std::vector<std::string>>> ids_of(group g);
  settings_ptr keep(std::string_view provider_id, stored_settings&& found, clock::time_point asked_at);

  redis::connection& redis_;
  reading_lane lane_;
  text_map<entry> entries_;
  settings_ptr none_; ///< one for all without settings, and not the same one on every core
};

} // namespace invited::store

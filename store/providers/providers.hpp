#pragma once

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
  std::string value; ///< their bytes, which tell one version from another; empty if nothing is set
};

using settings_ptr = std::shared_ptr<const stored_settings>; ///< never null if a result holds one

/// A provider in a list.
struct listed_provider {
  std::string id;
  settings_ptr settings;
};

/// The order in which providers are listed: by group, then by id. With it a page can begin anywhere, without
/// looking at the entries before.
bool listed_before(std::string_view a, std::string_view b);

/// Providers' settings, in Redis and for a moment in memory. One object a core. What the constructor takes
/// must outlive it.
///
/// A change made by this object is in force at once. A change made elsewhere is in force after `fresh_for`
/// and the time of one call to Redis. When Redis does not answer, the settings known before stay in use.
/// Several requests that miss at the same time all ask Redis: they share a write, and each costs Redis a
/// microsecond.
class providers {
public:
  using clock = std::chrono::steady_clock;

  /// `lane` is used to go through all groups.
  providers(redis::connection& redis, const reading_lane& lane);

  /// From memory; null if they are not known or no longer fresh: then call read().
  settings_ptr known(std::string_view provider_id, clock::time_point now) const;

  /// What is known, or otherwise read(). Here and below, `provider_id` must live until the call is done.
  task<result<settings_ptr>> get(std::string_view provider_id, clock::time_point now);

  /// From Redis; while that does not answer, what was known before.
  task<result<settings_ptr>> read(std::string_view provider_id, clock::time_point now);

  /// From Redis only: for staff who manage the settings.
  task<result<settings_ptr>> read_now(std::string_view provider_id, clock::time_point now);

  /// The settings of each of `ids`, from Redis, all at once.
  task<result<std::vector<listed_provider>>> read_all(std::vector<std::string> ids, clock::time_point now);

  struct change {
    std::string_view provider_id;
    provider_settings set{};
    std::string_view actor{};              ///< sealed, for the audit
    std::optional<std::string> expected{}; ///< the `value` that must still be there
  };

  /// Replaces all settings of a provider, and makes the provider known. Null: the settings are not the
  /// expected ones. The change must live until the call is done.
  task<result<settings_ptr>> write(const change& c, clock::time_point now);

  /// Ids of the providers that have made an invite or have settings, and that come after `after` ("" for
  /// all). There are `most` or more, unless the list ends. errc::busy if too many costly reads wait.
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
  settings_ptr none_; ///< shared by all providers without settings; each core has its own
};

} // namespace invited::store

#pragma once

#include "handlers/auth/staff_endpoint.hpp"
#include "handlers/auth/staff_gate.hpp"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace invited::handlers {

/// Who may make a call. The front door checks this, so that no endpoint can forget it.
enum class audience : std::uint8_t {
  anyone,  ///< anybody; credentials are ignored
  patient, ///< whoever has an invite's id or a session token; the endpoint asks the store
  staff,   ///< whoever has a staff token or a sign-in, portals included
  people,  ///< the same, but no portals
  admin,
};

/// Which limit per address applies to a call. None applies to a caller with a staff token: there are limits
/// for each token and for failures.
enum class address_limit : std::uint8_t { patients, strangers };

/// The law of a call that anybody may make.
struct open_law {
  audience who;
  address_limit limit;
};

/// The law of a call that only staff may make. Its limit is the strangers'.
struct staff_law {
  audience who;
  staff_gate::price costs;
};

inline constexpr open_law for_anyone{audience::anyone, address_limit::strangers};
inline constexpr open_law for_patients{audience::patient, address_limit::patients};
inline constexpr staff_law for_staff{audience::staff, staff_gate::price::unit};
inline constexpr staff_law for_people{audience::people, staff_gate::price::unit};
inline constexpr staff_law for_admins{audience::admin, staff_gate::price::unit};

/// For creations, which are charged to their provider's bucket.
inline constexpr staff_law for_makers{audience::staff, staff_gate::price::none};

/// What every route has besides its endpoint and its law.
template <class Law>
struct call {
  verb method;
  std::string_view pattern; ///< static storage; at most one `{...}`, which matches one whole segment
  Law law;
  std::size_t body_limit; ///< bytes
};

// The usual body limits.
inline constexpr std::size_t no_body = 1024; ///< of calls without fields: only an empty object is let pass
inline constexpr std::size_t small_body = 16 * 1024;
inline constexpr std::size_t bulk_body = 1024 * 1024;

/// One line of the table of calls. The table owns the endpoints.
struct route {
  verb method;
  std::string_view pattern; ///< as in call
  audience who;
  address_limit limit;
  staff_gate::price costs; ///< for staff calls only
  std::size_t body_limit;

  // Exactly one of the two is set; `who` decides which.
  endpoint* open = nullptr;
  staff_endpoint* closed = nullptr;
};

/// The table of calls while it is being built. It does not accept a staff endpoint with an open law, or the
/// reverse.
class route_table {
public:
  /// Adds a line, and makes and owns its endpoint.
  template <std::derived_from<endpoint> Endpoint, class... Args>
  void add(const call<open_law>& line, Args&&... args) {
    auto made = std::make_shared<Endpoint>(std::forward<Args>(args)...);
    add(line, *made);
    owned_.push_back(std::move(made));
  }

  template <std::derived_from<staff_endpoint> Endpoint, class... Args>
  void add(const call<staff_law>& line, Args&&... args) {
    auto made = std::make_shared<Endpoint>(std::forward<Args>(args)...);
    routes_.push_back({.method = line.method,
                       .pattern = line.pattern,
                       .who = line.law.who,
                       .limit = address_limit::strangers,
                       .costs = line.law.costs,
                       .body_limit = line.body_limit,
                       .closed = made.get()});
    owned_.push_back(std::move(made));
  }

  /// Adds a line with an endpoint that the caller owns. It must outlive the table.
  void add(const call<open_law>& line, endpoint& handler) {
    routes_.push_back({.method = line.method,
                       .pattern = line.pattern,
                       .who = line.law.who,
                       .limit = line.law.limit,
                       .costs = staff_gate::price::none,
                       .body_limit = line.body_limit,
                       .open = &handler});
  }

  std::span<const route> all() const { return routes_; }

private:
  std::vector<route> routes_;
  std::vector<std::shared_ptr<const void>> owned_;
};

} // namespace invited::handlers

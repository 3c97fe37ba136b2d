#pragma once

#include "handlers/http/endpoint.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace invited::handlers {

/// Who a route is for: what limits it, and what its errors look like.
enum class audience : std::uint8_t {
  staff,   ///< bearer token, cookie or password; limited per caller and provider, and without a token per
           ///< address
  patient, ///< anonymous or session token; limited per address; errors may be pages
  open,    ///< anyone; limited per address, with a high ceiling
};

/// One line of the table of calls.
struct route {
  verb method;
  std::string_view pattern; ///< static storage; at most one `{...}`, which stands for one whole segment
  audience who;
  std::size_t body_limit; ///< bytes
  endpoint* handler;      ///< not owned
};

/// Finds routes by method and path. Pure; built once, then read only.
class router {
public:
  explicit router(std::vector<route> routes);

  struct match {
    const route* found = nullptr; ///< null: no such path, or not this method (allow() tells)
    std::string_view param;       ///< what `{...}` stood for, as received
  };

  /// HEAD finds GET's route.
  match find(verb method, std::string_view path) const;

  /// The methods that `path` has, as an Allow field wants them ("GET, HEAD, OPTIONS"); empty for an unknown
  /// path.
  std::string allow(std::string_view path) const;

  std::span<const route> all() const { return routes_; }

  /// The place in all() of one that find() found.
  std::uint16_t line_of(const route& r) const { return static_cast<std::uint16_t>(&r - routes_.data()); }

private:
  /// A pattern taken apart: what stands before and behind its `{...}`, or all of it.
  struct shape {
    explicit shape(std::string_view pattern);

    /// Whether `path` is of this shape; `param` is then what its `{...}` stood for.
    bool matches(std::string_view path, std::string_view& param) const;

    std::string_view before, after{};
    bool is_open;
  };

  std::vector<route> routes_;
  std::vector<shape> shapes_; ///< of the routes, in their order
};

/// The name of a method as on the wire.
std::string_view name_of(verb method);

} // namespace invited::handlers

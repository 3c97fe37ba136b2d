#pragma once

#include "handlers/routing/route.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace invited::handlers {

/// Finds routes by method and path. Pure; built once, then only read.
class router {
public:
  explicit router(route_table table);

  struct match {
    const route* found = nullptr; ///< null: no such path, or not this method; allow() tells which
    std::string_view param;       ///< the text that `{...}` matched, as received
  };

  /// HEAD finds the route of GET.
  match find(verb method, std::string_view path) const;

  /// The methods of `path`, written as in an Allow field ("GET, HEAD, OPTIONS"); empty for an unknown path.
  std::string allow(std::string_view path) const;

  std::span<const route> all() const { return table_.all(); }

  /// The index in all() of a route that find() returned.
  std::uint16_t line_of(const route& r) const { return static_cast<std::uint16_t>(&r - all().data()); }

private:
  /// The parts of a pattern: the text before and after its `{...}`, or all of it.
  struct shape {
    explicit shape(std::string_view pattern);

    /// Whether `path` has this shape. Then `param` is the text that `{...}` matched.
    bool matches(std::string_view path, std::string_view& param) const;

    std::string_view before, after{};
    bool is_open;
  };

  route_table table_;
  std::vector<shape> shapes_; ///< one for each route, in the same order
};

/// The name of a method as on the wire.
std::string_view name_of(verb method);

} // namespace invited::handlers

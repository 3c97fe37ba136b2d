#pragma once

#include "handlers/routing/route.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace invited::handlers {

/// Finds routes by method and path. Pure; built once, then read only.
class router {
public:
  explicit router(route_table table);

  struct match {
    const route* found = nullptr; ///< null: no such path, or not this method (allow() tells)
    std::string_view param;       ///< what `{...}` stood for, as received
  };

  /// HEAD finds GET's route.
  match find(verb method, std::string_view path) const;

  /// The methods that `path` has, as an Allow field wants them ("GET, HEAD, OPTIONS"); empty for an unknown
  /// path.
  std::string allow(std::string_view path) const;

  std::span<const route> all() const { return table_.all(); }

  /// The place in all() of one that find() found.
  std::uint16_t line_of(const route& r) const { return static_cast<std::uint16_t>(&r - all().data()); }

private:
  /// A pattern taken apart: what stands before and behind its `{...}`, or all of it.
  struct shape {
    explicit shape(std::string_view pattern);

    /// Whether `path` is of this shape; `param` is then what its `{...}` stood for.
    bool matches(std::string_view path, std::string_view& param) const;

    std::string_view before, after{};
    bool is_open;
  };

  route_table table_;
  std::vector<shape> shapes_; ///< of the routes, in their order
};

/// The name of a method as on the wire.
std::string_view name_of(verb method);

} // namespace invited::handlers

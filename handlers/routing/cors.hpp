#pragma once

#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace invited::handlers {

/// Cross-origin access (Fetch standard, "CORS protocol") for a fixed list of origins. Credentials are never
/// allowed: other origins use bearer tokens.
class cors {
public:
  explicit cors(std::vector<std::string> origins);

  /// Adds the fields by which the request's origin may read the answer, and Vary: Origin if there is a list.
  void permit(const request& r, response& out) const;

  /// The same for a request of which perhaps not all fields could be read. If the origin is not known, it is
  /// taken for the only one of the list: to every other origin the field denies access.
  void permit_unread(const request& r, response& out) const;

  /// Adds the fields that answer a preflight to the answer to an OPTIONS request. `allow` is as in the Allow
  /// field.
  void preflight(const request& r, std::string_view allow, response& out) const;

private:
  bool knows(std::string_view origin) const;
  void permit(std::string_view origin, response& out) const;

  std::vector<std::string> origins_;
};

} // namespace invited::handlers

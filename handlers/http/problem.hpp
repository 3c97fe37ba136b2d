#pragma once

#include "handlers/http/response.hpp"

#include <boost/system/result.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace invited::handlers {

/// One error in one member of a request's content.
struct field_error {
  std::string pointer;   ///< JSON pointer (RFC 6901) to the member, "" for the whole
  std::string_view code; ///< stable, snake_case, static storage
  std::string message;   ///< for a person: what is wrong, and what is right
};

/// A problem answer (RFC 9457). `status` and `code` decide `type` and `title`.
struct problem {
  unsigned status = 500;
  std::string_view code;             ///< stable, snake_case, static storage
  std::string detail;                ///< one sentence for a person; never a secret or a patient's data
  std::vector<field_error> errors{}; ///< only with 422
  /// Extra members, already rendered as `,"name":value`; e.g. remaining_attempts.
  std::string extra{};
};

/// What a step gives, or why it gives nothing: the problem that the caller is answered with.
template <class T>
using result = boost::system::result<T, problem>;

/// Appends `,"errors":[...]`.
void append_errors(std::string& out, const std::vector<field_error>& errors);

/// Renders `p` as application/problem+json.
response to_response(const problem& p, std::string_view request_id);

} // namespace invited::handlers

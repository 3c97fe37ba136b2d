#pragma once

#include "handlers/http/response.hpp"
#include "handlers/text/json_text.hpp"

#include <boost/system/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace invited::handlers {

/// One error in one member of a request's content.
struct field_error {
  std::string pointer;   ///< JSON pointer (RFC 6901) to the member, "" for the whole
  std::string_view code; ///< stable, snake_case, static storage
  std::string message;   ///< for a person: what is wrong, and what is right
};

class json_writer;

/// A member that only some problems have: a number, a text, or an object of texts. An empty text is null.
struct extra_member {
  std::string_view name; ///< static storage
  std::variant<std::int64_t, std::string, text_members> value;
};

/// A problem answer (RFC 9457). `status` and `code` decide `type` and `title`.
struct problem {
  unsigned status = 500;
  std::string_view code;             ///< stable, snake_case, static storage
  std::string detail;                ///< one sentence for a person; never a secret or a patient's data
  std::vector<field_error> errors{}; ///< only with 422
  std::vector<extra_member> extra{}; ///< follow the usual members, in this order; e.g. remaining_attempts
};

/// What a step gives, or why it gives nothing: the problem that the caller is answered with.
template <class T>
using result = boost::system::result<T, problem>;

/// Writes the member `errors`.
void write_errors(json_writer& to, const std::vector<field_error>& errors);

/// Renders `p` as application/problem+json.
response to_response(const problem& p, std::string_view request_id);

} // namespace invited::handlers

#include "handlers/http/problem.hpp"

#include "handlers/http/reason_phrase.hpp"
#include "handlers/text/json_text.hpp"
#include "handlers/text/number_text.hpp"

namespace invited::handlers {

void append_errors(std::string& out, const std::vector<field_error>& errors) {
  out += R"(,"errors":[)";
  bool first = true;
  for (const auto& error : errors) {
    if (!first) out += ',';
    first = false;
    out += R"({"pointer":)";
    append_json_string(out, error.pointer);
    out += R"(,"code":)";
    append_json_string(out, error.code);
    out += R"(,"message":)";
    append_json_string(out, error.message);
    out += '}';
  }
  out += ']';
}

response to_response(const problem& p, std::string_view request_id) {
  response answer;
  answer.status = p.status;
  answer.content_type = "application/problem+json";
  std::string& out = answer.body;
  out.reserve(192 + p.detail.size() + p.extra.size() + 128 * p.errors.size());
  // RFC 9457 §4.2.1: "about:blank" says that the problem is that of the status, and `title` is its phrase.
  // Clients should tell problems apart by `code`.
  out += R"({"type":"about:blank","title":)";
  append_json_string(out, reason_phrase(p.status));
  out += R"(,"status":)";
  append_number(out, p.status);
  out += R"(,"detail":)";
  append_json_string(out, p.detail);
  out += R"(,"code":)";
  append_json_string(out, p.code);
  out += R"(,"request_id":)";
  append_json_string(out, request_id);
  if (!p.errors.empty()) append_errors(out, p.errors);
  out += p.extra;
  out += '}';
  return answer;
}

} // namespace invited::handlers

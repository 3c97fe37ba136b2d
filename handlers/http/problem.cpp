#include "handlers/http/problem.hpp"

#include "handlers/http/reason_phrase.hpp"
#include "handlers/text/json_writer.hpp"

namespace invited::handlers {
namespace {

void write_extra(json_writer& to, const extra_member& extra) {
  std::visit([&](const auto& value) { to.member(extra.name, value); }, extra.value);
}

} // namespace

void write_errors(json_writer& to, const std::vector<field_error>& errors) {
  to.name("errors");
  to.open_array();
  for (const field_error& error : errors) {
    to.open_object();
    to.text_member("pointer", error.pointer);
    to.text_member("code", error.code);
    to.text_member("message", error.message);
    to.close_object();
  }
  to.close_array();
}

response to_response(const problem& p, std::string_view request_id) {
  response answer;
  answer.status = p.status;
  answer.content_type = "application/problem+json";
  answer.body.reserve(192 + p.detail.size() + 64 * p.extra.size() + 128 * p.errors.size());
  json_writer to(answer.body);
  to.open_object();
  // RFC 9457 §4.2.1: "about:blank" says that the problem is that of the status, and `title` is its phrase.
  // Clients should tell problems apart by `code`.
  to.member("type", "about:blank");
  to.text_member("title", reason_phrase(p.status));
  to.member("status", p.status);
  to.text_member("detail", p.detail);
  to.text_member("code", p.code);
  to.text_member("request_id", request_id);
  if (!p.errors.empty()) write_errors(to, p.errors);
  for (const extra_member& extra : p.extra) write_extra(to, extra);
  to.close_object();
  return answer;
}

} // namespace invited::handlers

#include "handlers/answers/answer.hpp"

#include "handlers/http/accept.hpp"
#include "handlers/http/content_type.hpp"
#include "handlers/limits/rate_fields.hpp"

namespace invited::handlers {
namespace {

void add_owed_fields(const problem& p, response& out) {
  if (p.status == 503) add_retry_after(out, store_retry);
}

bool is_for_a_person(const request& r) {
  return negotiate(r[field::accept]) == answer_type::html && r[field::authorization].empty() &&
         read_content_type(r[field::content_type]) != body_type::json;
}

} // namespace

problem busy() {
  return {.status = 503,
          .code = "busy",
          .detail = "Too many such requests are waiting already. Nothing has happened; try again."};
}

response answer(const problem& p, const request& r) {
  if (is_for_a_person(r)) return answer_page(p, r);
  response out = to_response(p, r.request_id);
  add_owed_fields(p, out);
  return out;
}

response answer_page(const problem& p, const request& r, const problem_subject& about) {
  response out = problem_page(p, r, about);
  add_owed_fields(p, out);
  return out;
}

} // namespace invited::handlers

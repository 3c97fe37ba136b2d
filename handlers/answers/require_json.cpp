#include "handlers/answers/require_json.hpp"

#include "handlers/http/content_type.hpp"

namespace invited::handlers {

step<> require_json(const request& r) {
  const result<void> is_json = expect_json(r[field::content_type]);
  if (is_json) return {};
  response refused = answer(is_json.error(), r);
  refused.add("Accept", accepted_json);
  return refused;
}

} // namespace invited::handlers

#include "handlers/reporting/read_audit.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/http/json_page.hpp"
#include "handlers/reporting/audit_input.hpp"
#include "handlers/reporting/audit_json.hpp"

namespace invited::handlers {
namespace {

/// What a page costs beyond the usual unit: one call looks at a thousand entries.
constexpr std::uint32_t page_units = store::audit_log::most_looked_at / 100;

response show(const store::audit_page& page) {
  return json_page("events", page.events, 256, write_event,
                   page.next ? cursor_text(*page.next) : std::string());
}

} // namespace

task<response> read_audit::handle(request& r, const principal& who) {
  audit_input input;
  if (const auto read = read_audit_query(r.query, who, input); !read) co_return answer(read.error(), r);
  if (!who.may_use(input.query.provider_id)) co_return co_await gate_.refuse_foreign(who, r);
  const staff_meter::cost of_provider{input.query.provider_id, page_units};
  if (auto paid = gate_.bill(who, page_units, {&of_provider, 1}, r); !paid) co_return std::move(paid).error();
  store::result<store::audit_page> page = store::audit_page();
  if (!input.nothing) page = co_await audit_.read(input.query);
  if (!page) co_return answer(store_problem(page.error()), r);
  response out = show(*page);
  out.provider = input.query.provider_id;
  co_return out;
}

} // namespace invited::handlers

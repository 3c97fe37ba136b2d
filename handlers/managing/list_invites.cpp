#include "handlers/managing/list_invites.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/auth/actor.hpp"
#include "handlers/http/json_page.hpp"
#include "handlers/managing/invite_json.hpp"
#include "handlers/managing/list_input.hpp"

namespace invited::handlers {
namespace {

constexpr std::uint32_t ledgers_a_unit = 100;

/// What a page costs beyond the usual unit: for the caller, and for the named provider.
struct page_cost {
  page_cost(const store::list_query& q, const principal& who)
      : searched(q.is_search() ? store::searched_in_a_call / ledgers_a_unit : 0),
        provider{q.provider_id, searched} {
    if (who.providers.empty() || who.providers.front() != q.provider_id) ++provider.units;
  }

  std::uint32_t searched;
  staff_meter::cost provider;
};

response show(const store::invite_page& page) {
  return json_page("invites", page.invites, 512, write_invite,
                   page.next ? cursor_text(*page.next) : std::string());
}

} // namespace

task<response> list_invites::handle(request& r, const principal& who) {
  list_input input;
  if (const auto read = read_list(r.query, who, input); !read) co_return answer(read.error(), r);
  if (!who.may_use(input.query.provider_id)) co_return co_await gate_.refuse_foreign(who, r);
  if (input.query.finds_nothing()) {
    const store::invite_page nothing;
    co_return show(nothing);
  }
  const page_cost costs(input.query, who);
  if (auto paid = gate_.bill(who, costs.searched, {&costs.provider, 1}, r); !paid)
    co_return std::move(paid).error();
  const actor caller(who, r);
  const store::repeatable_event reading{input.query.provider_id, store::audit_action::read, {}, caller};
  store::audit_digest::trace left = audit_.begin(reading);
  input.query.actor = left.actor();
  const store::result<store::invite_page> page = co_await invites_.list(input.query);
  if (!page) co_return answer(store_problem(page.error()), r);
  if (costs.searched > 0) {
    const auto read = static_cast<std::uint32_t>(page->looked_at) / ledgers_a_unit;
    const staff_meter::cost unread{input.query.provider_id, costs.searched - read};
    gate_.give_back(who, unread.units, {&unread, 1});
  }
  left.written();
  response out = show(*page);
  out.provider = input.query.provider_id;
  co_return out;
}

} // namespace invited::handlers

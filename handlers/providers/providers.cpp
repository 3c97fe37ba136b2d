#include "handlers/providers/providers.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/require_json.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/auth/actor.hpp"
#include "handlers/http/content_type.hpp"
#include "handlers/http/if_match.hpp"
#include "handlers/http/json_page.hpp"
#include "handlers/providers/provider_input.hpp"
#include "handlers/providers/provider_json.hpp"
#include "handlers/values/values.hpp"
#include "store/base/percent.hpp"

#include <algorithm>

namespace invited::handlers {
namespace {

using clock = store::providers::clock;

// What a page costs beyond the usual unit: going through 256 groups, or reading up to a hundred settings.
constexpr std::uint32_t all_providers_units = 20;
constexpr std::uint32_t own_providers_units = 1;

problem no_such_provider() {
  return {.status = 404, .code = "not_found", .detail = "No provider can have this id."};
}

problem changed_meanwhile() {
  return {.status = 412,
          .code = "precondition_failed",
          .detail = "The settings are not the version that If-Match names. Read them again."};
}

/// The provider that a path names; empty if no provider can have that id. Only an admin gets that far.
std::string read_path(std::string_view segment) {
  std::optional<std::string> id = store::percent_decode(segment);
  if (!id || !check_provider_id(*id)) return {};
  return std::move(*id);
}

response show(std::string_view provider_id, const store::stored_settings& settings) {
  response out{.content_type = "application/json"};
  json_writer to(out.body);
  write_provider(to, provider_id, settings.set);
  out.add("ETag", entity_tag(settings));
  out.provider = provider_id;
  return out;
}

response show(std::span<const store::listed_provider> page, bool more) {
  const auto write = [](json_writer& to, const store::listed_provider& p) {
    write_provider(to, p.id, p.settings->set);
  };
  return json_page("providers", page, 256, write, more ? provider_cursor(page.back().id) : std::string());
}

/// The caller's providers after `after`, in the order of the list.
std::vector<std::string> own_after(const principal& who, std::string_view after) {
  std::vector<std::string> ids;
  for (const std::string& id : who.providers) {
    if (after.empty() || store::listed_before(after, id)) ids.push_back(id);
  }
  std::ranges::sort(ids, store::listed_before);
  return ids;
}

} // namespace

task<response> list_providers::handle(request& r, const principal& who) {
  const result<provider_list_input> input = read_provider_list(r.query);
  if (!input) co_return answer(input.error(), r);
  std::vector<std::string> ids;
  const std::uint32_t units = who.role == role::admin ? all_providers_units : own_providers_units;
  if (auto paid = gate_.bill(who, units, {}, r); !paid) co_return std::move(paid).error();
  if (who.role == role::admin) {
    store::result<std::vector<std::string>> all =
        co_await providers_.ids_after(input->after, input->limit + 1);
    if (!all) co_return answer(store_problem(all.error()), r);
    ids = std::move(*all);
  } else {
    ids = own_after(who, input->after);
  }
  const bool more = ids.size() > input->limit;
  if (more) ids.resize(input->limit);
  const clock::time_point now = clock::now();
  const store::result<std::vector<store::listed_provider>> page =
      co_await providers_.read_all(std::move(ids), now);
  if (!page) co_return answer(store_problem(page.error()), r);
  co_return show(*page, more);
}

task<response> read_provider::handle(request& r, const principal& who) {
  const std::string id = read_path(r.param);
  if (!who.may_use(id)) co_return co_await gate_.refuse_foreign(who, r);
  if (id.empty()) co_return answer(no_such_provider(), r);
  const clock::time_point now = clock::now();
  const store::result<store::settings_ptr> settings = co_await providers_.read_now(id, now);
  if (!settings) co_return answer(store_problem(settings.error()), r);
  co_return show(id, **settings);
}

task<response> set_provider::handle(request& r, const principal& who) {
  const std::string id = read_path(r.param);
  if (id.empty()) co_return answer(no_such_provider(), r);
  if (step<> is_json = require_json(r); !is_json) co_return std::move(is_json).error();
  const result<store::provider_settings> wanted = read_provider_settings(r.body, id, rules_);
  if (!wanted) co_return answer(wanted.error(), r);
  store::providers::change change{.provider_id = id, .set = *wanted};
  const clock::time_point now = clock::now();
  if (r.has(field::if_match)) {
    const store::result<store::settings_ptr> before = co_await providers_.read_now(id, now);
    if (!before) co_return answer(store_problem(before.error()), r);
    if (!is_match(r[field::if_match], entity_tag(**before))) co_return answer(changed_meanwhile(), r);
    change.expected = (*before)->value;
  }
  const actor caller(who, r);
  const std::string sealed = store::seal_actor(seals_, {}, id, caller);
  change.actor = sealed;
  const store::result<store::settings_ptr> set = co_await providers_.write(change, now);
  if (!set) co_return answer(store_problem(set.error()), r);
  if (!*set) co_return answer(changed_meanwhile(), r);
  co_return show(id, **set);
}

} // namespace invited::handlers

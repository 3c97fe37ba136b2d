#include "store/invites/view_call.hpp"

#include "store/base/script_number.hpp"
#include "store/invites/reading.hpp"
#include "store/keys/keys.hpp"
#include "store/resp/reply_reader.hpp"
#include "store/scripts.hpp"

#include <string_view>
#include <utility>

namespace invited::store {

view_call::view_call(const invite_ref& ref, std::optional<handle> redeem_key, std::string actor)
    : ref_(ref), redeem_key_(redeem_key), actor_(std::move(actor)) {}

const script& view_call::text() noexcept {
  return scripts::view;
}

void view_call::write(redis::script_writer& to, std::span<const view_call* const> calls, std::int64_t today) {
  constexpr std::size_t common_keys = 2, own_keys = 2, common_arguments = 1, own_arguments = 3;
  const group tag = calls.front()->ref_.tag;
  to.begin(common_keys + own_keys * calls.size(), common_arguments + own_arguments * calls.size());
  to.add(day_key(tag, today));
  to.add(group_key("aud", tag));
  for (const std::string_view kind : {"log", "ses"}) {
    for (const view_call* call : calls) to.add(invite_key(kind, tag, call->ref_.h));
  }
  to.add(script_number(today));
  for (const view_call* call : calls) {
    to.add(as_text(call->ref_.h));
    to.add(call->redeem_key_ ? as_text(*call->redeem_key_) : std::string_view());
    to.add(call->actor_);
  }
}

result<std::optional<invite_view>> view_call::read(const redis::node& reply, const handle_key& key,
                                                   sealer& seals) const {
  redis::reply_reader read(reply);
  const std::string_view what = read.word();
  if (what == "unknown") return std::optional<invite_view>();
  const bool own_session = read.number() == 1;
  const std::optional<ledger> l = read_ledger(read.text());
  if (read.failed() || what.size() != 1 || !l) return errc::unexpected;
  result<invite_view> seen = view_of(seals, key, static_cast<invite_state>(what[0]), own_session, *l);
  if (!seen) return seen.error();
  return std::move(*seen);
}

} // namespace invited::store

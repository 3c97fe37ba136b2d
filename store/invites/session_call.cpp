#include "store/invites/session_call.hpp"

#include "store/invites/reading.hpp"
#include "store/keys/keys.hpp"
#include "store/resp/reply_reader.hpp"
#include "store/scripts.hpp"

#include <string_view>
#include <utility>

namespace invited::store {

session_call::session_call(const invite_ref& ref, const session_id& id, std::string actor)
    : ref_(ref), id_(id), actor_(std::move(actor)) {}

const script& session_call::text() noexcept {
  return scripts::session;
}

void session_call::write(redis::script_writer& to, std::span<const session_call* const> calls,
                         std::int64_t /*today*/) {
  constexpr std::size_t own_keys = 2, own_arguments = 3;
  const group tag = calls.front()->ref_.tag;
  to.begin(1 + own_keys * calls.size(), own_arguments * calls.size());
  to.add(group_key("aud", tag));
  for (const std::string_view kind : {"ses", "log"}) {
    for (const session_call* call : calls) to.add(invite_key(kind, tag, call->ref_.h));
  }
  for (const session_call* call : calls) {
    to.add(as_text(call->id_));
    to.add(as_text(call->ref_.h));
    to.add(call->actor_);
  }
}

result<std::optional<open_session>> session_call::read(const redis::node& reply, const handle_key& key,
                                                       sealer& seals) const {
  redis::reply_reader read(reply);
  if (read.word() == "unknown") return std::optional<open_session>();
  const std::optional<session> opened = read_session(read.text());
  const std::optional<ledger> l = read_ledger(read.text());
  if (read.failed() || !opened || !l) return errc::unexpected;
  result<patient_record> record = open_record(seals, key, *l);
  if (!record) return record.error();
  return open_session{*opened, std::move(*record), std::string(l->provider_id)};
}

} // namespace invited::store

// What becomes of a patient's asking for a new link.
#include "store/base/script_number.hpp"
#include "store/invites/invites.hpp"
#include "store/keys/keys.hpp"
#include "store/redis/day_call.hpp"
#include "store/resp/reply_reader.hpp"
#include "store/scripts.hpp"

#include <array>

namespace invited::store {
namespace {

/// The keys and arguments of ask-3.lua.
class ask_call final : public redis::day_call {
public:
  ask_call(const invite_ref& ref, const lifetimes& lives)
      : ref_(ref), forgotten_after_((lives.ttl_max + lives.retention).count()) {}

  void write_to(redis::script_writer& to, std::int64_t today) const override {
    constexpr std::string_view once_an_hour = "3600000"; // ms
    to.begin(3, 4);
    to.add(invite_key("log", ref_.tag, ref_.h));
    to.add(day_key(ref_.tag, today));
    to.add(group_key("ask", ref_.tag));
    to.add(script_number(today));
    to.add(once_an_hour);
    to.add(as_text(ref_.h));
    to.add(script_number(forgotten_after_));
  }

private:
  const invite_ref& ref_;
  std::int64_t forgotten_after_; ///< ms
};

} // namespace

task<result<void>> invites::ask(invite_ref ref) {
  const ask_call call(ref, lives_);
  const result<redis::reply> reply = co_await redis::run_on_day(redis_, scripts::ask, call, today_);
  if (!reply) co_return reply.error();
  const std::string_view what = redis::reply_reader(*reply).word();
  if (what != "noted" && what != "noted_before" && what != "unknown") co_return errc::unexpected;
  if (what == "noted") tally_.note(invite_event::asked);
  co_return result<void>();
}

task<result<std::optional<invite_details>>> invites::clear_asked(invite_ref ref, const provider_scope& scope,
                                                                 const audit_actor& actor) {
  const key_name log = invite_key("log", ref.tag, ref.h), asked = group_key("ask", ref.tag),
                 aud = group_key("aud", ref.tag);
  const std::string sealed = sealed_actor(ref, actor);
  const std::array<std::string_view, 3> keys = {log, asked, aud};
  const std::array<std::string_view, 3> args = {as_text(ref.h), scope.text(), sealed};
  const result<redis::reply> reply = co_await redis_.run(scripts::clear_asked, keys, args);
  if (!reply) co_return reply.error();
  redis::reply_reader read(*reply);
  const std::string_view what = read.word();
  if (what == "unknown") co_return std::optional<invite_details>();
  const std::string_view state = read.word();
  const std::optional<ledger> l = read_ledger(read.text());
  if (!l || what != "done") co_return errc::unexpected;
  result<invite_details> found = details_of(ref, state, *l);
  if (!found) co_return found.error();
  co_return std::move(*found);
}

} // namespace invited::store

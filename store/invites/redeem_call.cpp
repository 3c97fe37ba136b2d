#include "store/invites/redeem_call.hpp"

#include "store/base/script_number.hpp"
#include "store/invites/reading.hpp"
#include "store/keys/keys.hpp"
#include "store/resp/reply_reader.hpp"
#include "store/scripts.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace invited::store {
namespace {

std::optional<redeem_outcome::kind> refusal(std::string_view word) {
  using kind = redeem_outcome::kind;
  constexpr std::pair<std::string_view, kind> words[] = {{"already_redeemed", kind::already_redeemed},
                                                         {"revoked", kind::revoked},
                                                         {"replaced", kind::replaced},
                                                         {"expired", kind::expired},
                                                         {"lost", kind::lost},
                                                         {"unknown", kind::unknown},
                                                         {"unanswered", kind::answer_required},
                                                         {"wrong", kind::wrong_answer},
                                                         {"locked", kind::locked}};
  for (const auto& [text, what] : words) {
    if (text == word) return what;
  }
  return {};
}

/// `won` is the session, of `session_size`, and the ledger.
result<redeem_outcome> read_won(std::string_view won, std::size_t session_size, const handle_key& key,
                                sealer& seals) {
  const std::optional<session> opened = read_session(won);
  const std::optional<ledger> l = read_ledger(won.substr(std::min(session_size, won.size())));
  if (!opened || !l) return errc::unexpected;
  result<patient_record> record = open_record(seals, key, *l);
  if (!record) return record.error();
  return redeem_outcome{redeem_outcome::kind::redeemed, *opened, std::move(*record),
                        std::string(l->provider_id)};
}

} // namespace

redeem_call::redeem_call(const invite_ref& ref, std::chrono::seconds session, const bond& to, entropy& random)
    : ref_(ref), session_(session) {
  const auto jti = std::span(begun_).first<16>();
  random.fill(jti);
  auto end = std::copy(to.signer.begin(), to.signer.end(), begun_.begin() + jti.size());
  if (to.redeem_key != nullptr) end = std::copy(to.redeem_key->begin(), to.redeem_key->end(), end);
  begun_size_ = static_cast<std::size_t>(end - begun_.begin());
}

const script& redeem_call::text() noexcept {
  return scripts::redeem;
}

bool redeem_call::goes_with(const redeem_call& other) const noexcept {
  return ref_.tag == other.ref_.tag && session_ == other.session_ && held == other.held;
}

void redeem_call::write(redis::script_writer& to, std::span<const redeem_call* const> calls,
                        std::int64_t today) {
  constexpr std::size_t common_keys = 4, own_keys = 3, common_arguments = 2, own_arguments = 5;
  const redeem_call& first = *calls.front();
  const group tag = first.ref_.tag;
  to.begin(common_keys + own_keys * calls.size(), common_arguments + own_arguments * calls.size());
  to.add(group_key("due", tag));
  to.add(day_key(tag, today));
  to.add(gauge_key(tag));
  to.add(group_key("aud", tag));
  for (const std::string_view kind : {"log", "inv", "ses"}) {
    for (const redeem_call* call : calls) to.add(invite_key(kind, tag, call->ref_.h));
  }
  to.add(script_numbers<2>(today, first.session_.count()));
  to.add(first.held);
  for (const redeem_call* call : calls) call->add_arguments(to);
}

void redeem_call::add_arguments(redis::script_writer& to) const {
  to.add(as_text(ref_.h));
  to.add(as_text(bytes_view(begun_).first(begun_size_)));
  to.add(actor);
  to.add(answer ? as_text(*answer) : std::string_view());
  to.add(answer && older ? as_text(*older) : std::string_view());
}

result<redeem_outcome> redeem_call::read(const redis::node& reply, const handle_key& key,
                                         sealer& seals) const {
  if (reply.kind() == redis::kind::bulk)
    return read_won(reply.text(), session_times + begun_size_, key, seals);
  redis::reply_reader read(reply);
  const std::string_view what = read.word();
  if (what == "key") return errc::key_unavailable;
  const std::optional<redeem_outcome::kind> refused = refusal(what);
  if (!refused) return errc::unexpected;
  redeem_outcome outcome{.what = *refused};
  using kind = redeem_outcome::kind;
  if (*refused != kind::wrong_answer && *refused != kind::answer_required && *refused != kind::locked)
    return outcome;
  outcome.attempts_left = static_cast<unsigned>(read.number());
  const std::optional<ledger> l = read_ledger(read.text());
  if (!l || read.failed()) return errc::unexpected;
  result<invite_view> seen = view_of(seals, key, l->state, false, *l);
  if (!seen) return seen.error();
  outcome.seen = std::move(*seen);
  return outcome;
}

} // namespace invited::store

#include "store/invites.hpp"
#include "store/keys.hpp"
#include "store/scripts.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace invited::store {
namespace {

/// A number as script argument, in place.
class number {
public:
  explicit number(std::int64_t value) {
    end_ = std::to_chars(text_.data(), text_.data() + text_.size(), value).ptr;
  }
  explicit number(double value) {
    end_ = std::to_chars(text_.data(), text_.data() + text_.size(), value).ptr;
  }

  operator std::string_view() const { return {text_.data(), static_cast<std::size_t>(end_ - text_.data())}; }

private:
  std::array<char, 32> text_;
  char* end_;
};

handle first_half(const bytes32& digest) {
  handle out;
  std::copy_n(digest.begin(), out.size(), out.begin());
  return out;
}

std::chrono::milliseconds ms_of(const redis::node& n) {
  return std::chrono::milliseconds(n.integer());
}

constexpr int day_tries = 3; ///< midnight passes once; twice more would be a clock gone mad

} // namespace

/// All that one create sends. It lives in the coroutine's frame, because a repeat (another day) sends it
/// again.
struct invites::create_call {
  const new_invite& wanted;
  group tag;
  invite_id id;
  handle h;
  new_ledger ledger;
  std::string creator; ///< sealed
  std::optional<key_name> once_key;
  handle fingerprint{};
  std::string once; ///< h ‖ key id ‖ sealed invite_id

  create_call(const new_invite& w, group g, sealer& seals, sha256& hash, entropy& random)
      : wanted(w), tag(g), id(new_invite_id(g, random)), h(handle_of(id, hash)) {
    seal_record(seals);
    seals.seal(seal_kind::creator, h, w.provider_id, w.creator, creator);
    if (w.once) prepare_once(seals);
  }

  void seal_record(sealer& seals) {
    std::string email(wanted.email); // searched without regard to case; the record keeps it as written
    std::transform(email.begin(), email.end(), email.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    const bytes32 blind_index = seals.blind("email", {wanted.provider_id, email});
    ledger = begin_ledger(seals.current(), blind_index, wanted.provider_id);
    const std::string plain = encode(id, wanted.email, wanted.first_name, wanted.last_name, wanted.phone,
                                     wanted.locale, wanted.creator);
    seals.seal(seal_kind::record, h, wanted.provider_id, plain, ledger.tail);
  }

  void prepare_once(sealer& seals) {
    const idempotency& o = *wanted.once;
    const std::string_view provider = wanted.provider_id;
    once_key = idempotency_key_name(
        tag, first_half(seals.blind("idempotency", {o.issuer, o.subject, provider, o.route, o.key})));
    const number ttl(std::int64_t{wanted.ttl.count()});
    fingerprint = first_half(seals.blind("fingerprint", {wanted.email, wanted.first_name, wanted.last_name,
                                                         wanted.phone, wanted.locale, ttl}));
    once = as_text(h);
    once += as_text(seals.current());
    seals.seal(seal_kind::idempotency, h, provider, as_text(bytes_view(id.data, sizeof id.data)), once);
  }

  boost::asio::awaitable<result<redis::reply>> send(redis::connection& redis, const lifetimes& lives,
                                                    std::int64_t today) const {
    const std::string_view provider = wanted.provider_id;
    const key_name inv = invite_key("inv", tag, h), log = invite_key("log", tag, h),
                   idx = provider_key("idx", tag, provider), due = group_key("due", tag),
                   sum = day_key(tag, today), now = gauge_key(tag), lim = provider_key("lim", tag, provider);
    const std::array<std::string_view, 8> keys = {
        inv, log, idx, due, sum, now, lim, once_key ? std::string_view(*once_key) : std::string_view()};
    const number day(today), ttl(std::int64_t{wanted.ttl.count()}),
        retention(std::int64_t{lives.retention.count()}),
        index_age(std::int64_t{(lives.ttl_max + lives.retention).count()}),
        interval(1e6 / wanted.limit.per_second), burst(std::int64_t{wanted.limit.burst});
    const std::array<std::string_view, 13> args = {day,      ttl,         retention,   index_age,
                                                   interval, burst,       as_text(h),  provider,
                                                   creator,  ledger.head, ledger.tail, as_text(fingerprint),
                                                   once};
    const std::span<const std::string_view> used_keys(keys.data(), once_key ? 8 : 7);
    const std::span<const std::string_view> used_args(args.data(), once_key ? 13 : 11);
    co_return co_await redis.run(scripts::create, used_keys, used_args);
  }
};

invites::invites(redis::connection& redis, sealer& seals, entropy& random, lifetimes lives,
                 std::int64_t today)
    : redis_(redis), seals_(seals), random_(random), lives_(lives), today_(today) {}

boost::asio::awaitable<result<create_outcome>> invites::create(const new_invite& wanted) {
  const create_call call(wanted, group_of(wanted.provider_id), seals_, hash_, random_);
  for (int tries = 0; tries < day_tries; ++tries) {
    const result<redis::reply> reply = co_await call.send(redis_, lives_, today_);
    if (!reply) co_return reply.error();
    if (reply->at(0).text() != "day") co_return read_created(call, *reply);
    today_ = reply->at(1).integer();
  }
  co_return errc::unexpected;
}

result<create_outcome> invites::read_created(const create_call& call, const redis::reply& reply) {
  using kind = create_outcome::kind;
  const std::string_view what = reply.at(0).text();
  const std::uint32_t burst = call.wanted.limit.burst;
  if (what == "limited") {
    const std::chrono::milliseconds wait = ms_of(reply.at(1));
    return create_outcome{.what = kind::limited, .retry_after = wait, .tokens = {burst, 0, wait}};
  }
  const bucket tokens{burst, reply.at(2).integer(), ms_of(reply.at(3))};
  if (what == "reused") return create_outcome{.what = kind::key_reused, .tokens = tokens};
  const std::int64_t expires_at = reply.at(1).integer();
  if (what == "created") {
    const created_invite made{call.id, {call.tag, call.h}, expires_at, false};
    return create_outcome{.what = kind::created, .invite = made, .tokens = tokens};
  }
  const std::string_view once = reply.at(4).text();
  if (what != "replayed" || once.size() < sizeof(handle) + sizeof(key_id)) return errc::unexpected;

  handle h;
  key_id under;
  std::memcpy(h.data(), once.data(), h.size());
  std::memcpy(under.data(), once.data() + h.size(), under.size());
  const result<std::string> id = seals_.open(seal_kind::idempotency, under, h, call.wanted.provider_id,
                                             once.substr(h.size() + under.size()));
  if (!id) return id.error();
  created_invite made{{}, {call.tag, h}, expires_at, true};
  if (id->size() != sizeof made.id.data) return errc::corrupt;
  std::memcpy(made.id.data, id->data(), id->size());
  return create_outcome{.what = kind::created, .invite = made, .tokens = tokens};
}

} // namespace invited::store

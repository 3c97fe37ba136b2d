#include "store/invites.hpp"
#include "store/keys.hpp"
#include "store/scripts.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace invited::store {
namespace {

/// A number as script argument, in place.
class number {
public:
  explicit number(std::int64_t value)
      : size_(size_of(std::to_chars(text_.data(), text_.data() + text_.size(), value).ptr)) {}
  explicit number(double value)
      : size_(size_of(std::to_chars(text_.data(), text_.data() + text_.size(), value).ptr)) {}

  operator std::string_view() const { return {text_.data(), size_}; }

private:
  std::uint8_t size_of(const char* end) const { return static_cast<std::uint8_t>(end - text_.data()); }

  std::array<char, 31> text_; // before size_, which is made from it
  std::uint8_t size_;
};

std::chrono::milliseconds ms_of(const redis::node& n) {
  return std::chrono::milliseconds(n.integer());
}

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

  create_call(const new_invite& w, group g, std::string_view email_index, sealer& seals, entropy& random)
      : wanted(w), tag(g), id(new_invite_id(g, random)), h(handle_of(id)) {
    seal_record(seals, email_index);
    seals.seal(seal_kind::creator, h, w.provider_id, w.creator, creator);
    if (w.once) prepare_once(seals);
  }

  void seal_record(sealer& seals, std::string_view email_index) {
    const handle answer = wanted.fact == nullptr ? handle{} : answer_hash(seals, h, *wanted.fact);
    ledger = begin_ledger(seals.current(), email_index, wanted.provider_id,
                          wanted.fact == nullptr ? std::string_view() : as_text(answer));
    const std::string plain = encode(id, wanted.email, wanted.first_name, wanted.last_name, wanted.phone,
                                     wanted.locale, wanted.creator, wanted.fact);
    seals.seal(seal_kind::record, h, wanted.provider_id, plain, ledger.tail);
  }

  void prepare_once(sealer& seals) {
    const idempotency& o = *wanted.once;
    const std::string_view provider = wanted.provider_id;
    once_key = idempotency_key_name(
        tag, first_half(seals.blind("idempotency", {o.issuer, o.subject, provider, o.route, o.key})));
    fingerprint = first_half(fingerprint_of(seals));
    once = as_text(h);
    once += as_text(seals.current());
    seals.seal(seal_kind::idempotency, h, provider, as_text(bytes_view(id.data, sizeof id.data)), once);
  }

  bytes32 fingerprint_of(sealer& seals) {
    const new_invite& w = wanted;
    const number ttl(std::int64_t{w.ttl.count()});
    if (w.fact == nullptr)
      return seals.blind("fingerprint", {w.email, w.first_name, w.last_name, w.phone, w.locale, ttl});
    return seals.blind("fingerprint", {w.email, w.first_name, w.last_name, w.phone, w.locale, ttl,
                                       name_of(w.fact->kind), w.fact->answer});
  }
};

/// Keys and arguments of the script, as its header lists them: views of the call and of names and numbers
/// kept here.
class invites::create_arguments {
public:
  create_arguments(const create_call& c, const lifetimes& lives, std::int64_t today)
      : names_{invite_key("inv", c.tag, c.h),
               invite_key("log", c.tag, c.h),
               provider_key("idx", c.tag, c.wanted.provider_id),
               group_key("due", c.tag),
               day_key(c.tag, today),
               gauge_key(c.tag),
               provider_key("lim", c.tag, c.wanted.provider_id)},
        numbers_{number(today),
                 number(std::int64_t{c.wanted.ttl.count()}),
                 number(std::int64_t{lives.retention.count()}),
                 number(std::int64_t{(lives.ttl_max + lives.retention).count()}),
                 number(1e6 / c.wanted.limit.per_second),
                 number(std::int64_t{c.wanted.limit.burst})},
        once_(c.once_key.has_value()) {
    std::copy(names_.begin(), names_.end(), keys_.begin());
    if (once_) keys_.back() = *c.once_key;
    const auto rest = std::copy(numbers_.begin(), numbers_.end(), args_.begin());
    const std::initializer_list<std::string_view> texts = {
        as_text(c.h),  c.wanted.provider_id,   c.creator, c.ledger.head,
        c.ledger.tail, as_text(c.fingerprint), c.once};
    std::copy(texts.begin(), texts.end(), rest);
  }
  create_arguments(const create_arguments&) = delete;
  create_arguments& operator=(const create_arguments&) = delete;

  // The last key and the last two arguments are for callers with an idempotency key.
  std::span<const std::string_view> keys() const { return {keys_.data(), once_ ? 8u : 7u}; }
  std::span<const std::string_view> args() const { return {args_.data(), once_ ? 13u : 11u}; }

private:
  std::array<key_name, 7> names_;
  std::array<number, 6> numbers_;
  bool once_;
  std::array<std::string_view, 8> keys_;
  std::array<std::string_view, 13> args_;
};

invites::invites(redis::connection& redis, sealer& seals, entropy& random, lifetimes lives,
                 std::int64_t today)
    : redis_(redis), seals_(seals), random_(random), lives_(lives), today_(today) {}

task<result<create_outcome>> invites::create(const new_invite& wanted) {
  const std::string index = email_index(wanted.provider_id, wanted.email);
  const create_call call(wanted, group_of(wanted.provider_id), index, seals_, random_);
  for (int tries = 0; tries < day_tries; ++tries) {
    const create_arguments sent(call, lives_, today_);
    const result<redis::reply> reply = co_await redis_.run(scripts::create, sent.keys(), sent.args());
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

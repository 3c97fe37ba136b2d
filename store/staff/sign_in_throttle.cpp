#include "store/staff/sign_in_throttle.hpp"

#include "store/async/all_of.hpp"
#include "store/keys.hpp"
#include "store/script_number.hpp"
#include "store/scripts.hpp"

#include <algorithm>
#include <array>

namespace invited::store {
namespace {

/// The attempt's time, or how long to wait.
struct verdict {
  std::int64_t at = 0;
  std::int64_t wait = 0;
};

result<verdict> read_verdict(const result<redis::reply>& reply) {
  if (!reply) return reply.error();
  const std::string_view what = reply->at(0).text();
  const std::int64_t ms = reply->at(1).integer();
  if (what == "counted") return verdict{ms, 0};
  if (what == "wait") return verdict{0, ms};
  return errc::unexpected;
}

} // namespace

task<result<redis::reply>> sign_in_throttle::take_one(step s, handle h) {
  const key_name key = staff_key("thr", h);
  const script_number within(std::int64_t{window.count()}), allowed(std::int64_t{most});
  const std::array<std::string_view, 1> keys = {key};
  const std::array<std::string_view, 3> args = {within, allowed, s == step::look ? "look" : "count"};
  co_return co_await redis_.run(scripts::attempt, keys, args);
}

task<result<void>> sign_in_throttle::forgive_one(handle h, std::int64_t at) {
  const key_name key = staff_key("thr", h);
  const script_number time(at);
  const std::array<std::string_view, 1> keys = {key};
  const std::array<std::string_view, 1> args = {time};
  const result<redis::reply> reply = co_await redis_.run(scripts::forgive, keys, args);
  if (!reply) co_return reply.error();
  co_return result<void>();
}

/// Two keys, two slots of a cluster, so two calls. First a look at both, for who must wait because of the one
/// must not use up the other, nor make Redis write; where one refuses all the same, the other is taken back.
task<result<sign_in_attempt>> sign_in_throttle::count(handle account_name, std::string_view address) {
  sign_in_attempt attempt{account_name, first_half(seals_.blind("sign-in address", {address}))};
  for (const step s : {step::look, step::count}) {
    const result<void> taken = co_await take(s, attempt);
    if (taken && !attempt.wait) continue;
    co_await forgive(attempt);
    if (!taken) co_return taken.error();
    break;
  }
  co_return attempt;
}

/// Unless there is room in both, `attempt` says how long to wait.
task<result<void>> sign_in_throttle::take(step s, sign_in_attempt& attempt) {
  std::array<task<result<redis::reply>>, 2> calls = {take_one(s, attempt.account_name),
                                                     take_one(s, attempt.address)};
  all_of<result<redis::reply>> both(calls);
  co_await both;
  const result<verdict> account = read_verdict(calls[0].take()), place = read_verdict(calls[1].take());
  if (s == step::count) {
    if (account) attempt.account_at = account->at;
    if (place) attempt.address_at = place->at;
  }
  if (!account) co_return account.error();
  if (!place) co_return place.error();
  if (account->at == 0 || place->at == 0)
    attempt.wait = std::chrono::milliseconds(std::max(account->wait, place->wait));
  co_return result<void>();
}

task<void> sign_in_throttle::forgive(sign_in_attempt counted) {
  std::array<task<result<void>>, 2> calls;
  std::size_t n = 0;
  if (counted.account_at != 0) calls[n++] = forgive_one(counted.account_name, counted.account_at);
  if (counted.address_at != 0) calls[n++] = forgive_one(counted.address, counted.address_at);
  const std::span<task<result<void>>> made(calls.data(), n);
  all_of<result<void>> all(made);
  co_await all;
}

} // namespace invited::store

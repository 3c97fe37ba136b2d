#include "store/staff/sign_in_throttle.hpp"

#include "store/async/all_of.hpp"
#include "store/base/script_number.hpp"
#include "store/resp/reply_reader.hpp"
#include "store/scripts.hpp"

#include <span>

namespace invited::store {
namespace {

constexpr std::string_view kind = "thr";

} // namespace

sign_in_attempt sign_in_throttle::from_address(const handle& account_name, std::string_view address) const {
  return {.own = first_half(seals_.blind("sign-in pair", {as_text(account_name), address})),
          .address = first_half(seals_.blind("sign-in address", {address})),
          .account_name = account_name};
}

sign_in_attempt sign_in_throttle::from_device(const handle& account_name, const handle& device) const {
  return {.own = first_half(seals_.blind("sign-in device", {as_text(account_name), as_text(device)})),
          .account_name = account_name,
          .known_device = true};
}

/// The count of an account from an address is in the slot of the address, so that one call counts both or
/// none.
sign_in_throttle::place sign_in_throttle::place_of(const sign_in_attempt& a) {
  if (a.known_device) return {{staff_key(kind, a.own)}, 1};
  return {{attempt_key(a.address, a.own), staff_key(kind, a.address)}, 2};
}

/// The count that refuses comes first, because an attempt that must wait must not use up the account's, or
/// make Redis write.
task<result<void>> sign_in_throttle::count(sign_in_attempt& attempt) {
  const place at = place_of(attempt);
  const script_number within(std::int64_t{window.count()}), own(std::int64_t{most}),
      of_address(std::int64_t{most_of_address});
  const std::array<std::string_view, 2> keys = {at.keys[0], at.keys[1]};
  const std::span<const std::string_view> used(keys.data(), at.size);
  const std::array<std::string_view, 3> args = {within, own, of_address};
  const result<redis::reply> reply = co_await redis_.run(scripts::attempt, used, args);
  if (!reply) co_return reply.error();
  redis::reply_reader read(*reply);
  const std::string_view what = read.word();
  const std::int64_t ms = read.number();
  if (read.failed()) co_return errc::unexpected;
  if (what == "wait") {
    attempt.wait = std::chrono::milliseconds(ms);
    co_return result<void>();
  }
  if (what != "counted" && what != "crowded") co_return errc::unexpected;
  attempt.at = ms;
  attempt.crowded = what == "crowded";
  attempt.in_address = at.size == 2 && !attempt.crowded;
  if (attempt.known_device) co_return result<void>();
  const result<void> counted = co_await count_for_account(attempt);
  if (counted) co_return result<void>();
  co_await forgive(attempt);
  co_return counted.error();
}

task<result<void>> sign_in_throttle::count_for_account(sign_in_attempt& attempt) {
  const key_name key = staff_key(kind, attempt.account_name);
  const script_number within(std::int64_t{account_window.count()}), allowed(std::int64_t{most_of_account});
  const std::array<std::string_view, 1> keys = {key};
  const std::array<std::string_view, 2> args = {within, allowed};
  const result<redis::reply> reply = co_await redis_.run(scripts::attempt, keys, args);
  if (!reply) co_return reply.error();
  redis::reply_reader read(*reply);
  const std::string_view what = read.word();
  const std::int64_t ms = read.number();
  if (read.failed() || (what != "wait" && what != "counted")) co_return errc::unexpected;
  if (what == "wait")
    attempt.crowded = true;
  else
    attempt.account_at = ms;
  co_return result<void>();
}

task<result<void>> sign_in_throttle::take_back(place from, std::int64_t at) {
  const script_number time(at);
  const std::array<std::string_view, 2> keys = {from.keys[0], from.keys[1]};
  const std::span<const std::string_view> used(keys.data(), from.size);
  const std::array<std::string_view, 1> args = {time};
  const result<redis::reply> reply = co_await redis_.run(scripts::forgive, used, args);
  if (!reply) co_return reply.error();
  co_return result<void>();
}

task<void> sign_in_throttle::forgive(sign_in_attempt counted) {
  std::array<task<result<void>>, 2> calls;
  std::size_t n = 0;
  if (counted.at != 0) {
    place from = place_of(counted);
    if (!counted.in_address) from.size = 1;
    calls[n++] = take_back(from, counted.at);
  }
  if (counted.account_at != 0) {
    const place account{{staff_key(kind, counted.account_name)}, 1};
    calls[n++] = take_back(account, counted.account_at);
  }
  const std::span<task<result<void>>> made(calls.data(), n);
  all_of<result<void>> all(made);
  co_await all;
}

} // namespace invited::store

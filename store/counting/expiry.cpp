#include "store/counting/expiry.hpp"

#include "store/base/script_number.hpp"
#include "store/keys/keys.hpp"
#include "store/redis/day_call.hpp"
#include "store/resp/reply_reader.hpp"
#include "store/scripts.hpp"

namespace invited::store {
namespace {

/// The keys and arguments of settle-4.lua.
class settle_call final : public redis::day_call {
public:
  explicit settle_call(group g) : tag_(g) {}

  void write_to(redis::script_writer& to, std::int64_t day) const override {
    to.begin(4, 2);
    to.add(group_key("due", tag_));
    to.add(day_key(tag_, day));
    to.add(gauge_key(tag_));
    to.add(group_key("aud", tag_));
    to.add(script_number(day));
    to.add(script_number(std::int64_t{expiry::most_in_a_call}));
  }

private:
  group tag_;
};

} // namespace

task<result<std::uint32_t>> expiry::settle(group g) {
  const settle_call call(g);
  std::uint32_t settled = 0;
  std::int64_t day = day_; // a copy, because groups that are settled at the same time have days of their own
  while (settled < most_in_one_go) {
    const result<redis::reply> reply = co_await redis::run_on_day(redis_, scripts::settle, call, day);
    if (!reply) co_return reply.error();
    day_ = day;
    redis::reply_reader read(*reply);
    const std::string_view what = read.word();
    if (what == "idle") break;
    const std::int64_t n = read.number();
    if (what != "settled" || n <= 0 || n > most_in_a_call) co_return errc::unexpected;
    settled += static_cast<std::uint32_t>(n);
    settled_.add(static_cast<std::uint32_t>(n));
  }
  co_return settled;
}

} // namespace invited::store

#include "store/counting/expiry.hpp"

#include "store/keys/keys.hpp"
#include "store/scripts.hpp"

#include <array>
#include <string>

namespace invited::store {

task<result<std::uint32_t>> expiry::settle(group g) {
  const key_name due = group_key("due", g), now = gauge_key(g), aud = group_key("aud", g);
  const std::string most = std::to_string(most_in_a_call);
  std::uint32_t settled = 0;
  std::int64_t day = day_;
  while (settled < most_in_one_go) {
    const key_name sum = day_key(g, day);
    const std::string day_text = std::to_string(day);
    const std::array<std::string_view, 4> keys = {due, sum, now, aud};
    const std::array<std::string_view, 2> args = {day_text, most};
    const result<redis::reply> reply = co_await redis_.run(scripts::settle, keys, args);
    if (!reply) co_return reply.error();
    const std::string_view what = reply->at(0).text();
    if (what == "idle") break;
    if (what == "day") {
      day_ = day = reply->at(1).integer();
    } else if (what == "settled" && reply->at(1).integer() > 0) {
      const auto now_settled = static_cast<std::uint32_t>(reply->at(1).integer());
      settled += now_settled;
      settled_.add(now_settled);
    } else {
      co_return errc::unexpected;
    }
  }
  co_return settled;
}

} // namespace invited::store

#include "store/counting/folding.hpp"

#include "store/keys/keys.hpp"
#include "store/resp/reply_reader.hpp"
#include "store/scripts.hpp"

#include <array>
#include <string>

namespace invited::store {

task<result<void>> folding::fold(group g, std::int64_t day) {
  constexpr int most_calls = 100; // fifty thousand fields
  const key_name sum = day_key(g, day);
  const std::string day_text = std::to_string(day);
  std::string cursor = "0";
  for (int calls = 0; calls < most_calls; ++calls) {
    const std::array<std::string_view, 1> keys = {sum};
    const std::array<std::string_view, 3> args = {day_text, cursor, "500"};
    const result<redis::reply> reply = co_await redis_.run(scripts::fold, keys, args);
    if (!reply) co_return reply.error();
    redis::reply_reader read(*reply);
    const std::string_view what = read.word();
    if (what == "early") break;
    cursor = read.word();
    if (what != "folded" || read.failed()) co_return errc::unexpected;
    if (cursor == "0") break;
  }
  co_return result<void>();
}

task<result<void>> folding::step(std::int64_t today) {
  const std::uint32_t at = steps_++;
  const std::int64_t age = 2 + at / groups % days;
  return fold(static_cast<group>(at % groups), today - age);
}

} // namespace invited::store

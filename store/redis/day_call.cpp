#include "store/redis/day_call.hpp"

#include "store/resp/reply_reader.hpp"

namespace invited::store::redis {
namespace {

constexpr int most_tries = 3; ///< midnight passes once; two more tries would mean a broken clock

/// A call for one day. It keeps the day, because other calls may correct the caller's while this one waits,
/// and it may be written twice.
class one_day final : public script_arguments {
public:
  one_day(const day_call& call, std::int64_t day) : call_(call), day_(day) {}
  void write_to(script_writer& to) const override { call_.write_to(to, day_); }

private:
  const day_call& call_;
  const std::int64_t day_;
};

} // namespace

task<result<reply>> run_on_day(connection& redis, const script& s, const day_call& call,
                               std::int64_t& today) {
  for (int tries = 0; tries < most_tries; ++tries) {
    const one_day sent(call, today);
    result<reply> answer = co_await redis.run(s, sent);
    if (!answer) co_return answer.error();
    reply_reader read(*answer);
    if (read.word() != "day") co_return answer;
    const std::int64_t day = read.number();
    if (read.failed()) break;
    today = day;
  }
  co_return errc::unexpected;
}

} // namespace invited::store::redis

// Each rule that the scripts follow (store/scripts/README.md), with the fault that it prevents.
#include "store/base/packed_time.hpp"
#include "store/base/script_number.hpp"
#include "store/keys/keys.hpp"
#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <regex>
#include <set>

namespace invited::test {
namespace {

using create_kind = store::create_outcome::kind;
using redeem_kind = store::redeem_outcome::kind;

std::vector<std::string> with_debug() {
  std::vector<std::string> lines = strict_config;
  lines.emplace_back("enable-debug-command yes");
  return lines;
}

/// Calls the create script without the store, with one invite's handle, a minute's life and a bucket of ten.
std::vector<std::string> raw_create(std::int64_t day, double interval_us) {
  const store::script_numbers<4> numbers(day, 60000, interval_us, 10);
  std::string h_and_ttl = "0123456789abcdef";
  h_and_ttl.resize(22);
  store::pack_time(60000, h_and_ttl.data() + 16);
  std::vector<std::string> call = {"EVAL", std::string(store::scripts::create.source)};
  for (const char* key : {"7", "idx", "due", "sum", "now", "lim", "log", "inv"}) call.emplace_back(key);
  for (const std::string& arg :
       {std::string(std::string_view(numbers)), std::string("clinic-1"), h_and_ttl, std::string("creator"),
        std::string("\1p\0\0key1", 8), std::string(80, 'x'), std::string()}) {
    call.push_back(arg);
  }
  return call;
}

struct rules {
  redis_server redis{with_debug()};
  store_side side{redis};

  std::string key(std::string_view kind, const store::invite_ref& ref) {
    return std::string(store::invite_key(kind, ref.tag, ref.h));
  }
  std::string provider_key(std::string_view kind) {
    return std::string(store::provider_key(kind, store::group_of("clinic-1"), "clinic-1"));
  }
  std::string day_key(std::int64_t day) {
    return std::string(store::day_key(store::group_of("clinic-1"), day));
  }
  std::string counter(const std::string& key, const std::string& field) {
    return redis.command({"HGET", key, field + "|clinic-1"});
  }
  std::int64_t redis_ms() {
    return std::stoll(
        redis
            .command(
                {"EVAL", "local t = redis.call('TIME') return t[1] * 1000 + math.floor(t[2] / 1000)", "0"})
            .substr(1));
  }
};

BOOST_FIXTURE_TEST_SUITE(script_rules, rules)

/// A script with its lists of keys as if each had one: on a line that ends with "-- of KEYS 5, 7", each list
/// is the key with that number.
std::string without_lists(const std::string& source) {
  static const std::regex marked(R"(([^\n]*) -- of KEYS ([0-9, ]+)\n)"), number(R"([0-9]+)"),
      list(R"(KEYS\[[^\]]*[a-z][^\]]*\]|unpack\([^()]*\))");
  std::string plain;
  std::sregex_iterator it(source.begin(), source.end(), marked), end;
  auto rest = source.begin();
  for (; it != end; ++it) {
    std::string line = (*it)[1];
    const std::string numbers = (*it)[2];
    for (std::sregex_iterator n(numbers.begin(), numbers.end(), number); n != end; ++n)
      line =
          std::regex_replace(line, list, "KEYS[" + n->str() + "]", std::regex_constants::format_first_only);
    plain.append(rest, (*it)[0].first).append(line) += '\n';
    rest = (*it)[0].second;
  }
  return plain.append(rest, source.end());
}

/// The names by which a script has a key: KEYS[n], KEYS[i] in a loop, and each name that a line `local a, b =
/// KEYS[1], KEYS[2]` defines.
std::set<std::string> declared_keys(const std::string& source) {
  static const std::regex names_line(R"(local ([a-z_, ]+) = ((KEYS\[[0-9]+\](, )?)+)\n)"), name(R"([a-z_]+)"),
      key(R"(KEYS\[([0-9]+|[a-z])\])");
  const auto each = [](const std::string& text, const std::regex& what, std::set<std::string>& into) {
    into.insert(std::sregex_token_iterator(text.begin(), text.end(), what), {});
  };
  std::set<std::string> declared;
  each(source, key, declared);
  for (std::sregex_iterator it(source.begin(), source.end(), names_line), end; it != end; ++it)
    each((*it)[1], name, declared);
  return declared;
}

BOOST_AUTO_TEST_CASE(scripts_touch_declared_keys_only) {
  // On a slot that is being moved, an undeclared key fails after GETDEL, and the link is lost.
  const std::regex any_call(
      R"(call\('([A-Z]+)'(?:, 'GROUP'.*'STREAMS'|, '[A-Z]+')?(,\s*([A-Za-z0-9_\[\]']+))?)");
  for (const store::script& s : store::scripts::all()) {
    BOOST_TEST_CONTEXT(s.name) {
      const std::string source = without_lists(std::string(s.source));
      const std::set<std::string> declared = declared_keys(source);
      std::set<std::string> listed; // what our user may do
      for (const store::command_use& use : s.uses)
        listed.emplace(use.command.substr(0, use.command.find(' ')));
      std::size_t calls = 0;
      for (std::sregex_iterator it(source.begin(), source.end(), any_call), end; it != end; ++it, ++calls) {
        BOOST_TEST(listed.count((*it)[1].str()) == 1U);
        if ((*it)[1] == "TIME") continue;
        BOOST_TEST_CONTEXT(it->str()) BOOST_TEST(declared.count((*it)[3].str()) == 1U);
      }
      BOOST_TEST(calls > 0U);
      const std::size_t tag = source.find("{gg}"); // in comments only; keys of staff have no group
      BOOST_TEST((tag == source.npos || tag == source.find(":{gg}") + 1));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_clock_is_read_once_at_most) {
  // Two readings could lie on both sides of an expiry or of midnight.
  for (const store::script& s : store::scripts::all()) {
    const std::size_t first = s.source.find("'TIME'");
    BOOST_TEST_CONTEXT(s.name)
    BOOST_TEST((first == s.source.npos || s.source.find("'TIME'", first + 1) == s.source.npos));
  }
}

BOOST_AUTO_TEST_CASE(the_probe_calls_nothing) {
  // It declares no key, because Redis would refuse the question for a key that may not be used.
  const store::script& probe = store::scripts::probe;
  BOOST_TEST(probe.keys == 0);
  BOOST_TEST(probe.source.find("redis.call") == probe.source.npos);
  BOOST_TEST(probe.source.find("redis.pcall") == probe.source.npos);
  for (const store::script& s : store::scripts::all()) BOOST_TEST(s.keys > 0); // the probe is not among these
}

BOOST_AUTO_TEST_CASE(another_day_writes_nothing) {
  const std::vector<std::string> call = raw_create(1, 1000);
  const std::string reply = redis.command(call);
  BOOST_TEST(reply.find("day") != reply.npos);
  BOOST_TEST(redis.command({"DBSIZE"}) == ":0\r\n");
}

BOOST_AUTO_TEST_CASE(a_caller_with_yesterdays_key_counts_today) {
  const std::int64_t today = store_side::real_today();
  store_side late(redis, {}, today - 1);
  const store::create_outcome made = late.create(some_invite());
  BOOST_TEST((made.what == create_kind::created));
  BOOST_TEST((late.redeem(made.invite.id).what == redeem_kind::redeemed));
  BOOST_TEST(redis.command({"EXISTS", day_key(today - 1)}) == ":0\r\n");
  BOOST_TEST(counter(day_key(today), "created") == "$1\r\n1\r\n");
  BOOST_TEST(counter(day_key(today), "redeemed") == "$1\r\n1\r\n");
}

BOOST_AUTO_TEST_CASE(patients_redeem_when_memory_is_full) {
  const store::create_outcome made = side.create(some_invite());
  redis.command({"CONFIG", "SET", "maxmemory", "1"});
  const auto refused = side.run(side.invites().create(some_invite()));
  BOOST_TEST((refused.has_error() && refused.error() == store::errc::refused));
  BOOST_TEST((side.redeem(made.invite.id, "0123456789abcdef").what == redeem_kind::redeemed));
  BOOST_TEST((side.redeem(made.invite.id, "0123456789abcdef").what == redeem_kind::redeemed));
  BOOST_TEST(counter(day_key(store_side::real_today()), "redeemed") == "$1\r\n1\r\n");
}

BOOST_AUTO_TEST_CASE(expired_is_judged_by_the_ledger_before_the_claim) {
  store::new_invite wanted = some_invite();
  wanted.ttl = std::chrono::milliseconds(400);
  const store::create_outcome made = side.create(wanted);
  redis.command({"PERSIST", key("inv", made.invite.ref)}); // a right that outlives its time
  BOOST_REQUIRE(wait_until([&] { return redis_ms() >= made.invite.expires_at; }));
  BOOST_TEST((side.redeem(made.invite.id).what == redeem_kind::expired));
  const auto seen = side.run(side.invites().view(made.invite.ref, {}, false, a_patient)).value();
  BOOST_TEST((seen && seen->state == store::invite_state::expired));
  BOOST_TEST(redis.command({"EXISTS", key("inv", made.invite.ref)}) == ":1\r\n"); // not taken
}

BOOST_AUTO_TEST_CASE(a_missing_right_is_lost_and_reported_once) {
  const store::create_outcome made = side.create(some_invite());
  redis.command({"DEL", key("inv", made.invite.ref)});
  for (int i = 0; i < 3; ++i) BOOST_TEST((side.redeem(made.invite.id).what == redeem_kind::lost));
  BOOST_TEST(counter(day_key(store_side::real_today()), "lost") == "$1\r\n1\r\n");
}

BOOST_AUTO_TEST_CASE(a_missing_right_near_its_end_has_expired) {
  store::new_invite wanted = some_invite();
  wanted.ttl = std::chrono::seconds(59);
  const store::create_outcome made = side.create(wanted);
  redis.command({"DEL", key("inv", made.invite.ref)});
  BOOST_TEST((side.redeem(made.invite.id).what == redeem_kind::expired));
}

BOOST_AUTO_TEST_CASE(ttl_due_score_and_ledger_are_the_same_millisecond) {
  const store::create_outcome made = side.create(some_invite());
  const std::string at = std::to_string(made.invite.expires_at);
  BOOST_TEST(redis.command({"PEXPIRETIME", key("inv", made.invite.ref)}) == ":" + at + "\r\n");
  const std::string due = std::string(store::group_key("due", made.invite.ref.tag));
  BOOST_TEST(redis.command({"ZRANGE", due, "0", "-1", "WITHSCORES"}).find(at) != std::string::npos);
  const auto seen = side.run(side.invites().view(made.invite.ref, {}, false, a_patient)).value();
  BOOST_TEST(seen->expires_at == made.invite.expires_at);
}

BOOST_AUTO_TEST_CASE(state_counters_and_gauge_change_together) {
  const std::string today = day_key(store_side::real_today());
  const std::string now = std::string(store::gauge_key(store::group_of("clinic-1")));
  const store::create_outcome first = side.create(some_invite()), second = side.create(some_invite());
  BOOST_TEST(counter(today, "created") == "$1\r\n2\r\n");
  BOOST_TEST(counter(now, "pending") == "$1\r\n2\r\n");
  for (int i = 0; i < 2; ++i) side.redeem(first.invite.id); // the second time must count nothing
  BOOST_TEST(counter(today, "redeemed") == "$1\r\n1\r\n");
  BOOST_TEST(counter(now, "pending") == "$1\r\n1\r\n");
  BOOST_TEST(redis.command({"ZCARD", std::string(store::group_key("due", second.invite.ref.tag))}) ==
             ":1\r\n");
  BOOST_TEST(redis.command({"XLEN", provider_key("idx")}) == ":2\r\n");
}

BOOST_AUTO_TEST_CASE(the_bucket_gives_what_its_rate_says) {
  // Strings of 14 digits would turn 7,000 calls a second into 10,000.
  store::new_invite wanted = some_invite();
  wanted.limit = {7000, 5};
  const std::int64_t from = redis_ms();
  int granted = 0;
  for (int i = 0; i < 400; ++i) granted += side.create(wanted).what == create_kind::created;
  const double seconds = static_cast<double>(redis_ms() - from + 1) / 1000;
  BOOST_TEST(granted >= 5);
  BOOST_TEST(granted <= 5 + 7000 * seconds + 1);
}

BOOST_AUTO_TEST_CASE(an_empty_bucket_says_when) {
  store::new_invite wanted = some_invite();
  wanted.limit = {0.5, 2};
  BOOST_TEST(side.create(wanted).tokens.left == 1);
  const store::create_outcome last = side.create(wanted);
  BOOST_TEST(last.tokens.left == 0);
  BOOST_TEST(
      (last.tokens.full_in > std::chrono::seconds(3) && last.tokens.full_in <= std::chrono::seconds(4)));
  const store::create_outcome refused = side.create(wanted);
  BOOST_TEST((refused.what == create_kind::limited));
  BOOST_TEST(
      (refused.retry_after > std::chrono::seconds(1) && refused.retry_after <= std::chrono::seconds(2)));
  BOOST_TEST(redis.command({"XLEN", provider_key("idx")}) == ":2\r\n");
}

BOOST_AUTO_TEST_CASE(a_clock_set_back_does_not_lock_a_provider_out) {
  const std::string hour_ahead = "local t = redis.call('TIME') redis.call('SET', KEYS[1], "
                                 "struct.pack('>dd', t[1] * 1e6 + 3600e6, 2000000))";
  redis.command({"EVAL", hour_ahead, "1", provider_key("lim")});
  store::new_invite wanted = some_invite();
  wanted.limit = {0.5, 2};
  const store::create_outcome refused = side.create(wanted);
  BOOST_TEST((refused.what == create_kind::limited));
  BOOST_TEST((refused.retry_after <= std::chrono::seconds(2)));
}

BOOST_AUTO_TEST_CASE(after_a_corrected_clock_a_token_comes_when_promised) {
  const auto soon = [this](const store::new_invite& wanted) {
    BOOST_TEST((side.create(wanted).what == create_kind::limited));
    return wait_until([&] { return side.create(wanted).what == create_kind::created; },
                      std::chrono::seconds(10));
  };
  store::new_invite wanted = some_invite();
  wanted.limit = {0.001, 3};
  for (int i = 0; i < 3; ++i) side.create(wanted);
  wanted.limit = {5, 2}; // a token comes in 200 ms, and not in what is left of the old thousand seconds
  BOOST_TEST(soon(wanted));

  const std::string hour_ahead = "local t = redis.call('TIME') redis.call('SET', KEYS[1], "
                                 "struct.pack('>dd', t[1] * 1e6 + 3600e6, 200000))";
  redis.command({"EVAL", hour_ahead, "1", provider_key("lim")});
  BOOST_TEST(soon(wanted));
}

BOOST_AUTO_TEST_CASE(a_changed_rate_keeps_the_backlog_in_tokens) {
  store::new_invite wanted = some_invite();
  wanted.limit = {0.01, 100};
  for (int i = 0; i < 49; ++i) side.create(wanted);
  wanted.limit = {0.1, 100}; // ten times as fast; the 50 tokens stay spent
  BOOST_TEST(side.create(wanted).tokens.left == 50);
}

BOOST_AUTO_TEST_CASE(the_same_create_twice_happens_once) {
  const std::vector<std::string> call = raw_create(store_side::real_today(), 1000000);
  const std::string first = redis.command(call), bucket = redis.command({"GET", "lim"}),
                    again = redis.command(call);
  BOOST_TEST(first.size() == again.size());
  BOOST_TEST(first.substr(0, 15) == again.substr(0, 15)); // "*1\r\n$18\r\n", and the same time
  BOOST_TEST(redis.command({"XLEN", "idx"}) == ":1\r\n");
  BOOST_TEST(redis.command({"HGET", "sum", "created|clinic-1"}) == "$1\r\n1\r\n");
  BOOST_TEST(redis.command({"GET", "lim"}) == bucket); // it was charged once
}

BOOST_AUTO_TEST_CASE(reading_writes_nothing) {
  const store::create_outcome made = side.create(some_invite());
  side.redeem(made.invite.id, "0123456789abcdef");
  side.redeem(made.invite.id); // a second attempt is noted, once
  const std::string before = redis.command({"DEBUG", "DIGEST"});
  side.run(side.invites().view(made.invite.ref, {}, false, a_patient)).value();
  side.run(side.invites().view(made.invite.ref, "0123456789abcdef", false, a_patient)).value();
  side.redeem(made.invite.id, "0123456789abcdef"); // a replay
  side.redeem(made.invite.id, "another-redeem-key");
  side.redeem(made.invite.id);
  BOOST_TEST(redis.command({"DEBUG", "DIGEST"}) == before);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test

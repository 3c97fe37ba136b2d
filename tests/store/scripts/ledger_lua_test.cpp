// The ledger as the scripts know it (scripts/shared/ledger.lua), held against the ledger as C++ knows it.
#include "store/invites/ledger.hpp"

#include "store/base/packed_time.hpp"
#include "tests/store/resp/printing.hpp"
#include "tests/support/redis_server.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <utility>
#include <vector>

namespace invited::test {
namespace {

/// A shared part of the scripts, with what it includes.
std::string shared_part(const std::string& name) {
  std::ifstream file(std::string(INVITED_STORE_SCRIPTS "/shared/") + name + ".lua", std::ios::binary);
  BOOST_TEST_REQUIRE(file.is_open());
  std::string text(std::istreambuf_iterator<char>(file), {});
  static const std::regex include("-- include ([a-z_]+)\n");
  for (std::smatch found; std::regex_search(text, found, include);)
    text = found.prefix().str() + shared_part(found[1]) + found.suffix().str();
  return text;
}

/// A ledger that asks for a fact if it has an answer, has an external id if it has an index of one, and no
/// two bytes of whose times, key, successor and index are the same.
std::string some_ledger(std::string_view answer, std::string_view external_index = {}) {
  const store::new_ledger begun = store::begin_ledger({}, "________", "clinic-1", answer, external_index);
  std::string value =
      begun.head + std::string(2 * store::packed_time_size, '\0') + begun.tail + "the sealed record";
  for (std::size_t i = 4; i < 74; ++i) value[i] = static_cast<char>(i + 100);
  return value;
}

struct lua_ledgers {
  /// Runs `body` behind the shared part, with a ledger in `log` and in KEYS[1].
  store::redis::reply run(const std::string& value, const std::string& body) {
    redis.command({"SET", "log", value});
    const std::string source =
        shared_part("ledger_reader") + "local log = redis.call('GET', KEYS[1])\n" + body;
    return parse(redis.command({"EVAL", source, "1", "log"}));
  }

  std::string bulk(const std::string& command) {
    return std::string(parse(redis.command({command, "log"})).text());
  }

  redis_server redis;
};

BOOST_FIXTURE_TEST_SUITE(ledger_lua, lua_ledgers)

BOOST_AUTO_TEST_CASE(scripts_read_what_we_have_written) {
  for (const auto& [answer, external] : {std::pair<std::string_view, std::string_view>{"", ""},
                                         {"0123456789abcdef", ""},
                                         {"", "external"},
                                         {"0123456789abcdef", "external"}}) {
    BOOST_TEST_CONTEXT("answer " << answer << ", external id " << external) {
      const std::string value = some_ledger(answer, external);
      const auto l = store::read_ledger(value);
      BOOST_REQUIRE(l);
      const store::redis::reply told = run(value, R"(
        return {log:sub(STATE + 1, STATE + 1), log:byte(FLAGS + 1), log:byte(WRONG_ANSWERS + 1),
                log:sub(KEY_ID + 1, KEY_ID + 4), time_of(log, CREATED), time_of(log, EXPIRES),
                time_of(log, VIEWED), time_of(log, ENDED), time_of(log, ASKED), time_of(log, LOCKED),
                time_of(log, LOST), log:sub(SUCCESSOR + 1, SUCCESSOR + 16),
                log:sub(BLIND_INDEX + 1, BLIND_INDEX + 8), provider_of(log), log:sub(PROVIDER + 2 + #provider_of(log))})");
      BOOST_TEST(told.at(0).text() == "p");
      BOOST_TEST(told.at(1).integer() == l->flags);
      BOOST_TEST(told.at(2).integer() == l->wrong_answers);
      BOOST_TEST(told.at(3).text() == store::as_text(l->sealed_under));
      const std::vector<std::int64_t> times = {l->created_at, l->expires_at, l->viewed_at, l->ended_at,
                                               l->asked_at,   l->locked_at,  l->lost_at};
      for (std::size_t i = 0; i < times.size(); ++i) BOOST_TEST(told.at(4 + i).integer() == times[i]);
      BOOST_TEST(told.at(11).text() == store::as_text(l->successor));
      BOOST_TEST(told.at(12).text() == l->blind_index);
      BOOST_TEST(told.at(13).text() == "clinic-1");
      BOOST_TEST(l->external_index == external);
      BOOST_TEST(told.at(14).text() == std::string(l->answer) + std::string(l->last_wrong) +
                                           std::string(external) + "the sealed record");
    }
  }
}

BOOST_AUTO_TEST_CASE(a_place_as_text_is_the_same_place) {
  const std::string places =
      "return tostring(STATE) == STATE_TEXT and tostring(VIEWED) == VIEWED_TEXT and 1 or 0";
  BOOST_TEST(run(some_ledger(""), places).integer() == 1);
}

BOOST_AUTO_TEST_CASE(we_read_what_scripts_have_written) {
  run(some_ledger("0123456789abcdef", "external"), R"(
    local function set(place, bytes) redis.call('SETRANGE', KEYS[1], place, bytes) end
    set(STATE, 'r')
    set(FLAGS, string.char(ASKS_FOR_FACT + IS_ERASED + IS_LOST + AGAIN_NOTED + HAS_EXTERNAL_ID))
    set(WRONG_ANSWERS, string.char(3))
    set(KEY_ID, 'key1')
    for i, place in ipairs({CREATED, EXPIRES, VIEWED, ENDED, ASKED, LOCKED, LOST}) do
      set(place, struct.pack('>I6', 1000 + i))
    end
    set(SUCCESSOR, 'fedcba9876543210')
    set(BLIND_INDEX, '87654321'))");
  const std::string value = bulk("GET");
  const auto l = store::read_ledger(value);
  BOOST_REQUIRE(l);
  BOOST_TEST((l->state == store::invite_state::redeemed));
  BOOST_TEST(l->flags == 47);
  BOOST_TEST(l->is_erased());
  BOOST_TEST(l->wrong_answers == 3);
  BOOST_TEST(store::as_text(l->sealed_under) == "key1");
  const std::vector<std::int64_t> times = {l->created_at, l->expires_at, l->viewed_at, l->ended_at,
                                           l->asked_at,   l->locked_at,  l->lost_at};
  for (std::size_t i = 0; i < times.size(); ++i) BOOST_TEST(times[i] == static_cast<std::int64_t>(1001 + i));
  BOOST_TEST(store::as_text(l->successor) == "fedcba9876543210");
  BOOST_TEST(l->blind_index == "87654321");
  BOOST_TEST(l->provider_id == "clinic-1");
  BOOST_TEST(l->answer == "0123456789abcdef");
  BOOST_TEST(l->external_index == "external");
  BOOST_TEST(l->sealed == "the sealed record");
}

BOOST_AUTO_TEST_CASE(a_flag_is_read_whatever_the_others_are) {
  const std::string asks = some_ledger("0123456789abcdef");
  BOOST_TEST(run(asks, "return has(log, ASKS_FOR_FACT) and 1 or 0").integer() == 1);
  BOOST_TEST(run(some_ledger({}), "return has(log, ASKS_FOR_FACT) and 1 or 0").integer() == 0);
  BOOST_TEST(run(asks, "return GO_WITH_RECORD").integer() == 4 + 32);
  for (int flags = 0; flags < 256; ++flags) {
    std::string value = asks;
    value[2] = static_cast<char>(flags);
    const store::redis::reply told = run(value, R"(
      local out = {}
      for i, flag in ipairs({IS_LOST, IS_ERASED, ASKS_FOR_FACT, AGAIN_NOTED, HAS_EXTERNAL_ID}) do out[i] = has(log, flag) and 1 or 0 end
      return out)");
    BOOST_TEST_CONTEXT("flags " << flags) {
      for (std::size_t i = 0; i < 4; ++i) BOOST_TEST(told.at(i).integer() == ((flags >> i) & 1));
      BOOST_TEST(told.at(4).integer() == ((flags >> 5) & 1));
      BOOST_TEST((told.at(1).integer() == 1) == store::read_ledger(value)->is_erased());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_pending_invite_is_over_in_the_millisecond_in_which_it_expires) {
  const std::string value = some_ledger({});
  const std::string at = std::to_string(store::read_ledger(value)->expires_at);
  const auto state = [this](const std::string& of, const std::string& ms) {
    return std::string(run(of, "return state_now(log, " + ms + ")").text());
  };
  BOOST_TEST(state(value, at + " - 1") == "p");
  BOOST_TEST(state(value, at) == "x");
  BOOST_TEST(state(value, at + " + 1") == "x");
  for (const char letter : {'r', 'v', 's', 'x'}) {
    std::string other = value;
    other[1] = letter;
    BOOST_TEST(state(other, at + " + 1") == std::string(1, letter));
    BOOST_TEST(state(other, "0") == std::string(1, letter));
  }
}

BOOST_AUTO_TEST_CASE(the_length_of_the_provider_is_one_byte) {
  for (const std::size_t size : {0U, 1U, 255U}) {
    const std::string provider(size, 'p');
    const store::new_ledger begun = store::begin_ledger({}, "________", provider);
    const std::string value = begun.head + std::string(12, '\0') + begun.tail + "sealed";
    BOOST_TEST(run(value, "return provider_of(log)").text() == provider);
    BOOST_TEST(store::read_ledger(value)->provider_id == provider);
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test

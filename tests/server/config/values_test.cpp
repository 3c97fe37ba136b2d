#include "server/config/values.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <thread>

using namespace invited::server;
using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::seconds;

BOOST_AUTO_TEST_SUITE(config_values)

BOOST_AUTO_TEST_CASE(durations_are_read) {
  const struct {
    std::string_view text;
    milliseconds expected;
  } cases[] = {
      {"0", 0ms},
      {"1", 1s},
      {"60", 60s},
      {"60s", 60s},
      {"15m", 15min},
      {"1h", 1h},
      {"14d", 14 * 24h},
      {"250ms", 250ms},
      {"0ms", 0ms},
      {"007s", 7s},
      {"3650d", 3650 * 24h},
      {"87600h", 3650 * 24h},
      {"315360000", 3650 * 24h},
      {"315360000000ms", 3650 * 24h},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.text) {
      const auto duration = parse_duration(c.text);
      BOOST_TEST_REQUIRE(duration.has_value());
      BOOST_TEST(duration->count() == c.expected.count());
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_duration_is_refused) {
  for (const std::string_view text : {"",
                                      "s",
                                      "ms",
                                      "d",
                                      "-1s",
                                      "+1s",
                                      "1.5h",
                                      "1h30m",
                                      "60 s",
                                      " 60s",
                                      "60s ",
                                      "60S",
                                      "1w",
                                      "1y",
                                      "0x10",
                                      "1e3",
                                      "60ss",
                                      "sixty",
                                      "99999999999999999999",
                                      "3651d",
                                      "315360001",
                                      "18446744073709551615d",
                                      "18446744073709551616"})
    BOOST_TEST_CONTEXT("'" << text << "'") BOOST_TEST(!parse_duration(text));
}

BOOST_AUTO_TEST_CASE(seconds_are_whole_and_within_their_limits) {
  BOOST_TEST(parse_seconds("60s", 60s, 1h).value().count() == 60);
  BOOST_TEST(parse_seconds("1h", 60s, 1h).value().count() == 3600);
  BOOST_TEST(parse_seconds("2000ms", 1s, 1h).value().count() == 2);
  BOOST_TEST(parse_seconds("59s", 60s, 1h).error().text() == "'59s' is not between 1m and 1h");
  BOOST_TEST(!parse_seconds("3601", 60s, 1h));
  BOOST_TEST(parse_seconds("61500ms", 60s, 1h).error().text() ==
             "'61500ms' is not a whole number of seconds");
  BOOST_TEST(parse_seconds("x", 60s, 1h).error().text() == "'x' is not a duration (60s, 15m, 1h, 14d)");
}

BOOST_AUTO_TEST_CASE(timeouts_are_never_zero) {
  BOOST_TEST(parse_timeout("1ms").value().count() == 1);
  BOOST_TEST(parse_timeout("2s").value().count() == 2000);
  BOOST_TEST(parse_timeout("1h").value().count() == 3'600'000);
  for (const std::string_view text : {"0", "0ms", "3601s", "2h", "", "never"})
    BOOST_TEST_CONTEXT("'" << text << "'") BOOST_TEST(!parse_timeout(text));
}

BOOST_AUTO_TEST_CASE(durations_are_shown_in_their_longest_unit) {
  const struct {
    seconds value;
    std::string_view expected;
  } cases[] = {{0s, "0s"},    {1s, "1s"},     {60s, "1m"},     {90s, "90s"},
               {3600s, "1h"}, {5400s, "90m"}, {86'400s, "1d"}, {14 * 86'400s, "14d"}};
  for (const auto& c : cases) BOOST_TEST(to_text(c.value) == c.expected);
}

BOOST_AUTO_TEST_CASE(whole_numbers) {
  BOOST_TEST(parse_whole("1", 1, 10).value() == 1u);
  BOOST_TEST(parse_whole("10", 1, 10).value() == 10u);
  BOOST_TEST(parse_whole("4294967295", 0, 0xffffffff).value() == 0xffffffffu);
  BOOST_TEST(parse_whole("0", 1, 10).error().text() == "'0' is not a whole number from 1 to 10");
  for (const std::string_view text :
       {"", "11", "-1", "+1", " 1", "1 ", "1.0", "0x1", "one", "4294967297", "18446744073709551617"})
    BOOST_TEST_CONTEXT("'" << text << "'") BOOST_TEST(!parse_whole(text, 1, 10));
}

BOOST_AUTO_TEST_CASE(rates_may_be_fractional) {
  BOOST_TEST(parse_rate("50").value() == 50.0);
  BOOST_TEST(parse_rate("0.5").value() == 0.5);
  BOOST_TEST(parse_rate("0.001").value() == 0.001);
  BOOST_TEST(parse_rate("1000000").value() == 1e6);
  for (const std::string_view text : {"", "0", "0.0", "-1", "0.0009", "1000000.1", "nan", "inf", "-inf",
                                      "1e3", "1,5", "5/s", " 5", "5 ", "+5", "0x5p0", "."})
    BOOST_TEST_CONTEXT("'" << text << "'") BOOST_TEST(!parse_rate(text));
}

BOOST_AUTO_TEST_CASE(threads) {
  BOOST_TEST(parse_threads("1").value() == 1u);
  BOOST_TEST(parse_threads("256").value() == 256u);
  const auto cores = parse_threads("cores").value();
  BOOST_TEST((cores >= 1 && cores <= 256));
  if (std::thread::hardware_concurrency() != 0)
    BOOST_TEST(cores == std::min(std::thread::hardware_concurrency(), 256u));
  BOOST_TEST(parse_threads("0").error().text() == "'0' is not a whole number from 1 to 256, or 'cores'");
  BOOST_TEST(!parse_threads("257"));
  BOOST_TEST(!parse_threads("Cores"));
}

BOOST_AUTO_TEST_CASE(one_of_several_words) {
  using invited::store::redis::durability;
  BOOST_TEST((parse_durability("strict").value() == durability::strict));
  BOOST_TEST((parse_durability("relaxed").value() == durability::relaxed));
  BOOST_TEST(parse_durability("Strict").error().text() == "'Strict' is not one of strict, relaxed");
  for (const auto level : {log_level::debug, log_level::info, log_level::warning, log_level::error})
    BOOST_TEST((parse_log_level(to_string(level)).value() == level));
  BOOST_TEST(parse_log_level("warn").error().text() == "'warn' is not one of debug, info, warning, error");
  BOOST_TEST(!parse_log_level(""));
}

BOOST_AUTO_TEST_CASE(regions) {
  BOOST_TEST(parse_region("DE").value() == "DE");
  for (const std::string_view text : {"", "D", "DEU", "de", "D1", "D ", "\xc3\x84"})
    BOOST_TEST_CONTEXT("'" << text << "'") BOOST_TEST(!parse_region(text));
}

BOOST_AUTO_TEST_CASE(text_is_not_empty_and_has_no_control_characters) {
  BOOST_TEST(parse_text("https://idp.example/realm #1 \xc3\xa4").value() ==
             "https://idp.example/realm #1 \xc3\xa4");
  BOOST_TEST(parse_text("").error().text() == "needs a value");
  using namespace std::string_view_literals;
  for (const auto text : {"a\nb"sv, "a\0b"sv, "\t"sv, "\x7f"sv, "a\x1b[0m"sv}) BOOST_TEST(!parse_text(text));
}

BOOST_AUTO_TEST_CASE(what_a_message_quotes_is_short_and_harmless) {
  BOOST_TEST(in_quotes("abc") == "'abc'");
  BOOST_TEST(in_quotes("") == "''");
  BOOST_TEST(in_quotes("a\nb\x1b") == "'a?b?'");
  BOOST_TEST(in_quotes(std::string(80, 'x')) == "'" + std::string(80, 'x') + "'");
  BOOST_TEST(in_quotes(std::string(81, 'x')) == "'" + std::string(80, 'x') + "...'");
}

BOOST_AUTO_TEST_CASE(sizes_are_read) {
  constexpr std::uint64_t most = 1ull << 40;
  const std::pair<std::string_view, std::uint64_t> good[] = {{"1", 1},          {"65536", 65'536},
                                                             {"64KiB", 65'536}, {"256MiB", 256 << 20},
                                                             {"1GiB", 1 << 30}, {"1024GiB", most}};
  for (const auto& [text, bytes] : good) BOOST_TEST(parse_size(text, 1, most).value() == bytes, text);
  for (const std::string_view text : {"", "MiB", "1MB", "1M", "1mib", "1 MiB", "-1", "1.5MiB", "0", "1025GiB",
                                      "99999999999GiB", "18446744073709551615GiB"})
    BOOST_TEST(parse_size(text, 1, most).has_error(), text);
  BOOST_TEST(parse_size("1023KiB", 1 << 20, most).error().text() ==
             "'1023KiB' is not between 1MiB and 1024GiB");
  BOOST_TEST(size_text(1000) == "1000");
  BOOST_TEST(size_text(0) == "0");
}

BOOST_AUTO_TEST_SUITE_END()

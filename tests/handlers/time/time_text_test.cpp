#include "handlers/time/time_text.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

BOOST_AUTO_TEST_SUITE(time_texts)

BOOST_AUTO_TEST_CASE(what_is_written_is_read) {
  for (const std::int64_t ms : {0LL, 1LL, 999LL, 1'764'000'000'123LL, 4'102'444'799'999LL}) {
    std::string text;
    append_time(text, ms);
    BOOST_TEST(read_time(text).value() == ms);
  }
}

BOOST_AUTO_TEST_CASE(times_are_rfc_3339) {
  const auto text = [](std::int64_t ms) {
    std::string out;
    append_time(out, ms);
    BOOST_TEST(std::string_view(time_text(ms)) == out);
    return out;
  };
  BOOST_TEST(text(0) == "1970-01-01T00:00:00.000Z");
  BOOST_TEST(text(1'796'660'516'244) == "2026-12-07T16:21:56.244Z");
  BOOST_TEST(text(951'782'399'999) == "2000-02-28T23:59:59.999Z");
  BOOST_TEST(text(951'782'400'000) == "2000-02-29T00:00:00.000Z");
  BOOST_TEST(text(-1) == "1969-12-31T23:59:59.999Z");
  BOOST_TEST(text(253'402'300'799'999) == "9999-12-31T23:59:59.999Z");
  BOOST_TEST(text(4'107'542'400'001) == "2100-03-01T00:00:00.001Z");
}

BOOST_AUTO_TEST_CASE(other_spellings) {
  constexpr std::int64_t noon = 1'769'860'800'000; // 2026-01-31T12:00:00Z
  const struct {
    std::string_view text;
    std::int64_t ms;
  } rows[] = {
      {"2026-01-31T12:00:00Z", noon},         {"2026-01-31t12:00:00z", noon},
      {"2026-01-31T12:00:00.5Z", noon + 500}, {"2026-01-31T12:00:00.123456789Z", noon + 123},
      {"2026-01-31T14:00:00+02:00", noon},    {"2026-01-31T06:30:00-05:30", noon},
      {"2026-01-31T12:00:00-00:00", noon},    {"2026-01-31", noon - 12 * 3'600'000},
      {"2024-02-29", 1'709'164'800'000},      {"1969-12-31T23:59:59.999Z", -1},
  };
  for (const auto& row : rows) BOOST_TEST_CONTEXT(row.text) BOOST_TEST(read_time(row.text).value() == row.ms);
}

BOOST_AUTO_TEST_CASE(texts_that_are_not_times) {
  for (const std::string_view text : {"",
                                      "2026",
                                      "2026-1-31",
                                      "2026-02-30",
                                      "2025-02-29",
                                      "2026-13-01",
                                      "2026-00-10",
                                      "2026-01-31T",
                                      "2026-01-31T12:00",
                                      "2026-01-31T12:00:00",
                                      "2026-01-31T24:00:00Z",
                                      "2026-01-31T12:60:00Z",
                                      "2026-01-31T12:00:60Z",
                                      "2026-01-31T12:00:00.Z",
                                      "2026-01-31T12:00:00,5Z",
                                      "2026-01-31T12:00:00+0200",
                                      "2026-01-31T12:00:00+24:00",
                                      "2026-01-31T12:00:00ZZ",
                                      " 2026-01-31",
                                      "2026-01-31 ",
                                      "2026-01-31 12:00:00Z",
                                      "+026-01-31",
                                      "-2026-01-31",
                                      "99999-01-31",
                                      "1769860800"})
    BOOST_TEST_CONTEXT(text) BOOST_TEST(!read_time(text));
}

// A form's encoding turns '+' into a blank, and few clients escape the '+' of a zone.
BOOST_AUTO_TEST_CASE(in_a_query_a_blank_before_the_zone_is_a_plus) {
  constexpr std::int64_t noon = 1'769'860'800'000; // 2026-01-31T12:00:00Z
  const struct {
    std::string_view text;
    std::int64_t ms;
  } rows[] = {
      {"2026-01-31T14:00:00 02:00", noon}, {"2026-01-31T14:00:00.5 02:00", noon + 500},
      {"2026-01-31T12:00:00 00:00", noon}, {"2026-02-01T01:30:00 13:30", noon},
      {"2026-01-31T14:00:00+02:00", noon}, {"2026-01-31T06:30:00-05:30", noon},
      {"2026-01-31T12:00:00Z", noon},      {"2026-01-31", noon - 12 * 3'600'000},
  };
  for (const auto& row : rows)
    BOOST_TEST_CONTEXT(row.text) BOOST_TEST(read_query_time(row.text).value() == row.ms);
  BOOST_TEST(!read_time("2026-01-31T14:00:00 02:00")); // elsewhere a blank is none
}

BOOST_AUTO_TEST_CASE(in_a_query_no_other_blank_is_a_plus) {
  for (const std::string_view text : {" ",
                                      "2026-01-31 ",
                                      " 2026-01-31",
                                      "2026-01-31 02:00",
                                      "2026-01-31 14:00:00 02:00",
                                      "2026-01-31 14:00:00+02:00",
                                      "2026-01-31T 14:00:00",
                                      "2026-01-31T14:00 02:00",
                                      "2026-01-31T14:00:00 ",
                                      "2026-01-31T14:00:00Z ",
                                      "2026-01-31T14:00:00 Z",
                                      "2026-01-31T14:00:00 02",
                                      "2026-01-31T14:00:00 0200",
                                      "2026-01-31T14:00:00 24:00",
                                      "2026-01-31T14:00:00  02:00",
                                      "2026-01-31T14:00:00 +02:00",
                                      "2026-01-31T14:00:00+ 02:00",
                                      "2026-01-31T14:00:00+02:00 ",
                                      "2026-01-31T14:00:00+02 00",
                                      " 2026-01-31T14:00:00 02:00"})
    BOOST_TEST_CONTEXT(text) BOOST_TEST(!read_query_time(text));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

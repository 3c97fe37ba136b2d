#include "server/log/log_lines.hpp"

#include "handlers/text/rapidjson.hpp"

#include <boost/test/unit_test.hpp>

#include <rapidjson/document.h>

#include <limits>
#include <string>

using namespace invited::server;

namespace {

constexpr std::string_view noon = "2026-01-31T12:00:00.000Z";

access_record staff_request() {
  access_record record;
  record.request_id = "req-1";
  record.trace_id = "4bf92f3577b34da6a3ce929d0e0e4736";
  record.span_id = "b7ad6b7169203331";
  record.parent_id = "00f067aa0ba902b7";
  record.method = "POST";
  record.route = "/generate_invite";
  record.provider = "clinic-7";
  record.ref = "inv_ab0123";
  record.status = 200;
  record.duration = std::chrono::microseconds{1234};
  record.client = boost::asio::ip::make_address("203.0.113.77");
  record.patient = false;
  return record;
}

std::string line(const access_record& record) {
  std::string out;
  append_request_line(out, noon, record);
  return out;
}

std::string event(log_level level, std::string_view name, log_fields fields = {}) {
  std::string out;
  append_event_line(out, noon, level, name, fields);
  return out;
}

bool is_one_json_line(const std::string& text) {
  rapidjson::Document parsed;
  parsed.Parse<rapidjson::kParseValidateEncodingFlag | invited::handlers::safe_numbers>(text.data(),
                                                                                        text.size() - 1);
  return !parsed.HasParseError() && parsed.IsObject() && text.find('\n') == text.size() - 1;
}

} // namespace

BOOST_AUTO_TEST_SUITE(log_lines)

BOOST_AUTO_TEST_CASE(a_request) {
  BOOST_TEST(
      line(staff_request()) ==
      R"({"time":"2026-01-31T12:00:00.000Z","level":"info","event":"request","request_id":"req-1",)"
      R"("trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"b7ad6b7169203331",)"
      R"("parent_id":"00f067aa0ba902b7",)"
      R"("method":"POST","route":"/generate_invite","status":200,"duration_us":1234,"provider":"clinic-7",)"
      R"("ref":"inv_ab0123","address":"203.0.113.77"})"
      "\n");
}

BOOST_AUTO_TEST_CASE(a_patient_has_no_address_of_their_own) {
  auto record = staff_request();
  record.patient = true;
  BOOST_TEST(line(record).find(R"("address":"203.0.113.0/24")") != std::string::npos);
  BOOST_TEST(line(record).find("203.0.113.77") == std::string::npos);
  record.client = boost::asio::ip::make_address("::ffff:203.0.113.77");
  BOOST_TEST(line(record).find(R"("address":"203.0.113.0/24")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_empty_record_leaks_nothing) {
  access_record record;
  BOOST_TEST(record.patient);
  BOOST_TEST(line(record) ==
             R"({"time":"2026-01-31T12:00:00.000Z","level":"info","event":"request","request_id":null,)"
             R"("trace_id":null,"span_id":null,"parent_id":null,)"
             R"("method":null,"route":null,"status":0,"duration_us":0,"provider":null,"ref":null,)"
             R"("address":"0.0.0.0/24"})"
             "\n");
}

BOOST_AUTO_TEST_CASE(only_what_the_server_failed_at_is_an_error) {
  auto record = staff_request();
  for (const unsigned status : {200u, 303u, 404u, 429u, 499u}) {
    record.status = status;
    BOOST_TEST((level_of(record) == log_level::info));
  }
  for (const unsigned status : {500u, 501u, 503u}) {
    record.status = status;
    BOOST_TEST((level_of(record) == log_level::error));
    BOOST_TEST(line(record).find(R"("level":"error")") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(no_text_breaks_a_line) {
  auto record = staff_request();
  const std::string_view hostile = "a\"b\\c\n{\"event\":\"forged\"}\xff\x1b[2J";
  record.request_id = record.method = record.route = record.provider = record.ref = hostile;
  record.trace_id = record.span_id = record.parent_id = hostile;
  BOOST_TEST(is_one_json_line(line(record)));
  BOOST_TEST(is_one_json_line(event(log_level::info, hostile, {{hostile, hostile}})));
}

BOOST_AUTO_TEST_CASE(events) {
  BOOST_TEST(event(log_level::debug, "started") ==
             "{\"time\":\"2026-01-31T12:00:00.000Z\",\"level\":\"debug\",\"event\":\"started\"}\n");
  const std::string owned = "o\"wned";
  BOOST_TEST(
      event(log_level::warning, "redis_lost",
            {{"detail", "connection refused"},
             {"view", std::string_view{"v"}},
             {"owned", owned},
             {"yes", true},
             {"no", false},
             {"attempt", 3},
             {"least", std::numeric_limits<std::int64_t>::min()},
             {"most", std::numeric_limits<std::uint64_t>::max()},
             {"port", std::uint16_t{80}}}) ==
      R"({"time":"2026-01-31T12:00:00.000Z","level":"warning","event":"redis_lost",)"
      R"("detail":"connection refused","view":"v","owned":"o\"wned","yes":true,"no":false,"attempt":3,)"
      R"("least":-9223372036854775808,"most":18446744073709551615,"port":80})"
      "\n");
}

BOOST_AUTO_TEST_CASE(one_field_in_two_braces_is_one_field) {
  BOOST_TEST(event(log_level::error, "e", {{"a", "b"}}) ==
             "{\"time\":\"2026-01-31T12:00:00.000Z\",\"level\":\"error\",\"event\":\"e\",\"a\":\"b\"}\n");
}

BOOST_AUTO_TEST_SUITE_END()

#include "handlers/providers/provider_input.hpp"

#include "handlers/values/phone.hpp"
#include "handlers/values/time_zone.hpp"
#include "tests/handlers/fields/body.hpp"

#include <random>

namespace invited::handlers {
namespace {

using std::chrono::seconds;

const create_rules rules{.ttl_min = seconds(60), .ttl_max = seconds(7'776'000), .default_region = "US"};

constexpr std::string_view good =
    R"({"provider_id":"clinic-1","name":" Grey \u00e9 Sloan ","phone":"+14155550123",)"
    R"("time_zone":"UTC","rate":0.5,"burst":20,"expires_in":3600})";

std::string read(std::string_view text, store::provider_settings& out) {
  test::body body(text);
  const auto read = read_provider_settings(body, "clinic-1", rules);
  if (read) {
    out = *read;
  } else {
    test::check_proper(read.error());
  }
  return test::summary(read);
}
std::string read(std::string_view text) {
  store::provider_settings out;
  return read(text, out);
}

BOOST_AUTO_TEST_SUITE(input_provider)

BOOST_AUTO_TEST_CASE(a_full_body) {
  store::provider_settings out;
  BOOST_TEST(read(good, out) == "ok");
  BOOST_TEST(out.name == "Grey \xC3\xA9 Sloan");
  BOOST_TEST(out.phone == "+14155550123");
  BOOST_TEST(out.time_zone == "UTC");
  BOOST_TEST(out.per_second.value() == 0.5);
  BOOST_TEST(out.burst.value() == 20u);
  BOOST_TEST((out.ttl.value() == seconds(3600)));
}

BOOST_AUTO_TEST_CASE(what_is_left_out_or_null_is_not_set) {
  for (const std::string_view text :
       {std::string_view("{}"), std::string_view(R"({"name":null,"phone":null,"time_zone":null,"rate":null,)"
                                                 R"("burst":null,"expires_in":null,"provider_id":null})")}) {
    store::provider_settings out;
    out.name = "of before";
    BOOST_TEST(read(text, out) == "ok");
    BOOST_TEST((out == store::provider_settings{}));
  }
}

BOOST_AUTO_TEST_CASE(all_that_is_wrong_is_named_at_once) {
  BOOST_TEST(read(R"({"provider_id":"clinic-2","name":"","phone":"12","time_zone":"Mars/Base",)"
                  R"("rate":0,"burst":0,"expires_in":59,"extra":1})") ==
             "422 /extra unknown_field; /provider_id mismatch; /name empty; /phone invalid_phone; "
             "/time_zone invalid_time_zone; /rate out_of_range; /burst out_of_range; "
             "/expires_in out_of_range");
  BOOST_TEST(read(R"({"name":1,"phone":[],"time_zone":true,"rate":"1","burst":1.5,"expires_in":"1"})") ==
             "422 /name wrong_type; /phone wrong_type; /time_zone wrong_type; /rate wrong_type; "
             "/burst wrong_type; /expires_in wrong_type");
  BOOST_TEST(read("[]") == "422  wrong_type");
  BOOST_TEST(read("{") == "400 malformed_json");
}

BOOST_AUTO_TEST_CASE(rates_as_json_writes_numbers) {
  for (const auto& [text, value] :
       {std::pair{"0.001", 0.001}, {"1e3", 1000.0}, {"1000000", 1e6}, {"50", 50.0}}) {
    store::provider_settings out;
    BOOST_TEST(read(std::string(R"({"rate":)") + text + "}", out) == "ok");
    BOOST_TEST(out.per_second.value() == value);
  }
  for (const std::string text : {"0", "-1", "0.0009", "1000000.1", "1e99", "-0", "1e-999"})
    BOOST_TEST_CONTEXT(text)
  BOOST_TEST(read(R"({"rate":)" + text + "}") == "422 /rate out_of_range");
}

BOOST_AUTO_TEST_CASE(bursts_and_times_have_their_bounds) {
  BOOST_TEST(read(R"({"burst":1,"expires_in":60})") == "ok");
  BOOST_TEST(read(R"({"burst":10000000,"expires_in":7776000})") == "ok");
  for (const std::string text : {"-1", "10000001", "99999999999999999999"})
    BOOST_TEST(read(R"({"burst":)" + text + "}") == "422 /burst out_of_range");
  for (const std::string text : {"-1", "7776001", "99999999999999999999"})
    BOOST_TEST(read(R"({"expires_in":)" + text + "}") == "422 /expires_in out_of_range");
}

BOOST_AUTO_TEST_CASE(whatever_is_sent_is_answered_properly) {
  std::mt19937 random(7);
  for (int i = 0; i < 3'000; ++i) read(test::mutate(std::string(good), random));
}

BOOST_AUTO_TEST_CASE(zones_are_those_of_the_database) {
  BOOST_TEST(check_time_zone("UTC").has_value());
  for (const char* wrong : {"",
                            "/",
                            "utc!",
                            "Europe",
                            "Europe/",
                            "/Europe/Zurich",
                            "Europe//Zurich",
                            "../zoneinfo/UTC",
                            "Europe/../UTC",
                            "./UTC",
                            "right/UTC",
                            "posix/UTC",
                            "posixrules",
                            "localtime",
                            "Factory",
                            "zone.tab",
                            "tzdata.zi",
                            "leapseconds",
                            "/etc/passwd",
                            "Europe/Zurich ",
                            "Europe/Z\xC3\xBCrich"})
    BOOST_TEST_CONTEXT(wrong) BOOST_TEST(!check_time_zone(wrong).has_value());
  BOOST_TEST(!check_time_zone(std::string_view("Europe/Zurich\0", 14)).has_value());
  BOOST_TEST(!check_time_zone(std::string(65, 'A')).has_value());
  BOOST_TEST(check_time_zone("Europe/Zurich").has_value());
  BOOST_TEST(check_time_zone("America/Argentina/Buenos_Aires").has_value());
  BOOST_TEST(check_time_zone("Etc/GMT+5").has_value());
}

BOOST_AUTO_TEST_CASE(a_page_of_the_list) {
  provider_list_input input = read_provider_list("").value();
  BOOST_TEST(input.limit == 50u);
  BOOST_TEST(input.after.empty());
  const std::string cursor = provider_cursor("urn:clinic:1");
  input = read_provider_list("limit=200&cursor=" + cursor).value();
  BOOST_TEST(input.limit == 200u);
  BOOST_TEST(input.after == "urn:clinic:1");
  for (const std::string& wrong : {std::string("x"), cursor + "A", provider_cursor("a b")})
    BOOST_TEST(test::summary(read_provider_list("limit=0&cursor=" + wrong)) ==
               "422 /limit out_of_range; /cursor invalid_cursor");
  BOOST_TEST(test::summary(read_provider_list("limit=201")) == "422 /limit out_of_range");
  BOOST_TEST(test::summary(read_provider_list("after=x")) == "422 /after unknown_field");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

#include "handlers/http/problem.hpp"
#include "handlers/http/reason_phrase.hpp"
#include "handlers/text/json_text.hpp"
#include "handlers/text/rapidjson.hpp"

#include <boost/test/unit_test.hpp>
#include <rapidjson/document.h>

#include <string>
#include <string_view>

namespace invited::handlers {
namespace {

using namespace std::string_literals;

std::string in_quotes(std::string_view text) {
  std::string out = "x";
  append_json_string(out, text);
  return out.substr(1);
}

} // namespace

BOOST_AUTO_TEST_SUITE(problems)

BOOST_AUTO_TEST_CASE(members) {
  problem p;
  p.status = 409;
  p.code = "already_redeemed";
  p.detail = "The invite has been used.";
  const auto r = to_response(p, "id-1");
  BOOST_TEST(r.status == 409u);
  BOOST_TEST(r.content_type == "application/problem+json");
  BOOST_TEST(r.no_store);
  BOOST_TEST(r.body ==
             R"({"type":"about:blank","title":"Conflict","status":409,"detail":"The invite has been used.",)"
             R"("code":"already_redeemed","request_id":"id-1"})");
}

BOOST_AUTO_TEST_CASE(errors_and_extra_members) {
  problem p;
  p.status = 422;
  p.code = "invalid_request";
  p.detail = "Some \"fields\" are wrong.\n";
  p.errors = {{"/email", "required", "Say where to reach the patient."},
              {"/a~1b", "unknown_field", "\x01<script>"}};
  p.extra = {{"remaining_attempts", 2},
             {"replaced_by", "inv_\"1"},
             {"nobody", ""},
             {"provider", text_members{{"name", "<Clinic>"}, {"phone", ""}}}};
  const auto r = to_response(p, "i");
  rapidjson::Document json;
  json.Parse<safe_numbers>(r.body);
  BOOST_TEST_REQUIRE(!json.HasParseError());
  BOOST_TEST(json["status"].GetString() == "422"s);
  BOOST_TEST(json["detail"].GetString() == "Some \"fields\" are wrong.\n"s);
  BOOST_TEST(json["remaining_attempts"].GetString() == "2"s);
  BOOST_TEST_REQUIRE(json["errors"].Size() == 2u);
  BOOST_TEST(json["errors"][0]["pointer"].GetString() == "/email"s);
  BOOST_TEST(json["errors"][1]["pointer"].GetString() == "/a~1b"s);
  BOOST_TEST(json["errors"][1]["code"].GetString() == "unknown_field"s);
  BOOST_TEST(json["errors"][1]["message"].GetString() == "\x01<script>"s);
  BOOST_TEST(r.body.ends_with(R"(,"remaining_attempts":2,"replaced_by":"inv_\"1","nobody":null,)"
                              R"("provider":{"name":"\u003cClinic>","phone":null}})"));
  BOOST_TEST(r.body.find('<') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(json_strings) {
  BOOST_TEST(in_quotes("") == R"("")");
  BOOST_TEST(in_quotes("plain") == R"("plain")");
  BOOST_TEST(in_quotes("\"\\/") == R"("\"\\/")");
  BOOST_TEST(in_quotes("\b\f\n\r\t") == R"("\b\f\n\r\t")");
  BOOST_TEST(in_quotes("a\0b"s) == R"("a\u0000b")");
  BOOST_TEST(in_quotes("\x1f\x7f") == R"("\u001f\u007f")");
  BOOST_TEST(in_quotes("</script>") == R"("\u003c/script>")");
  BOOST_TEST(in_quotes("Zo\xc3\xab \xf0\x9f\x98\x80") == "\"Zo\xc3\xab \xf0\x9f\x98\x80\"");
}

BOOST_AUTO_TEST_CASE(every_ascii_character_survives) {
  for (int c = 0; c < 128; ++c) {
    const std::string text(3, static_cast<char>(c));
    rapidjson::Document json;
    json.Parse<safe_numbers>(in_quotes(text));
    BOOST_TEST_CONTEXT(c) {
      BOOST_TEST_REQUIRE(!json.HasParseError());
      BOOST_TEST((std::string{json.GetString(), json.GetStringLength()} == text));
    }
  }
}

BOOST_AUTO_TEST_CASE(added_fields_cannot_split) {
  response r;
  r.add("A", "b");
  r.add("C", "d\r\nE: f");
  r.add("G", "h\0i"s);
  r.add("J", "");
  BOOST_TEST(r.fields == "A: b\r\nC: dE: f\r\nG: hi\r\nJ: \r\n");
}

BOOST_AUTO_TEST_CASE(phrases) {
  BOOST_TEST(reason_phrase(200) == "OK");
  BOOST_TEST(reason_phrase(431) == "Request Header Fields Too Large");
  BOOST_TEST(reason_phrase(423) == "Locked");
  BOOST_TEST(reason_phrase(299) == "");
  BOOST_TEST(reason_phrase(0) == "");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers

#include "handlers/http/content_type.hpp"

#include "tests/handlers/fields/body.hpp"

namespace invited::handlers {

BOOST_AUTO_TEST_SUITE(input_content_type)

BOOST_AUTO_TEST_CASE(json) {
  for (const std::string_view field :
       {"application/json", "Application/JSON", "application/json;charset=utf-8",
        "application/json; charset=UTF-8", "application/json ; Charset=\"utf-8\"", "application/json;",
        "application/json; ;charset=utf-8;", "application/json; charset=utf8",
        "application/json; charset=\"UTF8\"", "application/json; version=1",
        "application/json;odata.metadata=none;charset=utf-8",
        R"(application/json; profile="a;b\"; charset=latin1")",
        "application/json; charset=utf-8; charset=utf-8"})
    BOOST_TEST_CONTEXT(field) {
      BOOST_TEST((read_content_type(field) == body_type::json));
      BOOST_TEST(expect_json(field).has_value());
    }
}

BOOST_AUTO_TEST_CASE(form) {
  for (const std::string_view field :
       {"application/x-www-form-urlencoded", "APPLICATION/X-WWW-FORM-URLENCODED; charset=utf-8"})
    BOOST_TEST_CONTEXT(field) {
      BOOST_TEST((read_content_type(field) == body_type::form));
    }
  BOOST_TEST((read_content_type("") == body_type::none));
}

BOOST_AUTO_TEST_CASE(anything_else) {
  for (const std::string_view field : {"text/json",
                                       "application/problem+json",
                                       "application/json+x",
                                       "application/vnd.api+json",
                                       "application/jsonx",
                                       "application",
                                       "json",
                                       "*/*",
                                       ";",
                                       " ",
                                       "application/json, application/json",
                                       "application/json charset=utf-8",
                                       "application/json; charset=latin1",
                                       "application/json; charset=utf-16",
                                       "application/json; charset",
                                       "application/json; charset=utf-8; charset=latin1",
                                       "application/json; version",
                                       "application/json; version=",
                                       "application/json; =1",
                                       "application/json; a b=1",
                                       "application/json; a=\"",
                                       "application/json; a=\"b\"c",
                                       R"(application/json; a="b\")",
                                       "application/json; charset=\"\"",
                                       "application/json; charset='utf-8'",
                                       "application/json; charset = utf-8",
                                       "multipart/form-data; boundary=x",
                                       "text/plain"})
    BOOST_TEST_CONTEXT(field) {
      BOOST_TEST((read_content_type(field) == body_type::other));
    }
}

BOOST_AUTO_TEST_CASE(content_codings) {
  for (const std::string_view field : {"", "identity", "Identity", " identity , IDENTITY", ","})
    BOOST_TEST_CONTEXT(field) BOOST_TEST(expect_uncoded(field).has_value());
  for (const std::string_view field : {"gzip", "x-gzip", "br", "zstd", "deflate", "compress",
                                       "identity, gzip", "gzip, identity", "aes128gcm", "?"})
    BOOST_TEST_CONTEXT(field) {
      const auto bad = test::fault_of(expect_uncoded(field));
      BOOST_REQUIRE(bad);
      BOOST_TEST(bad->status == 415U);
      BOOST_TEST(bad->detail.find("Content-Encoding") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(refusal) {
  for (const std::string_view field : {"", "text/plain", "application/x-www-form-urlencoded"}) {
    const auto bad = test::fault_of(expect_json(field));
    BOOST_REQUIRE(bad);
    BOOST_TEST(bad->status == 415U);
    BOOST_TEST(bad->code == "unsupported_media_type");
    BOOST_TEST(bad->detail.find("application/json") != std::string::npos);
  }
  BOOST_TEST(unsupported_media_type(accepted_json_or_form).detail.find("x-www-form-urlencoded") !=
             std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers

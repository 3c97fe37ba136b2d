#include "handlers/tokens/jwt.hpp"

#include "handlers/tokens/errc.hpp"
#include "handlers/tokens/token_json.hpp"
#include "tests/handlers/tokens/signing_key.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace invited::handlers;
using invited::test::signing_input;
using invited::test::with_signature;

namespace {

std::string token_with_header(std::string_view header) {
  return with_signature(signing_input(header, "{}"), "sig");
}

bool reads(std::string_view json) {
  return token_object().read(json);
}

} // namespace

BOOST_AUTO_TEST_SUITE(jwt_suite)

// RFC 7515 appendix A.1
constexpr std::string_view rfc_7515_token =
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
    ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

BOOST_AUTO_TEST_CASE(the_rfc_example_comes_apart) {
  const auto token = parse_jws(rfc_7515_token);
  BOOST_TEST_REQUIRE(token.has_value());
  BOOST_TEST(token->algorithm == "HS256");
  BOOST_TEST(token->type == "JWT");
  BOOST_TEST(token->key == "");
  BOOST_TEST(token->payload ==
             "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}");
  BOOST_TEST(token->signature.size() == 32u);
  BOOST_TEST(token->signing_input == rfc_7515_token.substr(0, rfc_7515_token.rfind('.')));
}

BOOST_AUTO_TEST_CASE(headers_that_pass) {
  const auto token = parse_jws(
      token_with_header(R"({"kid":"k1","alg":"ES256","typ":"at+jwt","x5c":["a",{"b":1}],"jku":"http://x"})"));
  BOOST_TEST_REQUIRE(token.has_value());
  BOOST_TEST(token->key == "k1");
  BOOST_TEST(token->algorithm == "ES256");
  BOOST_TEST(token->type == "at+jwt");
}

// Some issuers write every member that they know.
BOOST_AUTO_TEST_CASE(a_null_in_the_header_is_no_member) {
  const auto token = parse_jws(token_with_header(R"({"alg":"HS256","kid":null,"typ":null})"));
  BOOST_TEST_REQUIRE(token.has_value());
  BOOST_TEST(token->key == "");
  BOOST_TEST(token->type == "");
}

BOOST_AUTO_TEST_CASE(headers_that_do_not) {
  struct {
    const char* what;
    std::string header;
  } const cases[] = {
      {"empty", ""},
      {"not JSON", "alg=HS256"},
      {"array", R"(["HS256"])"},
      {"no alg", "{}"},
      {"empty alg", R"({"alg":""})"},
      {"alg null", R"({"alg":null})"},
      {"alg number", R"({"alg":256})"},
      {"kid number", R"({"alg":"HS256","kid":1})"},
      {"typ list", R"({"alg":"HS256","typ":["JWT"]})"},
      {"crit", R"({"alg":"HS256","crit":["exp"]})"},
      {"two kids, one null", R"({"alg":"HS256","kid":null,"kid":"k1"})"},
      {"two typs, one null", R"({"alg":"HS256","typ":"JWT","typ":null})"},
      {"crit null", R"({"alg":"HS256","crit":null})"},
      {"crit empty", R"({"alg":"HS256","crit":[]})"},
      {"b64 false", R"({"alg":"HS256","b64":false})"},
      {"b64 true", R"({"alg":"HS256","b64":true})"},
      {"b64 null", R"({"alg":"HS256","b64":null})"},
      {"two algs", R"({"alg":"none","alg":"HS256"})"},
      {"two algs, one escaped", R"({"alg":"HS256","\u0061lg":"none"})"},
      {"trailing", R"({"alg":"HS256"}x)"},
      {"NUL in alg", R"({"alg":"HS256\u0000"})"},
      {"lone surrogate", R"({"alg":"HS256","kid":"\udc00"})"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.what) {
      BOOST_TEST((parse_jws(token_with_header(c.header)).error() == token_errc::malformed));
    }
}

BOOST_AUTO_TEST_CASE(none_is_no_algorithm) {
  for (const std::string_view alg : {"none", "None", "NONE", "nOnE"}) {
    const std::string header = R"({"alg":")" + std::string(alg) + R"("})";
    BOOST_TEST((parse_jws(token_with_header(header)).error() == token_errc::unsupported_algorithm), alg);
    BOOST_TEST((parse_jws(signing_input(header, "{}") + ".").error() == token_errc::unsupported_algorithm),
               alg);
  }
}

BOOST_AUTO_TEST_CASE(shapes_that_are_not_compact_jws) {
  const std::string t(rfc_7515_token);
  const std::string two = t.substr(0, t.rfind('.'));
  const std::string cases[] = {"",
                               ".",
                               "..",
                               "...",
                               "a.b.c",
                               two,
                               t + ".",
                               t + ".AA",
                               "." + t,
                               t + "=",
                               t + " ",
                               " " + t,
                               t + "\n",
                               two + "!",
                               "{}." + t,
                               t + "," + t,
                               "\xff" + t,
                               two + ".+/8A",
                               t.substr(0, 40) + "=" + t.substr(40)};
  for (const std::string& c : cases) BOOST_TEST((parse_jws(c).error() == token_errc::malformed), c);
  // Not canonical: the last digit of the signature carries two unused bits.
  std::string other_spelling = t;
  other_spelling.back() = 'l'; // 'k' + 1
  BOOST_TEST((parse_jws(other_spelling).error() == token_errc::malformed));
}

BOOST_AUTO_TEST_CASE(cut_anywhere_it_never_reads_as_the_whole) {
  const auto whole = parse_jws(rfc_7515_token);
  for (std::size_t n = 0; n < rfc_7515_token.size(); ++n) {
    const std::string cut(rfc_7515_token.substr(0, n)); // a copy, so that ASan sees a step beyond it
    const auto token = parse_jws(cut);
    BOOST_TEST((!token || token->signature != whole->signature));
  }
}

// There is no second spelling: a changed text is refused, or says something else, which the signature does
// not cover.
BOOST_AUTO_TEST_CASE(a_changed_byte_never_reads_as_the_same) {
  const auto whole = parse_jws(rfc_7515_token);
  for (std::size_t i = 0; i < rfc_7515_token.size(); ++i)
    for (int byte = static_cast<int>(i % 5); byte < 256; byte += 5) {
      std::string changed(rfc_7515_token);
      if (changed[i] == static_cast<char>(byte)) continue;
      changed[i] = static_cast<char>(byte);
      const auto token = parse_jws(changed);
      BOOST_TEST(
          (!token || token->signing_input != whole->signing_input || token->signature != whole->signature));
    }
}

BOOST_AUTO_TEST_CASE(size_limit) {
  const auto of_size = [](std::size_t size) {
    const std::string head = signing_input(R"({"alg":"HS256"})", "");
    std::string token = head + std::string((size - head.size() - 1) / 4 * 4, 'A');
    return token + '.' + std::string(size - token.size() - 1, 'A');
  };
  BOOST_TEST(of_size(jws::max_size).size() == jws::max_size);
  BOOST_TEST(parse_jws(of_size(jws::max_size)).has_value());
  BOOST_TEST((parse_jws(of_size(jws::max_size + 2)).error() == token_errc::too_long));
  BOOST_TEST((parse_jws(std::string(1 << 20, '.')).error() == token_errc::too_long));
}

BOOST_AUTO_TEST_CASE(types_are_media_types) {
  struct {
    std::string_view typ;
    bool same;
  } const cases[] = {{"invited-session+jwt", true},
                     {"Invited-Session+JWT", true},
                     {"application/invited-session+jwt", true},
                     {"APPLICATION/invited-session+jwt", true},
                     {"", false},
                     {"JWT", false},
                     {"application/", false},
                     {"invited-session", false},
                     {"text/invited-session+jwt", false},
                     {"invited-session+jwt ", false}};
  for (const auto& c : cases) {
    jws token;
    token.type = c.typ;
    BOOST_TEST(is_type(token, "invited-session+jwt") == c.same, c.typ);
  }
}

BOOST_AUTO_TEST_CASE(json_that_every_reader_reads_alike) {
  BOOST_TEST(reads("{}"));
  BOOST_TEST(reads(" \r\n\t{ \"a\" : [ 1, -2.5e3, true, false, null, \"\\u00e9\\ud83d\\ude00\" ] } \n"));
  BOOST_TEST(reads("{\"\xed\x9f\xbf\":\"\xee\x80\x80\"}")); // the code points next to the surrogates
  BOOST_TEST(reads(R"({"a":{"x":1},"b":{"x":1}})"));        // the same name in two objects is no duplicate
}

BOOST_AUTO_TEST_CASE(json_that_is_refused) {
  const std::string cases[] = {
      "",
      " ",
      "null",
      "1",
      "\"a\"",
      "[]",
      "{",
      "}",
      "{}{}",
      "{} x",
      "{,}",
      "{\"a\":1,}",
      "{\"a\"}",
      "{'a':1}",
      "{a:1}",
      "{\"a\":01}",
      "{\"a\":+1}",
      "{\"a\":.5}",
      "{\"a\":NaN}",
      "{\"a\":Infinity}",
      "{\"a\":1e999}",
      "{\"a\":0x1}",
      "/**/{}",
      "{\"a\":\"\n\"}",
      "{\"a\":\"\\x\"}",
      "\xef\xbb\xbf{",
  };
  for (const std::string& c : cases) BOOST_TEST(!reads(c), c);
}

BOOST_AUTO_TEST_CASE(duplicate_names_are_refused_plain_escaped_or_deep) {
  const std::string cases[] = {
      R"({"a":1,"a":1})",           R"({"a":1,"\u0061":2})", R"({"x":{"a":1,"b":2,"a":3}})",
      R"({"x":[[{"a":1,"a":2}]]})", R"({"":1,"":2})",
  };
  for (const std::string& c : cases) BOOST_TEST(!reads(c), c);
}

BOOST_AUTO_TEST_CASE(what_is_not_unicode_is_refused) {
  const std::string cases[] = {
      R"({"a":"\ud800"})",        R"({"a":"\udc00"})",
      R"({"a":"\udc00\ud800"})",  R"({"\udfff":1})",
      "{\"a\":\"\xff\"}",         "{\"a\":\"\xc0\x80\"}",
      "{\"a\":\"\xed\xa0\x80\"}", "{\"a\":\"\xf4\x90\x80\x80\"}",
      "{\"a\":\"\xe2\x82\"}",     "{\"\x80\":1}",
  };
  for (const std::string& c : cases) BOOST_TEST(!reads(c), c);
}

BOOST_AUTO_TEST_CASE(a_nul_is_refused_escaped_or_raw_inside_or_after) {
  const std::string cases[] = {
      R"({"a":"x\u0000y"})",  R"({"a\u0000":1})",       std::string("{\"a\":\"x\0y\"}", 11),
      std::string("{}\0", 3), std::string("{}\0{}", 5), std::string("\0", 1),
  };
  for (const std::string& c : cases) BOOST_TEST(!reads(c), c);
}

// CVE-2024-38517: RapidJSON's own conversion adds the exponents in an int, and looks the sum up in a table.
BOOST_AUTO_TEST_CASE(a_number_of_any_size_harms_nobody) {
  for (const std::string_view number : {"0.000000000001e-2147483639", "1.00000000000000001e-2147483639",
                                        "0.1e-99999999999999999999", "1e-2147483648", "-1e-400"}) {
    BOOST_TEST_CONTEXT(number) {
      const std::string digits(number);
      BOOST_TEST(reads(R"({"a":)" + digits + "}"));
      BOOST_TEST(reads(R"({"a":{"b":[)" + digits + "]}}"));
      BOOST_TEST(parse_jws(token_with_header(R"({"alg":"HS256","x":)" + digits + "}")).has_value());
    }
  }
}

BOOST_AUTO_TEST_CASE(what_members_hold) {
  token_object read;
  BOOST_TEST_REQUIRE(read.read(R"({"t":"x\u0079","n":-12,"d":1.5e3,"l":["a","b"],"m":["a",1],"o":{"t":"no"},)"
                               R"("big":9223372036854775808,"tiny":1e-400,"e":[]})"));
  BOOST_TEST(read.find("absent") == nullptr);
  BOOST_TEST(read.find("t")->text == "xy");
  BOOST_TEST(read.find("n")->whole().value() == -12);
  BOOST_TEST(read.find("n")->number().value() == -12.0);
  BOOST_TEST(read.find("d")->number().value() == 1500.0);
  for (const char* no_whole : {"d", "big", "t", "l", "o"})
    BOOST_TEST(!read.find(no_whole)->whole(), no_whole);
  for (const char* no_number : {"tiny", "t", "l", "o"})
    BOOST_TEST(!read.find(no_number)->number(), no_number);
  BOOST_TEST(read.find("l")->items.size() == 2u);
  BOOST_TEST(read.find("l")->items[1] == "b");
  BOOST_TEST(read.find("l")->only_strings);
  BOOST_TEST(!read.find("m")->only_strings);
  BOOST_TEST(read.find("e")->only_strings);
}

BOOST_AUTO_TEST_CASE(bombs_are_refused) {
  const auto nested = [](int depth) {
    return R"({"a":)" + std::string(static_cast<std::size_t>(depth - 1), '[') +
           std::string(static_cast<std::size_t>(depth - 1), ']') + '}';
  };
  BOOST_TEST(reads(nested(8)));
  BOOST_TEST(!reads(nested(9)));
  BOOST_TEST(!reads(nested(100000)));
  BOOST_TEST(!reads(std::string(1000000, '[')));

  const auto wide = [](int members) {
    std::string json = "{";
    for (int i = 0; i < members; ++i) json += (i ? ",\"" : "\"") + std::to_string(i) + "\":0";
    return json + "}";
  };
  BOOST_TEST(reads(wide(100)));
  BOOST_TEST(!reads(wide(101)));
}

BOOST_AUTO_TEST_SUITE_END()

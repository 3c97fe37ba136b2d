#include "server/log/json_text.hpp"

#include "handlers/text/rapidjson.hpp"

#include <boost/test/unit_test.hpp>

#include <rapidjson/document.h>

#include <random>
#include <string>

using namespace invited::server;
using namespace std::string_view_literals;

namespace {

std::string json(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(log_json_text)

BOOST_AUTO_TEST_CASE(texts) {
  const struct {
    std::string_view text, expected;
  } cases[] = {
      {"", R"("")"},
      {"plain", R"("plain")"},
      {"\"", R"("\"")"},
      {"a\\b", R"("a\\b")"},
      {"\n\r\t", R"("\n\r\t")"},
      {"\0\x01\x1f"sv, R"("\u0000\u0001\u001f")"},
      {"\b\f", R"("\u0008\u000c")"},
      {"\x7f", "\"\x7f\""},
      {"</script>", R"("</script>")"},
      // sequences of every length, at both ends of their range
      {"\xc2\x80 \xdf\xbf", "\"\xc2\x80 \xdf\xbf\""},
      {"\xe0\xa0\x80 \xef\xbf\xbf", "\"\xe0\xa0\x80 \xef\xbf\xbf\""},
      {"\xed\x9f\xbf \xee\x80\x80", "\"\xed\x9f\xbf \xee\x80\x80\""},
      {"\xf0\x90\x80\x80 \xf4\x8f\xbf\xbf", "\"\xf0\x90\x80\x80 \xf4\x8f\xbf\xbf\""},
      // bytes that cannot begin a sequence
      {"\x80", R"("\ufffd")"},
      {"\xbf\x80", R"("\ufffd\ufffd")"},
      {"\xc0\xaf", R"("\ufffd\ufffd")"},
      {"\xc1\xbf", R"("\ufffd\ufffd")"},
      {"\xf5\x80\x80\x80", R"("\ufffd\ufffd\ufffd\ufffd")"},
      {"\xff\xfe", R"("\ufffd\ufffd")"},
      // overlong, surrogates, beyond the end of Unicode
      {"\xe0\x9f\xbf", R"("\ufffd\ufffd\ufffd")"},
      {"\xed\xa0\x80", R"("\ufffd\ufffd\ufffd")"},
      {"\xf0\x8f\xbf\xbf", R"("\ufffd\ufffd\ufffd\ufffd")"},
      {"\xf4\x90\x80\x80", R"("\ufffd\ufffd\ufffd\ufffd")"},
      // cut short: one replacement for each maximal piece (Unicode's own example, table 3-8, is among them)
      {"\xc3", R"("\ufffd")"},
      {"\xe2\x82", R"("\ufffd")"},
      {"\xf0\x9f\x98", R"("\ufffd")"},
      {"\xe2\x82x", R"("\ufffdx")"},
      {"\xc3\"", R"("\ufffd\"")"},
      {"\xf0\x9f\xc3\xa4", "\"\\ufffd\xc3\xa4\""},
      {"a\xf1\x80\x80\xe1\x80\xc2"
       "b\x80"
       "c\x80\xbf"
       "d",
       R"("a\ufffd\ufffd\ufffdb\ufffdc\ufffd\ufffdd")"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.expected) BOOST_TEST(json(c.text) == c.expected);
}

BOOST_AUTO_TEST_CASE(it_appends) {
  std::string out{"{\"a\":"};
  append_json_string(out, "b");
  BOOST_TEST(out == "{\"a\":\"b\"");
}

BOOST_AUTO_TEST_CASE(what_is_plain_goes_in_as_it_is) {
  for (std::size_t size = 0; size <= 20; ++size) {
    BOOST_TEST(is_plain_json(std::string(size, 'a')));
    for (std::size_t at = 0; at < size; ++at) {
      for (int c = 0; c < 256; ++c) { // in every place, between neighbours of the bytes that are not plain
        for (const char neighbour : {' ', '!', '#', '[', ']', '\x7f'}) {
          std::string text(size, neighbour);
          text[at] = static_cast<char>(c);
          const bool plain = c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
          if (is_plain_json(text) != plain) BOOST_ERROR(size << ' ' << at << ' ' << c);
          if (plain && json(text) != '"' + text + '"') BOOST_ERROR(size << ' ' << at << ' ' << c);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(whatever_goes_in_a_strict_reader_takes_what_comes_out) {
  std::mt19937 random{42}; // the same every time
  std::uniform_int_distribution<int> any{0, 255};
  for (int round = 0; round < 20'000; ++round) {
    std::string text(static_cast<std::size_t>(round % 12), '\0');
    for (char& c : text) c = static_cast<char>(any(random));
    const auto out = json(text);
    rapidjson::Document parsed;
    parsed.Parse<rapidjson::kParseValidateEncodingFlag | invited::handlers::safe_numbers>(out.data(),
                                                                                          out.size());
    BOOST_TEST_REQUIRE(!parsed.HasParseError());
    BOOST_TEST_REQUIRE(parsed.IsString());
    BOOST_TEST_REQUIRE(out.find('\n') == std::string::npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()

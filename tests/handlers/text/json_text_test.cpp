#include "handlers/text/json_text.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace invited::handlers {
namespace {

std::string in_quotes(std::string_view text) {
  std::string out = ">";
  append_json_string(out, text);
  return out;
}

BOOST_AUTO_TEST_SUITE(http_json_text)

BOOST_AUTO_TEST_CASE(what_is_escaped) {
  const struct {
    std::string_view text, json;
  } rows[] = {
      {"", ">\"\""},
      {"Ada", ">\"Ada\""},
      {"\"\\", R"(>"\"\\")"},
      {"\b\t\n\f\r", R"(>"\b\t\n\f\r")"},
      {"</script>", R"(>"\u003c/script>")"},
      {"\x7f\x1f", R"(>"\u007f\u001f")"},
      {"Zo\xC3\xAB \xF0\x9F\x98\x80", ">\"Zo\xC3\xAB \xF0\x9F\x98\x80\""},
      {"12345678\"", R"(>"12345678\"")"},
      {"1234567\"8", R"(>"1234567\"8")"},
  };
  for (const auto& row : rows) BOOST_TEST(in_quotes(row.text) == row.json);
}

BOOST_AUTO_TEST_CASE(every_byte_at_every_place) {
  for (unsigned byte = 0; byte < 256; ++byte) {
    const std::string one(1, static_cast<char>(byte));
    const std::string alone = in_quotes(one).substr(2);
    for (std::size_t before = 0; before < 20; ++before) {
      const std::string text = std::string(before, 'a') + one + one + "b";
      const std::string escaped = alone.substr(0, alone.size() - 1);
      BOOST_TEST_REQUIRE(in_quotes(text) == ">\"" + std::string(before, 'a') + escaped + escaped + "b\"");
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

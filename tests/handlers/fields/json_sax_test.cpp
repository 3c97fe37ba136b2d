#include "handlers/fields/json_sax.hpp"

#include "tests/handlers/fields/body.hpp"

#include <string>

namespace invited::handlers {

namespace {

/// Writes the events down as text for a table: {"a":[1,null]} becomes something like `{a:[1 null ]}`.
class recorder final : public json_events {
public:
  void key(std::string_view name) override { all.append(name).append(":"); }
  void scalar(json_kind kind, std::string_view text) override {
    all.append(kind == json_kind::null ? "null" : text).append(kind == json_kind::string ? "$ " : " ");
  }
  void open(json_kind kind) override { all += kind == json_kind::object ? '{' : '['; }
  void close() override { all += '/'; }
  std::string all;
};

std::string parse(std::string_view text) {
  test::body body(text);
  recorder events;
  const auto bad = test::fault_of(parse_json(body, events));
  if (!bad) return events.all;
  test::check_proper(*bad);
  BOOST_TEST(bad->code == "malformed_json");
  return bad->detail;
}

/// "At byte N" of the refusal, or -1.
int refused_at(std::string_view text) {
  const std::string answer = parse(text);
  return answer.rfind("At byte ", 0) == 0 ? std::stoi(answer.substr(8)) : -1;
}

std::string repeat(std::string_view text, std::size_t times) {
  std::string all;
  while (times-- > 0) all += text;
  return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(input_json_sax)

BOOST_AUTO_TEST_CASE(events_in_document_order) {
  BOOST_TEST(parse(R"({"a":"x","b":[1,-2.5e3,true,false,null],"c":{}})") ==
             "{a:x$ b:[1 -2.5e3 true false null /c:{//");
  BOOST_TEST(parse(" \t\r\n\"text\"\n") == "text$ ");
  BOOST_TEST(parse("0") == "0 ");
  BOOST_TEST(parse("-0") == "-0 ");
  BOOST_TEST(parse("[]") == "[/");
  BOOST_TEST(parse(R"("A\"\\\/\b\f\n\r\tz")") == "A\"\\/\b\f\n\r\tz$ ");
  BOOST_TEST(parse(R"("\u0041\u00e9\u20AC\ud83d\ude00")") == "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80$ ");
  BOOST_TEST(parse("\"\xED\x9F\xBF\xEE\x80\x80\\n\"") ==
             "\xED\x9F\xBF\xEE\x80\x80\n$ "); // 0xED without a surrogate
  BOOST_TEST(parse(R"("\ud7ff\ue000")") == "\xED\x9F\xBF\xEE\x80\x80$ ");
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_before_the_text_is_skipped) {
  const std::string mark = "\xEF\xBB\xBF";
  BOOST_TEST(parse(mark + R"({"a":"x\n"})") == "{a:x\n$ /");
  BOOST_TEST(refused_at(mark) == 3);
  BOOST_TEST(refused_at(mark + mark + "{}") == 3); // one only
  BOOST_TEST(refused_at(mark + "[1,]") == 6);
  BOOST_TEST(refused_at(mark + "\"\xFF\"") == 4);
  BOOST_TEST(refused_at(mark + std::string("1\0", 2)) == 4);
  BOOST_TEST(refused_at(mark.substr(0, 2) + "{}") == 0); // half a mark is no UTF-8
  BOOST_TEST(refused_at(" " + mark + "{}") == 1);
}

BOOST_AUTO_TEST_CASE(strings_of_every_length_with_an_escape_anywhere) {
  for (std::size_t length = 0; length < 20; ++length) {
    const std::string plain(length, 'a');
    BOOST_TEST_REQUIRE(parse("\"" + plain + "\"") == plain + "$ ");
    BOOST_TEST_REQUIRE(refused_at("\"" + plain) == static_cast<int>(length) + 1);
    for (std::size_t at = 0; at <= length; ++at) {
      const std::string before(at, 'a'), after(length - at, 'b');
      BOOST_TEST_REQUIRE(parse("[\"" + before + "\\n" + after + "\\\\\",\"c\"]") ==
                         "[" + before + "\n" + after + "\\$ c$ /");
      BOOST_TEST_REQUIRE(refused_at("[\"" + before + "\x1f" + after + "\"]") == static_cast<int>(at) + 2);
    }
  }
}

BOOST_AUTO_TEST_CASE(malformed_texts_and_where) {
  struct {
    std::string_view text;
    int at;
  } const cases[] = {
      {"", 0},
      {" ", 1},
      {"{", 1},
      {"}", 0},
      {"[", 1},
      {"{\"a\"", 4},
      {"{\"a\":", 5},
      {"{\"a\":1", 6},
      {"{\"a\":1,", 7},
      {"{\"a\":1,}", 7},
      {"[1,]", 3},
      {"[1 2]", 3},
      {"{a:1}", 1},
      {"{'a':1}", 1},
      {"{\"a\" 1}", 5},
      {"{} {}", 3},
      {"{}x", 2},
      {"1 2", 2},
      {"nul", 3},
      {"True", 0},
      {"NaN", 0},
      {"Infinity", 0},
      {"-", 1},
      {"+1", 0},
      {".5", 0},
      {"1.", 2},
      {"1e", 2},
      {"1e+", 3},
      {"01", 1},
      {"0x1", 1},
      {"\"", 1},
      {"\"a", 2},
      {"\"a\nb\"", 2},
      {"\"\\", 1},
      {"\"\\x\"", 1},
      {"\"\\u12\"", 1},
      {"\"\\u12g4\"", 1},
      {"\"\\ud800\"", 1},
      {"\"\\ud800x\"", 1},
      {"\"\\ud800\\n\"", 1},
      {"\"\\ud800\\u0041\"", 1},
      {"/**/{}", 0},
      {"{}//", 2},
      {"\xEF\xBB{}", 0},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.text) {
      BOOST_TEST(refused_at(c.text) == c.at);
    }
}

BOOST_AUTO_TEST_CASE(what_rapidjson_alone_would_let_through) {
  // These tests fail without our own checks.
  BOOST_TEST(refused_at(R"({"a":"\udc00"})") >= 0);
  BOOST_TEST(refused_at(R"({"a":"\udfff"})") >= 0);
  BOOST_TEST(refused_at(R"({"\uDEAD":1})") >= 0);
  BOOST_TEST(refused_at(R"({"a":"\udc00\ud800"})") >= 0);
  BOOST_TEST(refused_at(R"({"a":"\u0000"})") >= 0);
  BOOST_TEST(refused_at(R"({"a\u0000":1})") >= 0);
  BOOST_TEST(refused_at(std::string_view("{}\0", 3)) == 2);
  BOOST_TEST(refused_at(std::string_view("{}\0{\"evil\":1}", 13)) == 2);
  BOOST_TEST(refused_at(std::string_view("\0{}", 3)) == 0);
  BOOST_TEST(refused_at(std::string_view("{\"a\":\"x\0y\"}", 11)) == 7);
}

BOOST_AUTO_TEST_CASE(bad_utf8_is_found_wherever_it_stands) {
  for (const std::string_view bad : {"\x80", "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xED\xB0\x80",
                                     "\xF4\x90\x80\x80", "\xFF", "\xC3", "\xE2\x82"}) {
    BOOST_TEST(refused_at("{\"a\":\"" + std::string(bad) + "\"}") == 6);
    BOOST_TEST(refused_at("{\"" + std::string(bad) + "\":1}") == 2);
    BOOST_TEST(refused_at("{}" + std::string(bad)) == 2);
    BOOST_TEST(refused_at("{\"a\":\"" + std::string(bad)) == 6);
  }
}

BOOST_AUTO_TEST_CASE(nesting_is_bounded) {
  BOOST_TEST(parse(repeat("[", 8) + repeat("]", 8)) == repeat("[", 8) + repeat("/", 8));
  BOOST_TEST(refused_at(repeat("[", 9) + repeat("]", 9)) >= 8);
  BOOST_TEST(refused_at(repeat(R"({"a":)", 9) + "1" + repeat("}", 9)) >= 0);
  BOOST_TEST(parse("[" + repeat("[],", 1000) + "[]]").size() == 2U + 2002U); // wide is not deep
  for (const std::string_view opening : {"[", "{\"a\":", "[{\"a\":", "[[],"}) {
    std::string bomb;
    while (bomb.size() < 16 * 1024) bomb += opening;
    BOOST_TEST_CONTEXT(opening) {
      BOOST_TEST(parse(bomb).find("nested too deeply") != std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_CASE(numbers_are_passed_on_as_written_however_large) {
  for (const std::string_view text :
       {"123456789012345678901234567890", "1e-2147483648", "-1E+5", "0.1e-99999999999999999999",
        "1.00000000000000001e-2147483639", "0.00000000000000000000000001e-2147483639"})
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(parse(text) == std::string(text) + " ");
    }
  // RapidJSON refuses numbers that no double can hold, as RFC 8259 §9 allows.
  for (const std::string& text : {std::string("1e400"), std::string("1e2147483648"), std::string(400, '9'),
                                  "-" + std::string(16 * 1024, '1'), "[1e" + std::string(1000, '9') + "]"})
    BOOST_TEST_CONTEXT(text.substr(0, 20)) {
      BOOST_TEST(parse(text).find("a number is too large") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(every_prefix_of_a_text_is_refused) {
  const std::string text = R"({"a":"x\u00e9\ud83d\ude00","b":[1.5e3,true,null,{"c":[]}]})";
  for (std::size_t n = 0; n < text.size(); ++n) BOOST_TEST_CONTEXT(n) {
      BOOST_TEST(refused_at(text.substr(0, n)) >= 0);
    }
  BOOST_TEST(refused_at(text) == -1);
}

BOOST_AUTO_TEST_CASE(any_two_bytes) {
  // Every text of two bytes, alone, in a string and in an array: none crashes, and each gets an answer.
  int taken = 0;
  for (unsigned a = 0; a < 256; ++a)
    for (unsigned b = 0; b < 256; b += (a < 0x80 ? 1 : 7)) {
      const std::string two{static_cast<char>(a), static_cast<char>(b)};
      for (const std::string& text : {two, "\"" + two + "\"", "[" + two + "]"}) {
        test::body body(text);
        recorder events;
        if (parse_json(body, events).has_value()) ++taken;
      }
    }
  BOOST_TEST(taken > 5000); // at least the pairs of plain ASCII inside quotes
}

BOOST_AUTO_TEST_CASE(random_mutations) {
  const std::string good =
      R"({"a":"x\u00e9\ud83d\ude00","b":[1.5e3,true,null,{"c":[-7,"\n"]}],"d":"\\\"plain"})";
  std::mt19937 random(20240229);
  int refused = 0;
  for (int round = 0; round < 20'000; ++round) {
    test::body body(test::mutate(good, random));
    recorder events;
    if (const auto bad = test::fault_of(parse_json(body, events))) {
      ++refused;
      BOOST_REQUIRE(bad->status == 400 && bad->code == "malformed_json" &&
                    bad->detail.rfind("At byte ", 0) == 0);
    }
  }
  BOOST_TEST(refused > 10'000);
  BOOST_TEST(refused < 20'000);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers

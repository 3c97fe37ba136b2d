#include "store/resp/resp_writer.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

using namespace invited::store::redis;

BOOST_AUTO_TEST_SUITE(store_resp_writer)

BOOST_AUTO_TEST_CASE(encodes_a_command_as_an_array_of_bulk_strings) {
  std::string out;
  resp_writer w(out);
  w.begin(3);
  w.arg("SET");
  w.arg("key");
  w.arg(std::int64_t{-42});
  BOOST_TEST(out == "*3\r\n$3\r\nSET\r\n$3\r\nkey\r\n$3\r\n-42\r\n");
}

BOOST_AUTO_TEST_CASE(appends_and_keeps_what_is_there) {
  std::string out = "x";
  resp_writer w(out);
  w.begin(1);
  w.arg("PING");
  w.begin(0);
  BOOST_TEST(out == "x*1\r\n$4\r\nPING\r\n*0\r\n");
}

BOOST_AUTO_TEST_CASE(carries_every_byte) {
  std::string all;
  for (int c = 0; c < 256; ++c) all.push_back(static_cast<char>(c));
  all += "\r\n$5\r\n";
  std::string out;
  resp_writer w(out);
  w.arg(all);
  BOOST_TEST(out == "$262\r\n" + all + "\r\n");
}

BOOST_AUTO_TEST_CASE(extremes) {
  const struct {
    std::int64_t number;
    std::string_view encoded;
  } cases[] = {{0, "$1\r\n0\r\n"},
               {std::numeric_limits<std::int64_t>::max(), "$19\r\n9223372036854775807\r\n"},
               {std::numeric_limits<std::int64_t>::min(), "$20\r\n-9223372036854775808\r\n"}};
  for (const auto& c : cases) {
    BOOST_TEST_CONTEXT("number " << c.number) {
      std::string out;
      resp_writer(out).arg(c.number);
      BOOST_TEST(out == c.encoded);
    }
  }
  std::string out;
  resp_writer(out).arg("");
  BOOST_TEST(out == "$0\r\n\r\n");
  out.clear();
  resp_writer(out).begin(std::numeric_limits<std::size_t>::max());
  BOOST_TEST(out == "*18446744073709551615\r\n");
}

BOOST_AUTO_TEST_CASE(a_whole_command_is_what_its_arguments_make_one_by_one) {
  using strings = std::vector<std::string_view>;
  const std::string odd("\0\r\n$3", 5), hundred(100, 'h'), long_one(70'000, 'x');
  const struct {
    const char* what;
    strings first, second, third;
  } cases[] = {{"nothing", {}, {}, {}},
               {"one", {"PING"}, {}, {}},
               {"an empty one at each end", {""}, {"a"}, {""}},
               {"a part in the middle is empty", {"EVALSHA", "sha", "0"}, {}, {"argument"}},
               {"around one and two digits", {"123456789", "1234567890"}, {hundred}, {odd}},
               {"a long one", {"SET", "key"}, {long_one}, {"NX"}},
               {"more than nine", strings(11, "a"), strings(100, "b"), {}}};
  for (const auto& c : cases) {
    BOOST_TEST_CONTEXT(c.what) {
      std::string one_by_one = "before", whole = "before";
      resp_writer w(one_by_one);
      w.begin(c.first.size() + c.second.size() + c.third.size());
      for (const strings& part : {c.first, c.second, c.third})
        for (const std::string_view a : part) w.arg(a);
      resp_writer(whole).command({c.first, c.second, c.third});
      BOOST_TEST(whole == one_by_one);
      std::string begun = "before";
      resp_writer in_two(begun);
      in_two.begin(c.first.size() + c.second.size() + c.third.size(), c.first);
      in_two.args({c.second, c.third});
      BOOST_TEST(begun == one_by_one);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

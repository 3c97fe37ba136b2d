#include "server/grammar/uri_rules.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace invited::server {
namespace {

BOOST_AUTO_TEST_SUITE(uri_rules)

BOOST_AUTO_TEST_CASE(unreserved_characters_mean_the_same_encoded_or_not) {
  struct row {
    std::string_view path, same;
  };
  for (const row& r : {row{"/invite/a", "/invite/a"},
                       {"/%69nvite", "/invite"},
                       {"/%7A%7a%2D%2d%5F%2E%7E%30", "/zz--_.~0"},
                       {"/a%20b", "/a%20b"},
                       {"/a%2Fb%2f", "/a%2Fb%2f"}, // another path with the '/' itself
                       {"/%25%32%30", "/%2520"},   // once, and not again
                       {"/%2541", "/%2541"},
                       {"/%3F%23%00%C3%A9%7f", "/%3F%23%00%C3%A9%7f"},
                       {"/100%", "/100%"}, // split_target() refuses it
                       {"/%4", "/%4"},
                       {"", ""},
                       {"*", "*"}}) {
    BOOST_TEST_CONTEXT(r.path) {
      std::string scratch = "of an earlier request";
      BOOST_TEST(decode_unreserved(r.path, scratch) == r.same);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_path_without_encoding_is_not_copied) {
  std::string scratch;
  constexpr std::string_view path = "/invite/4c85db01-e312-47a5-a8e8-f8ff5fdd79b3";
  BOOST_TEST(decode_unreserved(path, scratch).data() == path.data());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::server

// Files of the binary, also for browsers that have them already.
#include "handlers/service/serve_asset.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

constexpr assets::asset file{"text/css", "a{}", "\"abc\""};
response serve(std::string_view if_none_match) {
  request r;
  r.fields[static_cast<std::size_t>(field::if_none_match)] = if_none_match;
  return serve_asset(file, r);
}

BOOST_AUTO_TEST_SUITE(serve_asset_suite)

BOOST_AUTO_TEST_CASE(a_file_comes_with_its_tag_and_may_be_kept) {
  const response out = serve("");
  BOOST_TEST(out.status == 200U);
  BOOST_TEST(out.file == "a{}");
  BOOST_TEST(out.content_type == "text/css");
  BOOST_TEST(out.fields == "ETag: \"abc\"\r\nCache-Control: public, no-cache\r\n");
  BOOST_TEST(!out.no_store);
}

BOOST_AUTO_TEST_CASE(whoever_has_it_gets_a_304) {
  for (const std::string_view tags :
       {"\"abc\"", "W/\"abc\"", "*", "\"x\", \"abc\"", "\"x\" ,W/\"abc\",\"y\"", ",, \"abc\""}) {
    BOOST_TEST_CONTEXT(tags) {
      const response out = serve(tags);
      BOOST_TEST(out.status == 304U);
      BOOST_TEST(out.file == "");
      BOOST_TEST(out.fields.starts_with("ETag: \"abc\"\r\n"));
    }
  }
}

BOOST_AUTO_TEST_CASE(whoever_has_another_version_gets_it) {
  for (const std::string_view tags :
       {"abc", "\"ABC\"", "\"ab", "\"", "W/", "W/abc", "w/\"abc\"", "\"abc", "\"a\", abc, \"", "x \"abc\""})
    BOOST_TEST_CONTEXT(tags) {
      BOOST_TEST(serve(tags).status == 200U);
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

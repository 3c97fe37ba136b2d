// Files of the binary, also for browsers that have them already.
#include "handlers/service/serve_asset.hpp"

#include <boost/test/unit_test.hpp>

#include <array>

namespace invited::handlers {
namespace {

constexpr assets::asset file{"text/css", "a{}", "\"abc\""};
constexpr std::array<assets::packed_file, 2> packed{
    {{"a.css", file}, {"b.js", {"text/javascript", "b", "\"b\""}}}};

response serve_named(std::string_view name, std::string_view accept_encoding) {
  request r;
  r.param = name;
  r.fields[static_cast<std::size_t>(field::accept_encoding)] = accept_encoding;
  return serve_packed(packed, r, keeping::forever);
}

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

BOOST_AUTO_TEST_CASE(what_changes_its_name_is_kept_for_good) {
  const response out = serve_named("b.js", "gzip");
  BOOST_TEST(out.status == 200U);
  BOOST_TEST(out.file == "b");
  BOOST_TEST(out.content_type == "text/javascript");
  BOOST_TEST(out.fields == "ETag: \"b\"\r\nCache-Control: public, max-age=31536000, immutable\r\n"
                           "Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n");
}

BOOST_AUTO_TEST_CASE(only_whole_names_are_found) {
  for (const std::string_view name : {"", "a", "a.css.gz", "A.css", "../a.css", "a.css%00"}) {
    BOOST_TEST_CONTEXT(name) {
      BOOST_TEST(serve_named(name, "gzip").status == 404U);
    }
  }
}

BOOST_AUTO_TEST_CASE(whoever_takes_no_gzip_gets_a_406) {
  for (const std::string_view takes : {"br", "gzip;q=0", "identity"}) {
    BOOST_TEST_CONTEXT(takes) {
      const response out = serve_named("a.css", takes);
      BOOST_TEST(out.status == 406U);
      BOOST_TEST(out.fields.find("Vary: Accept-Encoding\r\n") != std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

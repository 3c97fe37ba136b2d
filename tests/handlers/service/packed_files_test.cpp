// Files that are kept compressed, for clients that take gzip and for those that do not.
#include "handlers/service/packed_files.hpp"
#include "handlers/text/gunzip.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <stdexcept>
#include <string>

namespace invited::handlers {
namespace {

constexpr std::string_view plain = "a{color:red}a{color:red}a{color:red}";
constexpr std::string_view gzip{
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x4b\xac\x4e\xce\xcf\xc9\x2f\xb2\x2a\x4a\x4d\xa9\x4d\xc4\xc1\x06"
    "\x00\xa1\x22\xb4\x1b\x24\x00\x00\x00",
    35};
constexpr std::array<assets::packed_file, 2> kept{
    {{"b.js", {"text/javascript", "b", "\"b\""}}, {"a.css", {"text/css", gzip, "\"abc\""}}}};

struct shelf {
  packed_files files{kept, keeping::forever};

  response serve(std::string_view name, std::string_view accept_encoding,
                 std::string_view if_none_match = {}) {
    request r;
    r.param = name;
    r.fields[static_cast<std::size_t>(field::accept_encoding)] = accept_encoding;
    r.fields[static_cast<std::size_t>(field::if_none_match)] = if_none_match;
    return files.serve(r);
  }
};

BOOST_FIXTURE_TEST_SUITE(packed_files_suite, shelf)

BOOST_AUTO_TEST_CASE(whoever_takes_gzip_gets_it_as_it_is_kept) {
  const response out = serve("a.css", "br, gzip");
  BOOST_TEST(out.status == 200U);
  BOOST_TEST(out.file == gzip);
  BOOST_TEST(out.content_type == "text/css");
  BOOST_TEST(out.fields == "ETag: \"abc\"\r\nCache-Control: public, max-age=31536000, immutable\r\n"
                           "Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n");
}

BOOST_AUTO_TEST_CASE(whoever_does_not_gets_it_plain) {
  for (const std::string_view takes :
       {"", "br", "identity", "gzip;q=0", "identity;q=0.5, *;q=0", "deflate, zstd", "identity;q=0"}) {
    BOOST_TEST_CONTEXT(takes) {
      const response out = serve("a.css", takes);
      BOOST_TEST(out.status == 200U);
      BOOST_TEST(out.file == plain);
      BOOST_TEST(out.content_type == "text/css");
      BOOST_TEST(out.fields == "ETag: \"abc-plain\"\r\nCache-Control: public, max-age=31536000, immutable\r\n"
                               "Vary: Accept-Encoding\r\n");
    }
  }
}

BOOST_AUTO_TEST_CASE(each_form_has_a_tag_of_its_own) {
  BOOST_TEST(serve("a.css", "gzip", "\"abc\"").status == 304U);
  BOOST_TEST(serve("a.css", "", "\"abc-plain\"").status == 304U);
  BOOST_TEST(serve("a.css", "gzip", "\"abc-plain\"").status == 200U);
  BOOST_TEST(serve("a.css", "", "\"abc\"").status == 200U);
}

BOOST_AUTO_TEST_CASE(only_whole_names_are_found) {
  for (const std::string_view name : {"", "a", "a.css.gz", "A.css", "../a.css", "a.css%00"}) {
    BOOST_TEST_CONTEXT(name) {
      BOOST_TEST(serve(name, "gzip").status == 404U);
      BOOST_TEST(serve(name, "").status == 404U);
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_not_one_whole_gzip_file_is_an_error) {
  BOOST_TEST(gunzip(gzip) == plain);
  const std::string whole(gzip);
  for (std::size_t n = 0; n < whole.size(); ++n)
    BOOST_CHECK_THROW(gunzip(whole.substr(0, n)), std::runtime_error);
  BOOST_CHECK_THROW(gunzip(whole + '\0'), std::runtime_error);
  std::string broken = whole;
  broken[27] = static_cast<char>(broken[27] ^ 1); // in the checksum
  BOOST_CHECK_THROW(gunzip(broken), std::runtime_error);
  BOOST_CHECK_THROW(serve("b.js", ""), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

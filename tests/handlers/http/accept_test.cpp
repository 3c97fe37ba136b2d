#include "handlers/http/accept.hpp"

#include "tests/handlers/fields/body.hpp"

#include <array>

namespace invited::handlers {

BOOST_AUTO_TEST_SUITE(input_accept)

BOOST_AUTO_TEST_CASE(browsers_get_html) {
  for (const std::string_view field : {
           "text/html",
           "TEXT/HTML",
           "text/*",
           "text/*, application/json;q=0.5",
           "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", // Firefox, Safari
           "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
           "text/html, */*",
           "application/xhtml+xml",
           "text/html;q=0.5, application/json;q=0.5",
           "text/html;q=0.5, */*;q=0.1",
           "text/html;level=1",
           "text/html;q=0.001",
           "application/json;q=0, text/html;q=0.1",
           "*/*, application/json;q=0.1, text/html;q=0.2", // the exact range decides, not */*
           "application/*;q=0.1, */*;q=1, text/html;q=0.5",
           "x/y;p=\"a,b;c\", text/html",
           "text/html ; q=1.000",
           ", ,text/html,",
           "text/html;q=0.2, text/html;q=0.9, application/json;q=0.8",
       })
    BOOST_TEST_CONTEXT(field) {
      BOOST_TEST((negotiate(field) == answer_type::html));
    }
}

BOOST_AUTO_TEST_CASE(programs_get_json) {
  for (const std::string_view field : {
           "",
           "*/*",
           "application/json",
           "application/json, text/*",
           "text/*, */*",
           "text/*;q=0",
           "application/*",
           "image/png",
           "application/json, */*",
           "application/json, text/html;q=0.9",
           "application/json, text/plain, */*", // axios
           "text/html;q=0",
           "text/html;q=0.0",
           "text/html;q=0.000, */*;q=0",
           "text/html;q=0.4, */*;q=0.5",
           "text/html;q=0.4, application/*;q=0.5",
           "text/htmlx",
           "text / html",
           "text/html q=1",
           "html",
           "text/html;q=2",
           "text/html;q=",
           "text/html;q=x",
           "text/html;q=0.1234",
           "text/html;q=1.001",
           "text/html;q=-1",
           "text/html;q=.5",
           "text/html;q=0,5",
           "text/plain;x=\"text/html",
           "\"text/html\"",
           ";text/html",
           "\\",
           "\"\\",
           "application/vnd.api+json",
           "application/problem+json",
       })
    BOOST_TEST_CONTEXT(field) {
      BOOST_TEST((negotiate(field) == answer_type::json));
    }
}

BOOST_AUTO_TEST_CASE(any_bytes) {
  std::mt19937 random(6);
  int html = 0;
  for (int round = 0; round < 20'000; ++round)
    html += negotiate(test::mutate("text/html;x=\"a\\\"b\",application/json;q=0.9, */*;q=0.8", random)) ==
            answer_type::html;
  BOOST_TEST(html > 1000);
  BOOST_TEST(html < 20'000);
}

BOOST_AUTO_TEST_CASE(gzip_is_for_whoever_asks_for_it) {
  for (const std::string_view field : {"gzip", "gzip, deflate, br, zstd", "br, GZIP;q=0.001", "x-gzip", "*",
                                       "br;q=1.0, *;q=0.5", "gzip;q=1.000,*;q=0"})
    BOOST_TEST_CONTEXT(field) {
      BOOST_TEST(takes_gzip(field));
    }
  for (const std::string_view field : {"", "br", "identity", "gzip;q=0", "gzip;q=0.000, *", "*;q=0",
                                       "gzip;q=2", "gzippy", ",,", "gzip;q=\\"})
    BOOST_TEST_CONTEXT(field) {
      BOOST_TEST(!takes_gzip(field));
    }
}

BOOST_AUTO_TEST_CASE(the_language_that_is_liked_best) {
  constexpr std::array<std::string_view, 2> ours = {"en", "es"};
  for (const auto& [field, wanted] : {std::pair{"", -1},
                                      {"es", 1},
                                      {"ES-mx", 1},
                                      {"es-MX,es;q=0.9,en;q=0.8", 1},
                                      {"en;q=0.8, es;q=0.9", 1},
                                      {"es, en", 1},
                                      {"en, es", 0},
                                      {"de, fr", -1},
                                      {"de, es;q=0.001", 1},
                                      {"*", 0},
                                      {"de, *;q=0.5", 0},
                                      {"*, es;q=0.5", 0},
                                      {"es, *", 1},
                                      {"en;q=0, *", 1},
                                      {"*;q=0.5, en;q=0.1", 1},
                                      {"es;q=0", -1},
                                      {"es;q=0, *;q=0", -1},
                                      {"es;q=0, en", 0},
                                      {"en-US;q=0.3, es;q=0.5, en;q=0.7", 0},
                                      {"es;q=2", -1},
                                      {"es;q=x, en;q=0.1", 0},
                                      {"est, esx-MX", -1},
                                      {"e, es_MX", -1},
                                      {",,;q=1, es ;q=1.000", 1},
                                      {"\\", -1}})
    BOOST_TEST_CONTEXT(field) {
      const std::optional<std::size_t> best = best_language(field, ours);
      BOOST_TEST((best ? static_cast<int>(*best) : -1) == wanted);
    }
  std::mt19937 random(7);
  for (int round = 0; round < 20'000; ++round)
    best_language(test::mutate("es-MX,es;q=0.9, en;q=0.8,*;q=0.1", random), ours); // ASan checks
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers

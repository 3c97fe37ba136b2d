// Which language a page is in, and how its policy is written.
#include "handlers/pages/language.hpp"
#include "handlers/pages/policy.hpp"
#include "tests/handlers/pages/page_checks.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

BOOST_AUTO_TEST_SUITE(page_languages_suite)

BOOST_AUTO_TEST_CASE(by_link_then_invite_then_browser) {
  for (const auto& [query, locale, accept, wanted, negotiated] :
       {std::tuple{"", "", "", "en", true},
        {"", "", "es-MX,es;q=0.9,en;q=0.8", "es", true},
        {"", "", "de, fr", "en", true},
        {"", "es", "en", "es", false},
        {"", "ES-419", "en", "es", false},
        {"", "en-GB", "es", "en", false},
        {"", "est", "es", "es", true},
        {"", "de-CH", "es", "es", true},
        {"lang=en", "es", "es", "en", false},
        {"a=b&lang=es&c", "en", "", "es", false},
        {"lang=", "es", "", "es", false},
        {"lang=de", "", "es", "es", true},
        {"&&lang", "", "es", "es", true},
        {"slang=es", "", "", "en", true},
        {"lang=es%20\"><b>", "", "", "en", true}}) {
    BOOST_TEST_CONTEXT(query << ' ' << locale << ' ' << accept) {
      const page_language in = language_for(asked_with(accept, query), locale);
      BOOST_TEST(in.texts->tag == wanted);
      BOOST_TEST(in.negotiated == negotiated);
      BOOST_TEST(language_query(in) == (negotiated ? "" : "?lang=" + std::string(wanted)));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_hash_is_as_csp_has_it) {
  // The example of CSP 3 §8.3, and one whose base64url would differ.
  BOOST_TEST(hash_source("alert('Hello, world.');") ==
             "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

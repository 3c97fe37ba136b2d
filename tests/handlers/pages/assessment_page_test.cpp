#include "handlers/assets/asset.hpp"
#include "handlers/pages/assessment_page.hpp"
#include "tests/handlers/pages/page_checks.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

BOOST_AUTO_TEST_SUITE(assessment_pages)

BOOST_AUTO_TEST_CASE(says_so_without_script_and_how_to_plug_in_the_real_one) {
  for (const auto& [texts, accepted] : {std::pair{&english, "Your invitation was accepted."},
                                        {&spanish, "Su invitación ha sido aceptada."}}) {
    const response out = assessment_page({texts, true});
    check_page(out, *texts);
    BOOST_TEST(out.status == 200U);
    BOOST_TEST(contains(between(out.body, "<main>", "<noscript>"), accepted));
    BOOST_TEST(contains(out.body, "--assessment-url"));
    BOOST_TEST(contains(out.body, "--cors-origin"));
  }
}

BOOST_AUTO_TEST_CASE(its_script_finds_all_parts_that_it_fills) {
  const response out = assessment_page({&english, true});
  for (const std::string_view part : {"open", "ended", "away"}) {
    BOOST_TEST(contains(out.body, "data-shown=\"" + std::string(part) + "\""));
    BOOST_TEST(contains(assets::assessment_script, "show(\"" + std::string(part) + "\")"));
  }
  const std::string_view values = between(assets::assessment_script, "const values = {", "};");
  for (const std::string_view member : {"name", "email", "phone", "until", "ref"}) {
    BOOST_TEST(contains(out.body, "<dd data-session=\"" + std::string(member) + "\"></dd>"));
    BOOST_TEST(contains(values, member));
  }
  BOOST_TEST(!contains(assets::assessment_script, "innerHTML"));
  BOOST_TEST(!contains(assets::assessment_script, "localStorage"));
}

BOOST_AUTO_TEST_CASE(comments_stay_at_home) {
  BOOST_TEST(!contains(assets::assessment_script, "//"));
  BOOST_TEST(!contains(assets::page_style, "/*"));
  BOOST_TEST(assets::page_style.starts_with(":root {\n"));
  BOOST_TEST(assets::assessment_script.ends_with("})();"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

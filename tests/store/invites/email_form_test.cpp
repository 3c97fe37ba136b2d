#include "store/invites/email_form.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace invited::store;

BOOST_AUTO_TEST_SUITE(store_email_form)

// Each row is one address, in spellings of its domain, its case, and its accents.
BOOST_AUTO_TEST_CASE(an_address_has_one_form) {
  const std::vector<std::string_view> rows[] = {
      {"ada@example.org", "Ada@Example.ORG"},
      {"x@xn--exmple-cua.org", "x@exämple.org", "X@EXÄMPLE.ORG", "x@exa\u0308mple.org",
       "x@XN--EXMPLE-CUA.org"},
      {"x@xn--strae-oqa.de", "x@straße.de"},
      {"x@xn--fsqu00a.xn--0zwm56d", "x@例子.测试"},
      {"x@xn--mgbh0fb.xn--kgbechtv", "x@مثال.إختبار"},
      {"x@xn--bcher-kva.xn--p1ai", "x@bücher.рф", "x@xn--bcher-kva.рф", "x@BÜCHER.xn--p1ai"},
      {"x@ab1.xn--bcher-kva.de", "x@ａｂ１.bücher.de"},
      {"ñandú@example.org", "ÑANDÚ@example.org", "n\u0303andu\u0301@EXAMPLE.org"},
  };
  for (const auto& spellings : rows)
    for (const std::string_view text : spellings) BOOST_TEST(email_form(text) == spellings.front(), text);
}

BOOST_AUTO_TEST_CASE(what_idna_refuses_keeps_its_letters) {
  BOOST_TEST(email_form("X@A☃\u2060-.Example") == email_form("x@a☃\u2060-.example"));
  const std::string too_long =
      "x@" + std::string(50, 'a') + std::string("äöüß") + std::string(10, 'b') + ".org";
  BOOST_TEST(email_form(too_long) == too_long);
  BOOST_TEST(email_form("ä") == "ä");
  BOOST_TEST(email_form("ä@") == "ä@");
}

// invites::email_index() of commit 4f58c09 knew this rule only.
BOOST_AUTO_TEST_CASE(an_older_form_has_small_ascii_letters) {
  BOOST_TEST(older_email_form("X@EXäMPLE.org") == "x@exämple.org");
  BOOST_TEST(older_email_form("Ñ@EXÄMPLE.org") == "Ñ@exÄmple.org");
}

BOOST_AUTO_TEST_SUITE_END()

#include "handlers/http/if_match.hpp"
#include "handlers/http/path_segment.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

BOOST_AUTO_TEST_SUITE(preconditions)

BOOST_AUTO_TEST_CASE(one_of_a_list_of_strong_tags) {
  for (const char* field : {"*", R"("a")", R"("b", "a")", R"("a","b")", "\"x,\"  ,\t\"a\"", R"(W/"a", "a")"})
    BOOST_TEST_CONTEXT(field) BOOST_TEST(is_match(field, R"("a")"));
  for (const char* field : {R"("b")", R"(W/"a")", R"("A")", R"("")", "a", R"("a)", R"("b" "a")", R"(, "a")",
                            R"(* , "a")", "W/", "W", ",", R"("b",)"})
    BOOST_TEST_CONTEXT(field) BOOST_TEST(!is_match(field, R"("a")"));
}

BOOST_AUTO_TEST_CASE(segments_as_clients_escape_them) {
  BOOST_TEST(decode_segment("clinic-1").value() == "clinic-1");
  BOOST_TEST(decode_segment("urn%3Aclinic%3a1").value() == "urn:clinic:1");
  BOOST_TEST(decode_segment("%2F").value() == "/");
  BOOST_TEST(decode_segment("").value().empty());
  for (const char* wrong : {"%", "%3", "%3g", "a%", "%%", "%-1"})
    BOOST_TEST_CONTEXT(wrong) BOOST_TEST(!decode_segment(wrong));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

#include "handlers/http/if_match.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

BOOST_AUTO_TEST_SUITE(preconditions)

BOOST_AUTO_TEST_CASE(one_of_a_list_of_strong_tags) {
  for (const char* field : {"*", R"("a")", R"("b", "a")", R"("a","b")", "\"x,\"  ,\t\"a\"", R"(W/"a", "a")"})
    BOOST_TEST_CONTEXT(field) BOOST_TEST(is_match(field, R"("a")"));
  for (const char* field :
       {R"("b")", R"(W/"a")", R"("A")", R"("")", "a", R"("a)", R"("b" "a")", R"(, "a")", R"(* , "a")", "W/",
        "W", ",", R"("b",)", "", R"("a"x)", R"("a",)", R"("a", b)", R"("a" "b")", R"("a", ")"})
    BOOST_TEST_CONTEXT(field) BOOST_TEST(!is_match(field, R"("a")"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

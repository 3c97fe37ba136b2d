// The text that Prometheus reads. The tests' own reader must accept nothing else.
#include "server/metrics/exposition.hpp"
#include "tests/support/exposition_reader.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>
#include <stdexcept>

namespace invited::server {
namespace {

using test::exposition_reader;

BOOST_AUTO_TEST_SUITE(exposition_text)

BOOST_AUTO_TEST_CASE(is_written_as_the_format_says) {
  exposition out;
  out.counter("a_total", "Says \"a\",\nand a \\.");
  out.sample(std::uint64_t{7}, {{"x", "1"}, {"y", "quote \" back \\ line \n"}});
  out.sample(0.25);
  out.single_gauge("b", "B.", 1e21);
  const std::string text = std::move(out).take();
  BOOST_TEST(text == "# HELP a_total Says \"a\",\\nand a \\\\.\n"
                     "# TYPE a_total counter\n"
                     "a_total{x=\"1\",y=\"quote \\\" back \\\\ line \\n\"} 7\n"
                     "a_total 0.25\n"
                     "# HELP b B.\n"
                     "# TYPE b gauge\n"
                     "b 1e+21\n");
  const exposition_reader read(text);
  BOOST_TEST(read("a_total", {{"y", "quote \" back \\ line \n"}, {"x", "1"}}) == 7);
  BOOST_TEST(read("b") == 1e21);
}

BOOST_AUTO_TEST_CASE(numbers) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  BOOST_TEST(number_text(0) == "0");
  BOOST_TEST(number_text(0.0005) == "0.0005");
  BOOST_TEST(number_text(-2.5e-6) == "-0.0000025");
  BOOST_TEST(number_text(1e14) == "100000000000000");
  BOOST_TEST(number_text(1e15) == "1e+15");
  BOOST_TEST(number_text(5e-9) == "5e-09");
  BOOST_TEST(number_text(infinite) == "+Inf");
  BOOST_TEST(number_text(-infinite) == "-Inf");
  BOOST_TEST(number_text(std::numeric_limits<double>::quiet_NaN()) == "NaN");
}

BOOST_AUTO_TEST_CASE(the_reader_of_the_tests_is_strict) {
  const std::string head = "# HELP a_total A.\n# TYPE a_total counter\n";
  const std::string hist = "# HELP h H.\n# TYPE h histogram\n";
  BOOST_CHECK_NO_THROW(exposition_reader(head + "a_total 1\n"));
  BOOST_CHECK_NO_THROW(
      exposition_reader(hist + "h_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 2\nh_sum 3\nh_count 2\n"));
  for (const std::string& bad : {std::string(),
                                 head + "a_total 1",
                                 std::string("a_total 1\n"),
                                 head + "a_total 1\na_total 1\n",
                                 head + head,
                                 head + "b_total 1\n",
                                 head + "a_total x\n",
                                 head + "a_total 1 2\n",
                                 head + "a_total -1\n",
                                 head + "a_total{x=\"1\",x=\"2\"} 1\n",
                                 head + "a_total{x=\"\\t\"} 1\n",
                                 head + "a_total{x=1} 1\n",
                                 head + "a_total{__x=\"1\"} 1\n",
                                 head + "a_total 1\r\n",
                                 std::string("# TYPE a_total counter\n"),
                                 std::string("# HELP a A.\n# TYPE a counter\n"),
                                 std::string("# HELP a_total A.\n# TYPE a_total gauge\n"),
                                 std::string("# HELP a A.\n# TYPE a thing\n"),
                                 hist + "h 1\n",
                                 hist + "h_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\nh_sum 3\nh_count 1\n",
                                 hist + "h_bucket{le=\"1\"} 1\nh_sum 3\nh_count 1\n",
                                 hist + "h_bucket{le=\"+Inf\"} 1\nh_sum 3\nh_count 2\n",
                                 hist + "h_bucket{le=\"+Inf\"} 1\nh_count 1\n"}) {
    BOOST_TEST_CONTEXT(bad) {
      BOOST_CHECK_THROW(exposition_reader{bad}, std::runtime_error);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::server

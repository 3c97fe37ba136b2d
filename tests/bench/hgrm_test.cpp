// The text is HdrHistogram's, as its plotter reads it.
#include "bench/generator/hgrm.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <stdlib.h>

namespace invited::bench {
namespace {

std::string text_of(const histogram& h) {
  std::ostringstream out;
  write_hgrm(out, h);
  return out.str();
}

/// As the plotter takes a line: four numbers, of which it draws the first over the last.
struct point {
  double value, percentile, count, inverse;
};

std::vector<point> plotted(const std::string& text) {
  std::vector<point> out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    point p{};
    std::string more;
    if (line.starts_with('#') || !(words >> p.value >> p.percentile >> p.count >> p.inverse) || words >> more)
      continue;
    out.push_back(p);
  }
  return out;
}

BOOST_AUTO_TEST_SUITE(percentile_text)

/// The levels, counts and columns are those that HdrHistogram prints for three values.
BOOST_AUTO_TEST_CASE(three_values_are_printed_as_hdrhistogram_does) {
  histogram h;
  for (const std::uint64_t ms : {25U, 50U, 75U}) h.add(ms * 1'000'000);
  BOOST_TEST(text_of(h) == R"(       Value     Percentile TotalCount 1/(1-Percentile)

      25.002 0.000000000000          1           1.00
      25.002 0.100000000000          1           1.11
      25.002 0.200000000000          1           1.25
      25.002 0.300000000000          1           1.43
      50.004 0.400000000000          2           1.67
      50.004 0.500000000000          2           2.00
      50.004 0.550000000000          2           2.22
      50.004 0.600000000000          2           2.50
      50.004 0.650000000000          2           2.86
      75.000 0.700000000000          3           3.33
      75.000 1.000000000000          3
#[Mean    =       50.000, StdDeviation   =       20.407]
#[Max     =       75.000, Total count    =            3]
#[Buckets =           17, SubBuckets     =         2048]
)");
}

BOOST_AUTO_TEST_CASE(nothing_counted_is_a_head_and_a_foot) {
  const std::string text = text_of(histogram());
  BOOST_TEST(plotted(text).empty());
  BOOST_TEST(text.find("Total count    =            0]") != text.npos);
  BOOST_TEST(text.find("nan") == text.npos);
}

BOOST_AUTO_TEST_CASE(one_value_is_every_percentile) {
  histogram h;
  h.add(3'000'000, 1000);
  const std::vector<point> points = plotted(text_of(h));
  BOOST_REQUIRE(points.size() == 1U);
  BOOST_TEST(points[0].value == 3);
  BOOST_TEST(points[0].count == 1000);
}

BOOST_AUTO_TEST_CASE(lines_rise_and_say_what_the_histogram_says) {
  histogram h;
  std::mt19937_64 random(1);
  std::lognormal_distribution<double> latencies(14, 1);
  for (int i = 0; i < 100'000; ++i) h.add(static_cast<std::uint64_t>(latencies(random)));
  const std::vector<point> points = plotted(text_of(h));
  BOOST_TEST(points.size() > 60U);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const point& p = points[i];
    BOOST_TEST(p.inverse == 1 / (1 - p.percentile), boost::test_tools::tolerance(0.01));
    BOOST_TEST(p.count >= p.percentile * 100'000 - 0.5);
    BOOST_TEST(std::abs(p.value - static_cast<double>(h.percentile(p.percentile * 100)) / 1e6) < 0.001);
    if (i > 0) BOOST_TEST((p.value >= points[i - 1].value && p.percentile > points[i - 1].percentile));
  }
}

BOOST_AUTO_TEST_CASE(the_whole_and_each_stage_have_a_file) {
  char folder[] = "/tmp/invited_hgrm_test.XXXXXX";
  BOOST_REQUIRE(::mkdtemp(folder));
  const std::string stem = std::string(folder) + "/create";
  figures f(1);
  f.stages.resize(2);
  f.all.add(1'000'000, 3);
  f.stages[1].requests.latency.add(1'000'000, 2);
  write_hgrm_files(stem + ".hgrm", f);
  const auto count = [](const std::string& name) {
    std::ifstream in(name);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::size_t at = text.find("Total count    =");
    return at == text.npos ? -1 : std::stoi(text.substr(at + 16));
  };
  BOOST_TEST(count(stem + ".hgrm") == 3);
  BOOST_TEST(count(stem + "-stage-1.hgrm") == 0);
  BOOST_TEST(count(stem + "-stage-2.hgrm") == 2);
  for (const char* end : {".hgrm", "-stage-1.hgrm", "-stage-2.hgrm"}) std::remove((stem + end).c_str());
  ::rmdir(folder);
  BOOST_CHECK_THROW(write_hgrm_files("/nonexistent/x.hgrm", f), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::bench

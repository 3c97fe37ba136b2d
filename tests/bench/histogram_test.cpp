// Percentiles are right to 0.1 % for all values, and the histograms of several threads can be added.
#include "bench/generator/histogram.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace invited::bench {
namespace {

constexpr double percents[] = {0, 0.1, 1, 10, 50, 75, 90, 99, 99.9, 99.99, 100};

/// By definition: the least value that this percentage of all values does not exceed.
std::uint64_t exact(const std::vector<std::uint64_t>& sorted, double percent) {
  const double rank = std::ceil(percent / 100 * static_cast<double>(sorted.size()));
  return sorted[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
}

std::vector<std::uint64_t> log_uniform(std::size_t count, unsigned seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> exponent(0, 12);
  std::vector<std::uint64_t> values;
  for (std::size_t i = 0; i < count; ++i)
    values.push_back(static_cast<std::uint64_t>(std::pow(10, exponent(random))));
  return values;
}

BOOST_AUTO_TEST_SUITE(histograms)

BOOST_AUTO_TEST_CASE(an_empty_one_says_zero) {
  const histogram h;
  BOOST_TEST(h.count() == 0U);
  BOOST_TEST(h.percentile(99) == 0U);
  BOOST_TEST(h.min() == 0U);
  BOOST_TEST(h.max() == 0U);
  BOOST_TEST(h.mean() == 0);
}

BOOST_AUTO_TEST_CASE(small_values_are_exact) {
  for (std::uint64_t value = 0; value < 2048; ++value) {
    histogram h;
    h.add(value, 3);
    h.add(1'000'000);
    BOOST_REQUIRE(h.percentile(75) == value);
  }
}

BOOST_AUTO_TEST_CASE(every_percentile_is_right_to_a_thousandth) {
  std::vector<std::uint64_t> values = log_uniform(20'000, 1);
  histogram h;
  for (const std::uint64_t v : values) h.add(v);
  std::sort(values.begin(), values.end());
  for (const double percent : percents) {
    const auto right = static_cast<double>(exact(values, percent)),
               told = static_cast<double>(h.percentile(percent));
    BOOST_TEST_CONTEXT(percent << " %: " << told << " for " << right) {
      BOOST_TEST(told >= right);
      BOOST_TEST(told <= right * 1.001);
    }
  }
  BOOST_TEST(h.min() == values.front());
  BOOST_TEST(h.max() == values.back());
}

BOOST_AUTO_TEST_CASE(the_edges_of_buckets_are_in_order) {
  for (unsigned bit = 0; bit < 64; ++bit) {
    for (const int off : {-1, 0, 1}) {
      const std::uint64_t value = (std::uint64_t{1} << bit) + static_cast<std::uint64_t>(off);
      if (value > std::uint64_t{1} << 41) continue; // its buckets would only take memory
      histogram h;
      h.add(value);
      h.add(value * 2 + 10);
      const std::uint64_t told = h.percentile(50);
      BOOST_REQUIRE(told >= value);
      BOOST_REQUIRE(told - value <= value / 1024);
    }
  }
}

BOOST_AUTO_TEST_CASE(parts_merge_to_the_whole) {
  const std::vector<std::uint64_t> values = log_uniform(9'000, 2);
  histogram whole, merged;
  std::vector<histogram> parts(3);
  for (std::size_t i = 0; i < values.size(); ++i) {
    whole.add(values[i]);
    parts[i % 3].add(values[i]);
  }
  for (const histogram& part : parts) merged.merge(part);
  merged.merge(histogram());
  for (const double percent : percents) BOOST_TEST(merged.percentile(percent) == whole.percentile(percent));
  BOOST_TEST(merged.count() == whole.count());
  BOOST_TEST(merged.min() == whole.min());
  BOOST_TEST(merged.max() == whole.max());
  BOOST_TEST(merged.mean() == whole.mean(), boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(percentiles_outside_of_0_to_100_are_the_ends) {
  histogram h;
  h.add(5);
  h.add(7);
  BOOST_TEST(h.percentile(-1) == 5U);
  BOOST_TEST(h.percentile(1000) == 7U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::bench

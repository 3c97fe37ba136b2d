#pragma once

#include <cstddef>
#include <random>
#include <vector>

namespace invited::bench {

/// Draws places 0 to n - 1, place k as often as 1 / (k + 1): a few providers make most of the invites.
class zipf {
public:
  explicit zipf(std::size_t n);

  template <class Generator>
  std::size_t operator()(Generator& random) const {
    return place_of(std::uniform_real_distribution<double>(0, total_.back())(random));
  }

private:
  std::size_t place_of(double at) const;

  std::vector<double> total_; ///< sums of the weights up to and including each place
};

} // namespace invited::bench

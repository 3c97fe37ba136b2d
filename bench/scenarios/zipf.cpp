#include "bench/scenarios/zipf.hpp"

#include <algorithm>

namespace invited::bench {

zipf::zipf(std::size_t n) {
  double sum = 0;
  for (std::size_t k = 0; k < n; ++k) total_.push_back(sum += 1.0 / static_cast<double>(k + 1));
}

std::size_t zipf::place_of(double at) const {
  const auto found = std::upper_bound(total_.begin(), total_.end(), at);
  return std::min(static_cast<std::size_t>(found - total_.begin()), total_.size() - 1);
}

} // namespace invited::bench

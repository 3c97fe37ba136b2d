#include "bench/generator/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace invited::bench {

/// The top bits+1 bits of a value choose its bucket; the first 2^(bits+1) buckets are the small values
/// themselves.
std::size_t histogram::bucket_of(std::uint64_t value) const noexcept {
  const unsigned width = static_cast<unsigned>(std::bit_width(value));
  if (width <= bits_ + 1) return value;
  const unsigned dropped = width - bits_ - 1;
  return (std::size_t{dropped} << bits_) + (value >> dropped);
}

std::uint64_t histogram::end_of(std::size_t bucket) const noexcept {
  if (bucket >> bits_ < 2) return bucket;
  const std::size_t dropped = (bucket >> bits_) - 1;
  const std::uint64_t top = bucket - (dropped << bits_);
  return ((top + 1) << dropped) - 1;
}

void histogram::add(std::uint64_t value, std::uint64_t times) {
  if (times == 0) return;
  const std::size_t bucket = bucket_of(value);
  if (bucket >= buckets_.size()) buckets_.resize(bucket + 1);
  buckets_[bucket] += times;
  count_ += times;
  min_ = std::min(min_, value);
  max_ = std::max(max_, value);
  sum_ += static_cast<double>(value) * static_cast<double>(times);
}

void histogram::merge(const histogram& other) {
  if (other.buckets_.size() > buckets_.size()) buckets_.resize(other.buckets_.size());
  std::transform(other.buckets_.begin(), other.buckets_.end(), buckets_.begin(), buckets_.begin(),
                 std::plus<>());
  count_ += other.count_;
  min_ = std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
  sum_ += other.sum_;
}

std::uint64_t histogram::percentile(double percent) const {
  if (count_ == 0) return 0;
  const double wanted = std::ceil(std::clamp(percent, 0.0, 100.0) / 100 * static_cast<double>(count_));
  const std::uint64_t rank = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(wanted), 1, count_);
  std::uint64_t seen = 0;
  for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
    seen += buckets_[bucket];
    if (seen >= rank) return std::clamp(end_of(bucket), min_, max_);
  }
  return max_;
}

std::vector<histogram::entry> histogram::recorded() const {
  std::vector<entry> out;
  for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
    if (buckets_[bucket] == 0) continue;
    const std::uint64_t low = bucket == 0 ? 0 : end_of(bucket - 1) + 1;
    out.push_back({std::max(low, min_), std::min(end_of(bucket), max_), buckets_[bucket]});
  }
  return out;
}

} // namespace invited::bench

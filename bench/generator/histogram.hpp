#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace invited::bench {

/// Counts values in log-linear buckets (Gil Tene's HdrHistogram). Below 2^(bits+1) each value has a bucket of
/// its own. Above it, a bucket is at most 2^-bits of its values wide, so with 10 bits every percentile is
/// right to 0.1 %. Values are nanoseconds here. It grows with its largest value, to 240 KB at 20 minutes.
class histogram {
public:
  explicit histogram(unsigned bits = 10) : bits_(bits) {}

  void add(std::uint64_t value, std::uint64_t times = 1);

  /// Adds what `other` has counted; both have the same number of bits.
  void merge(const histogram& other);

  std::uint64_t count() const noexcept { return count_; }
  std::uint64_t min() const noexcept { return count_ == 0 ? 0 : min_; } ///< exact
  std::uint64_t max() const noexcept { return max_; }                   ///< exact
  double mean() const noexcept { return count_ == 0 ? 0 : sum_ / static_cast<double>(count_); }

  /// The value that `percent` (0 to 100) of all counted values do not exceed, rounded up to the end of its
  /// bucket, but never above max(). 0 if nothing was counted.
  std::uint64_t percentile(double percent) const;

  /// A bucket that has counted something: its values, within min() and max(), and how many there were.
  struct entry {
    std::uint64_t low, high, count;
  };
  std::vector<entry> recorded() const; ///< in order

  std::uint64_t sub_buckets() const noexcept { return std::uint64_t{2} << bits_; } ///< those of width 1

private:
  std::size_t bucket_of(std::uint64_t value) const noexcept;
  std::uint64_t end_of(std::size_t bucket) const noexcept;

  unsigned bits_;
  std::vector<std::uint64_t> buckets_{};
  std::uint64_t count_ = 0, min_ = ~std::uint64_t{0}, max_ = 0;
  double sum_ = 0;
};

} // namespace invited::bench

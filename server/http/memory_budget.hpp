#pragma once

#include <atomic>
#include <cstddef>
#include <utility>

namespace invited::server {

/// How many bytes all connections of all cores together may hold of large contents: those that come, and
/// answers that wait to be taken. Shared by the cores, without a lock; outlives their connections.
class memory_budget {
public:
  explicit memory_budget(std::size_t most) : max_(most) {}
  memory_budget(const memory_budget&) = delete;
  memory_budget& operator=(const memory_budget&) = delete;

  /// False where it would be too much; then nothing is taken.
  [[nodiscard]] bool take(std::size_t n) noexcept {
    std::size_t used = used_.load(std::memory_order_relaxed);
    do {
      if (used > max_ || n > max_ - used) return false;
    } while (!used_.compare_exchange_weak(used, used + n, std::memory_order_relaxed));
    return true;
  }

  /// Takes what is held already, also beyond the most: whoever asks next is refused the sooner.
  void overdraw(std::size_t n) noexcept { used_.fetch_add(n, std::memory_order_relaxed); }

  void give_back(std::size_t n) noexcept { used_.fetch_sub(n, std::memory_order_relaxed); }

  std::size_t used() const noexcept { return used_.load(std::memory_order_relaxed); }
  std::size_t max() const noexcept { return max_; }

private:
  const std::size_t max_;
  std::atomic<std::size_t> used_{0};
};

/// What one holder has of a budget; given back with it. The budget outlives it.
class memory_share {
public:
  explicit memory_share(memory_budget& of) : budget_(of) {}
  ~memory_share() { clear(); }
  memory_share(const memory_share&) = delete;
  memory_share& operator=(const memory_share&) = delete;

  /// Makes it `n` bytes, if it was less. False where the budget has no more; then it is what it was.
  [[nodiscard]] bool grow_to(std::size_t n) noexcept {
    if (n <= bytes_) return true;
    if (!budget_.take(n - bytes_)) return false;
    bytes_ = n;
    return true;
  }

  /// Makes it `n` bytes, whether the budget has them or not.
  void overdraw_to(std::size_t n) noexcept {
    if (n <= bytes_) return;
    budget_.overdraw(n - bytes_);
    bytes_ = n;
  }

  void clear() noexcept {
    if (bytes_ != 0) budget_.give_back(std::exchange(bytes_, 0));
  }

private:
  memory_budget& budget_;
  std::size_t bytes_ = 0;
};

} // namespace invited::server

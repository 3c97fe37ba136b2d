#pragma once

#include <atomic>
#include <cstddef>
#include <utility>

namespace invited::server {

/// How many bytes of large contents all connections of all cores together may hold: contents that arrive, and
/// answers that the client has not taken yet. The cores share it without a lock. It must outlive their
/// connections.
class memory_budget {
public:
  explicit memory_budget(std::size_t most) : max_(most) {}
  memory_budget(const memory_budget&) = delete;
  memory_budget& operator=(const memory_budget&) = delete;

  /// False if it would be too much; then nothing is taken.
  [[nodiscard]] bool take(std::size_t n) noexcept {
    std::size_t used = used_.load(std::memory_order_relaxed);
    do {
      if (used > max_ || n > max_ - used) return false;
    } while (!used_.compare_exchange_weak(used, used + n, std::memory_order_relaxed));
    return true;
  }

  /// Takes bytes that are held already, even beyond the maximum. The next to ask is then refused earlier.
  void overdraw(std::size_t n) noexcept { used_.fetch_add(n, std::memory_order_relaxed); }

  void give_back(std::size_t n) noexcept { used_.fetch_sub(n, std::memory_order_relaxed); }

  std::size_t used() const noexcept { return used_.load(std::memory_order_relaxed); }
  std::size_t max() const noexcept { return max_; }

private:
  const std::size_t max_;
  std::atomic<std::size_t> used_{0};
};

/// One holder's share of a budget; the destructor gives it back. The budget must outlive it.
class memory_share {
public:
  explicit memory_share(memory_budget& of) : budget_(of) {}
  ~memory_share() { clear(); }
  memory_share(const memory_share&) = delete;
  memory_share& operator=(const memory_share&) = delete;

  /// Makes the share `n` bytes, if it was less. False if the budget has not enough; then the share is
  /// unchanged.
  [[nodiscard]] bool grow_to(std::size_t n) noexcept {
    if (n <= bytes_) return true;
    if (!budget_.take(n - bytes_)) return false;
    bytes_ = n;
    return true;
  }

  /// Makes the share `n` bytes, even if the budget has not enough.
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

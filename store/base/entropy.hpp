#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace invited::store {

/// A source of unpredictable bytes; injected, so that a test can repeat a run.
class entropy {
public:
  virtual ~entropy() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;
};

/// The kernel's generator (getrandom(2)), read in blocks. Throws std::system_error when the kernel has none.
/// For one thread; bytes that were handed out are wiped from the block.
class system_entropy final : public entropy {
public:
  void fill(std::span<std::uint8_t> out) override;

private:
  std::array<std::uint8_t, 4096> block_{}; ///< a system call in some hundred requests
  std::size_t used_ = sizeof block_;
};

} // namespace invited::store

#include "server/net/connection_budget.hpp"

#include <utility>

namespace invited::server {

connection_budget::connection_budget(std::size_t most, std::size_t most_of_one, store::entropy& random)
    : max_(most), max_of_one_(most_of_one), by_address_(most, random) {}

room connection_budget::take(const boost::asio::ip::address& peer, bool exempt, connection_place& place) {
  connection_place taken;
  taken.address_ = handlers::limited_part(peer);
  taken.counted_ = !exempt;
  {
    const std::lock_guard guard(lock_);
    // The address's own limit first: an address at its limit must not push others out.
    if (!exempt && by_address_.of(taken.address_) >= max_of_one_) return room::address_full;
    if (open() >= max_) return room::full;
    if (!exempt) by_address_.add(taken.address_);
    open_.fetch_add(1, std::memory_order_relaxed);
    taken.budget_ = this;
  }
  place = std::move(taken);
  return room::granted;
}

void connection_budget::give_back(std::uint64_t address, bool counted) {
  const std::lock_guard guard(lock_);
  if (counted) by_address_.remove(address);
  open_.fetch_sub(1, std::memory_order_relaxed);
}

connection_place::connection_place(connection_place&& other) noexcept
    : budget_(std::exchange(other.budget_, nullptr)), address_(other.address_), counted_(other.counted_) {}

connection_place& connection_place::operator=(connection_place&& other) noexcept {
  if (this == &other) return *this;
  release();
  budget_ = std::exchange(other.budget_, nullptr);
  address_ = other.address_;
  counted_ = other.counted_;
  return *this;
}

void connection_place::release() noexcept {
  if (budget_ != nullptr) std::exchange(budget_, nullptr)->give_back(address_, counted_);
}

} // namespace invited::server

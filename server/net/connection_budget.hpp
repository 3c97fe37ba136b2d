#pragma once

#include "server/net/address_counts.hpp"

#include <boost/asio/ip/address.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace invited::server {

/// Whether there is a place for one more connection.
enum class room : std::uint8_t {
  granted,
  full,         ///< all places are taken
  address_full, ///< its address has all places that it may have
};

class connection_place;

/// How many connections all cores together may have, and how many of them one address may have. Their
/// listeners share it; it must outlive them and the places that it gives. Its lock is taken when a connection
/// comes and when it goes, never for a request.
class connection_budget {
public:
  connection_budget(std::size_t most, std::size_t most_of_one, store::entropy& random);
  connection_budget(const connection_budget&) = delete;
  connection_budget& operator=(const connection_budget&) = delete;

  /// Puts a place for a connection from `peer` into `place`, if there is one. `exempt`: the limit of one
  /// address does not apply, because the address is a proxy's, with many clients behind it.
  room take(const boost::asio::ip::address& peer, bool exempt, connection_place& place);

  std::size_t open() const { return open_.load(std::memory_order_relaxed); }
  std::size_t max() const { return max_; }

private:
  friend class connection_place;
  void give_back(std::uint64_t address, bool counted);

  const std::size_t max_;
  const std::size_t max_of_one_;
  std::mutex lock_;
  address_counts by_address_;
  std::atomic<std::size_t> open_{0}; ///< written under the lock, read without it
};

/// The place of one connection; the destructor gives it back.
class connection_place {
public:
  connection_place() = default;
  ~connection_place() { release(); }
  connection_place(connection_place&& other) noexcept;
  connection_place& operator=(connection_place&& other) noexcept;

  void release() noexcept;

private:
  friend class connection_budget;

  connection_budget* budget_ = nullptr; ///< null: it holds no place
  std::uint64_t address_ = 0;
  bool counted_ = false; ///< whether it counts for its address
};

} // namespace invited::server

#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>

namespace invited::test {

/// A TCP port on loopback that passes bytes to and from a Unix socket, and does harm on the way if a test
/// asks. It has a thread of its own. A test may call every function from its thread at any time.
class gate {
public:
  explicit gate(std::string unix_path);
  ~gate(); ///< cuts all connections
  gate(const gate&) = delete;
  gate& operator=(const gate&) = delete;

  std::uint16_t port() const noexcept;
  std::string url() const;

  static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

  /// Once this many more bytes of reply have been passed on, counted over all connections from now, cuts
  /// their connection. This happens once.
  void cut_after_reply(std::size_t bytes);

  /// The same for bytes of requests.
  void cut_after_request(std::size_t bytes);

  /// Passes on reply bytes in pieces of at most this size.
  void piece_size(std::size_t bytes);

  /// Sends bytes to all clients that Redis never sent.
  void inject(std::string bytes);

  void cut_all();

  /// The bytes passed on so far, over all connections.
  std::size_t replied() const noexcept;
  std::size_t requested() const noexcept;

private:
  struct state;
  std::unique_ptr<state> state_;
};

} // namespace invited::test

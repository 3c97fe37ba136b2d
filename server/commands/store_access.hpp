#pragma once

#include "server/config/options.hpp"
#include "server/config/parsed.hpp"
#include "server/config/secrets.hpp"
#include "store/crypto/sealer.hpp"
#include "store/invites/invites.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <optional>
#include <string>

namespace invited::server {

/// The store for a command: a loop of its own with one connection. The loop runs only while the command waits
/// for it. For one thread.
class store_access final : private store::redis::connection_observer {
public:
  /// `random` must outlive the object. Throws std::runtime_error if the key file or TLS cannot be used.
  store_access(const options& opts, const secrets& material, store::entropy& random);
  ~store_access() override;
  store_access(const store_access&) = delete;
  store_access& operator=(const store_access&) = delete;

  /// Waits until Redis can be used. If it cannot, returns why: it is unfit, or did not answer within
  /// `patience`.
  parsed<void> connect();

  /// Runs a task to its end and returns its result.
  template <class T>
  T run(task<T> work) {
    bool ended = false;
    const auto note = [](void* flag) { *static_cast<bool*>(flag) = true; };
    if (!work.start(note, &ended)) {
      while (!ended) io_.run_one(); // if Redis does not answer, the connection's deadline ends the task
    }
    return work.take();
  }

  store::redis::connection& redis() { return redis_; }
  store::reading_lane lane() { return {redis_, places_}; }
  store::invites& invites() { return invites_; }
  store::sealer& seals() { return seals_; }

  static constexpr std::chrono::seconds patience{10};

private:
  void connected(const store::redis::durability_report&) override {}
  void lost(boost::system::error_code, std::string_view) override {}
  void unfit(const store::redis::durability_report& report) override;

  boost::asio::io_context io_{1};
  turn turn_{io_};
  bool unfit_ = false;
  store::redis::connection redis_;
  gate places_{1, 0, patience}; ///< a command does one thing at a time
  store::sealer seals_;
  store::invites invites_;
};

} // namespace invited::server

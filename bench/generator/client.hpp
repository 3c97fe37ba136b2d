#pragma once

#include "bench/generator/connection.hpp"
#include "bench/generator/figures.hpp"

#include <cstdint>
#include <string_view>

namespace invited::bench {

/// One user of a server, as a scenario sees it. It sends requests and measures everything. Used on its thread
/// alone.
class client {
public:
  /// `numbers` must outlive the object.
  client(executor where, const boost::asio::ip::tcp::endpoint& server, steady::duration patience,
         figures& numbers)
      : connection_(where, server, patience), numbers_(numbers) {}

  /// Sends `request` as one of kind `op` and waits for its answer, which is valid until the next call. The
  /// first request of an iteration is measured from when the iteration was due. The others are measured from
  /// when they are sent, because they could not be sent before the previous answer.
  coro<const answer*> ask(std::size_t op, std::string_view request);

  /// Judge the last answer: it is a refusal, or it is wrong. A wrong answer counts even outside of the
  /// measured time.
  void refused(std::size_t op) {
    if (measured_) numbers_.refuse(op, meant_);
  }
  void wrong(std::size_t op, std::string_view why) { numbers_.wrong(op, why, meant_); }
  /// Counts something that the scenario itself checks.
  void count(const std::string& what, std::uint64_t times = 1) { numbers_.checks[what] += times; }

  /// Starts an iteration that was due at `intended`.
  void begin(steady::time_point intended) {
    intended_ = intended;
    first_ = true;
  }

  bool got_no_answer() const noexcept { return answer_.what != fate::answered; }
  connection& wire() noexcept { return connection_; }

private:
  connection connection_;
  figures& numbers_;
  answer answer_{};
  steady::time_point intended_{}; ///< of the iteration
  steady::time_point meant_{};    ///< of the last request
  bool first_ = true, measured_ = false;
};

} // namespace invited::bench

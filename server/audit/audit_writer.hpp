#pragma once

#include "server/audit/audit_file.hpp"

#include "store/audit/audit_buffer.hpp"
#include "store/base/entropy.hpp"
#include "store/crypto/sealer.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>

#include <coroutine>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace invited::server {

/// Entries taken from the streams, to be written together.
struct audit_batch {
  struct part {
    store::audit_stream from;
    store::audit_stretch entries;
  };
  std::vector<part> parts;
};

/// Opens what is sealed in entries and writes them to the audit file, on a thread of its own: a disk may take
/// its time. Used on one core's thread; one write at a time.
class audit_writer {
public:
  struct outcome {
    std::optional<std::string> wrong; ///< nothing was written
    chain_head head;                  ///< behind the last line
  };

  /// To be awaited. Where it is destroyed while it waits, the writer must have been before.
  class [[nodiscard]] writing {
  public:
    writing(audit_writer& by, const audit_batch& batch) : by_(by), batch_(batch) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> caller);
    outcome await_resume() { return std::move(result_); }

  private:
    audit_writer& by_;
    const audit_batch& batch_;
    outcome result_;
  };

  /// `io` is the loop of the thread that uses it, and outlives it.
  audit_writer(boost::asio::io_context& io, audit_file file, std::shared_ptr<const store::key_ring> keys);

  /// Waits for a write that is under way; whoever waits for it is not woken any more.
  ~audit_writer();

  /// All of the batch (which may be empty: an attempt whether writing works again) is on disk, or none of it.
  /// The batch must live until then.
  writing write(const audit_batch& batch) { return {*this, batch}; }

  /// Opens with other keys from the next write on.
  void load_keys(std::shared_ptr<const store::key_ring> keys);

private:
  outcome write_now(const audit_batch& batch);

  boost::asio::io_context& io_;
  store::system_entropy random_;
  store::sealer seals_; ///< the thread's, as is the file
  audit_file file_;
  boost::asio::thread_pool thread_{1};
};

} // namespace invited::server

#pragma once

#include "server/audit/audit_file.hpp"

#include "store/async/task.hpp"
#include "store/async/work_queue.hpp"
#include "store/async/worker.hpp"
#include "store/audit/audit_buffer.hpp"
#include "store/base/entropy.hpp"
#include "store/crypto/sealer.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
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

  /// `io` is the loop of the thread that uses it, and outlives it.
  audit_writer(boost::asio::io_context& io, audit_file file, std::shared_ptr<const store::key_ring> keys);

  /// All of the batch (which may be empty: an attempt whether writing works again) is on disk, or none of it.
  /// The batch must live until then. Where the task is destroyed while it waits, the writer must have been
  /// before: its end waits for a write that is under way.
  task<outcome> write(const audit_batch& batch);

  /// Opens with other keys from the next write on.
  void load_keys(std::shared_ptr<const store::key_ring> keys) { keys_ = std::move(keys); }

private:
  /// What the thread does.
  struct writing {
    audit_writer& by;
    const audit_batch& batch;
    std::shared_ptr<const store::key_ring> keys;

    outcome operator()() { return by.write_now(batch, keys); }
  };

  outcome write_now(const audit_batch& batch, const std::shared_ptr<const store::key_ring>& keys);

  boost::asio::io_context& io_;
  std::shared_ptr<const store::key_ring> keys_; ///< the loop's

  // From here on the thread's.
  store::system_entropy random_;
  std::shared_ptr<const store::key_ring> loaded_;
  store::sealer seals_;
  audit_file file_;

  work_queue thread_{1};
  worker worker_{io_, thread_};
};

} // namespace invited::server

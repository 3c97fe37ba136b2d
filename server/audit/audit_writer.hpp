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

/// Entries taken from the streams that are written together.
struct audit_batch {
  struct part {
    store::audit_stream from;
    store::audit_stretch entries;
  };
  std::vector<part> parts;
};

/// Opens the sealed parts of entries and writes the entries to the audit file, on a thread of its own because
/// a disk may be slow. Used on one core's thread; one write at a time.
class audit_writer {
public:
  struct outcome {
    std::optional<std::string> wrong; ///< nothing was written
    chain_head head;                  ///< after the last line
  };

  /// `io` is the loop of the thread that uses the object, and must outlive it.
  audit_writer(boost::asio::io_context& io, audit_file file, std::shared_ptr<const store::key_ring> keys);

  /// Writes all of the batch to disk, or none of it. An empty batch tries whether writing works again. The
  /// batch must live until the call is done. If the task is destroyed while it waits, the writer must be
  /// destroyed before it: its destructor waits for a write under way.
  task<outcome> write(const audit_batch& batch);

  /// Uses other keys from the next write on.
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
  std::shared_ptr<const store::key_ring> keys_; ///< used by the loop

  // The members below are used by the thread.
  store::system_entropy random_;
  std::shared_ptr<const store::key_ring> loaded_;
  store::sealer seals_;
  audit_file file_;

  work_queue thread_{1};
  worker worker_{io_, thread_};
};

} // namespace invited::server

#include "server/audit/audit_writer.hpp"

#include "server/audit/audit_record.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <exception>

namespace invited::server {

audit_writer::audit_writer(boost::asio::io_context& io, audit_file file,
                           std::shared_ptr<const store::key_ring> keys)
    : io_(io), keys_(std::move(keys)), loaded_(keys_), seals_(loaded_, random_), file_(std::move(file)) {}

task<audit_writer::outcome> audit_writer::write(const audit_batch& batch) {
  const auto loop_stays = boost::asio::make_work_guard(io_); // while nothing waits for it
  writing todo{*this, batch, keys_};
  offload<writing> written(worker_, std::move(todo));
  std::optional<outcome> done = co_await written;
  co_return std::move(done).value(); // there is always a place, because there is one write at a time
}

audit_writer::outcome audit_writer::write_now(const audit_batch& batch,
                                              const std::shared_ptr<const store::key_ring>& keys) {
  outcome result;
  try {
    if (keys != loaded_) {
      seals_.load(keys);
      loaded_ = keys;
    }
    std::vector<std::string> records;
    for (const audit_batch::part& part : batch.parts) {
      for (const store::redis::node entry : part.entries.entries())
        append_audit_record(records.emplace_back(), part.from, entry, seals_);
    }
    if (const parsed<void> appended = file_.append(records); !appended)
      result.wrong = appended.error().text();
  } catch (const std::exception& e) { // out of memory
    result.wrong = e.what();
  }
  result.head = file_.head();
  return result;
}

} // namespace invited::server

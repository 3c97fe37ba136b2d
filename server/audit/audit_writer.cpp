#include "server/audit/audit_writer.hpp"

#include "server/audit/audit_record.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <exception>

namespace invited::server {

audit_writer::audit_writer(boost::asio::io_context& io, audit_file file,
                           std::shared_ptr<const store::key_ring> keys)
    : io_(io), seals_(std::move(keys), random_), file_(std::move(file)) {}

audit_writer::~audit_writer() {
  thread_.join();
}

void audit_writer::writing::await_suspend(std::coroutine_handle<> caller) {
  // The loop must not end while its waiter is somewhere else.
  auto work = [this, caller, loop_stays = boost::asio::make_work_guard(by_.io_)] {
    result_ = by_.write_now(batch_);
    boost::asio::post(by_.io_, [caller] { caller.resume(); });
  };
  boost::asio::post(by_.thread_, std::move(work));
}

audit_writer::outcome audit_writer::write_now(const audit_batch& batch) {
  outcome result;
  try {
    std::vector<std::string> records;
    for (const audit_batch::part& part : batch.parts) {
      for (const store::redis::node entry : part.entries.entries())
        append_audit_record(records.emplace_back(), part.from, entry, seals_);
    }
    result.wrong = file_.append(records);
  } catch (const std::exception& e) { // out of memory
    result.wrong = e.what();
  }
  result.head = file_.head();
  return result;
}

void audit_writer::load_keys(std::shared_ptr<const store::key_ring> keys) {
  boost::asio::post(thread_, [this, keys = std::move(keys)] { seals_.load(keys); });
}

} // namespace invited::server

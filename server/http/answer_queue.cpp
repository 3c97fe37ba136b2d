#include "server/http/answer_queue.hpp"

#include <utility>

namespace invited::server {
namespace {

/// If the memory of answers grew beyond this, it is given back when they are written, and counts until then.
constexpr std::size_t keep_capacity = 64 * 1024;

} // namespace

void answer_queue::add(const handlers::response& answer, const answer_frame& frame, time_point since,
                       std::shared_ptr<const void>&& held) {
  if (bytes_.empty()) oldest_ = since;
  render(bytes_, answer, frame);
  if (!frame.head_only) file_ = answer.file;
  if (bytes_.size() <= keep_capacity) return held.reset();
  memory_.overdraw_to(bytes_.capacity()); // the work is done, so it is too late to refuse it
  if (held != nullptr) held_ = std::move(held);
}

void answer_queue::add_continue(time_point since) {
  if (bytes_.empty()) oldest_ = since;
  bytes_ += continue_answer;
}

void answer_queue::written(std::size_t n) {
  if (bytes_.empty()) return file_.remove_prefix(n);
  sent_ += n;
  if (sent_ < bytes_.size()) return;
  sent_ = 0;
  bytes_.clear();
  held_.reset();
  if (bytes_.capacity() <= keep_capacity) return;
  std::string{}.swap(bytes_);
  memory_.clear();
}

} // namespace invited::server

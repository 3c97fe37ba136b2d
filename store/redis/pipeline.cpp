#include "store/redis/pipeline.hpp"

#include "store/base/errc.hpp"

#include <algorithm>
#include <utility>

namespace invited::store::redis {

pipeline::pipeline(pipeline_limits limits, resp_limits replies)
    : limits_(limits), reader_(replies), ring_(64), batch_ends_(limits.batches) {}

pipeline::~pipeline() {
  discard();
}

bool pipeline::accepts() const noexcept {
  return !failing_ && size() < limits_.operations && waiting_.size() < limits_.bytes;
}

void pipeline::push(operation& op, time_point now) {
  if (size() == ring_.size()) grow();
  op.ticket = tail_;
  at(tail_) = {&op, now};
  ++tail_;
}

void pipeline::grow() {
  std::vector<slot> larger(ring_.size() * 2);
  for (std::uint64_t t = head_; t != tail_; ++t) larger[t & (larger.size() - 1)] = at(t);
  ring_.swap(larger);
}

bool pipeline::stage(std::string& out) {
  if (!waiting() || full()) return false;
  constexpr std::size_t keep = 1 << 20; // a burst must not keep its memory for ever
  out.clear();
  if (out.capacity() > keep) out.shrink_to_fit();
  out.swap(waiting_);
  sent_ = tail_;
  batch_ends_[batches_ % batch_ends_.size()] = sent_;
  ++batches_;
  return true;
}

boost::system::error_code pipeline::receive(std::string_view bytes) {
  constexpr std::size_t piece = 4096; // see resp_reader::feed()
  const std::uint64_t losses = losses_;
  while (!bytes.empty()) {
    reader_.feed(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
    if (const auto ec = drain()) return ec;
    if (losses != losses_) return {}; // the rest belongs to a connection that is gone
  }
  return {};
}

boost::system::error_code pipeline::drain() {
  const std::uint64_t losses = losses_;
  reply r;
  while (true) {
    switch (reader_.next(r)) {
    case resp_reader::outcome::more: return {};
    case resp_reader::outcome::broken: return reject(reader_.error());
    case resp_reader::outcome::reply: break;
    }
    // A reply when all sent requests are answered is an error, too: it would be taken for the reply to a
    // later request.
    if (head_ == sent_) return reject("a reply without a request");
    operation* const op = at(head_).op;
    ++head_;
    if (op == nullptr) {
      --abandoned_;
      continue;
    }
    op->complete({}, std::move(r));
    if (losses != losses_) return {}; // it called fail() or discard()
  }
}

boost::system::error_code pipeline::reject(std::string_view why) {
  broken_ = why;
  return make_error_code(errc::unexpected);
}

void pipeline::fail() {
  ++losses_;
  failing_ = true;
  // One by one and in place, so that a completion may abandon another request, or call us again.
  while (head_ != tail_) {
    const errc why = head_ < sent_ ? errc::unanswered : errc::unavailable;
    operation* const op = at(head_).op;
    ++head_;
    if (op != nullptr) op->complete(make_error_code(why), {});
  }
  sent_ = tail_;
  abandoned_ = 0;
  failing_ = false;
  waiting_.clear();
  reader_.reset();
}

void pipeline::discard() noexcept {
  ++losses_;
  while (head_ != tail_) {
    operation* const op = at(head_).op;
    ++head_;
    if (op != nullptr) op->discard();
  }
  sent_ = tail_;
  abandoned_ = 0;
  waiting_.clear();
}

void pipeline::expire(time_point before) {
  const std::uint64_t losses = losses_;
  expired_ = std::max(expired_, head_);
  while (expired_ != tail_ && at(expired_).since <= before) {
    operation* const op = std::exchange(at(expired_).op, nullptr);
    ++expired_;
    if (op == nullptr) continue;
    ++abandoned_;
    op->complete(make_error_code(errc::unanswered), {});
    if (losses != losses_) return; // it called fail() or discard()
    expired_ = std::max(expired_, head_);
  }
}

void pipeline::abandon(operation& op) noexcept {
  at(op.ticket).op = nullptr;
  ++abandoned_;
}

std::optional<time_point> pipeline::oldest() const noexcept {
  if (idle()) return std::nullopt;
  return ring_[head_ & (ring_.size() - 1)].since;
}

} // namespace invited::store::redis

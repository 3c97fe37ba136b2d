#include "store/redis/batcher.hpp"

#include "store/redis/connection.hpp"

#include <algorithm>
#include <utility>

namespace invited::store::redis {
namespace {

/// How many batches keep their memory for later ones. A burst must not keep its memory for ever.
constexpr std::size_t most_spare = 64;

} // namespace

batched_call::~batched_call() {
  if (in_ != nullptr) in_->leave(*this);
}

/// The caller may destroy this.
void batched_call::answer(const result<node>& found) {
  answer_ = found;
  answered_ = true;
  if (const auto caller = std::exchange(caller_, nullptr)) caller.resume();
}

script_batch::~script_batch() {
  for (batched_call* call : calls_) {
    if (call != nullptr) call->in_ = nullptr;
  }
}

bool script_batch::takes(const batched_call& call) const {
  if (calls_.empty()) return true;
  return calls_.size() < owner_.most_ && owner_.go_together(*calls_.front(), call) &&
         std::ranges::none_of(calls_, [&](const batched_call* other) { return owner_.meet(*other, call); });
}

void script_batch::add(batched_call& call) {
  calls_.push_back(&call);
  call.in_ = this;
  ++held_;
}

void script_batch::leave(const batched_call& call) noexcept {
  const auto place = std::ranges::find(calls_, &call);
  --held_;
  if (phase_ == phase::gathering) {
    calls_.erase(place);
    return;
  }
  *place = nullptr; // its element of the reply comes, or has come, all the same
  if (held_ == 0 && phase_ != phase::handing_out) owner_.recycle(*this);
}

/// If it is written again, on another day or by the script's source, it has no place for those that have
/// left.
void script_batch::write_to(script_writer& to, std::int64_t today) const {
  std::erase(calls_, nullptr);
  owner_.write(to, calls_, today);
}

/// Whoever is resumed may do anything, and may let others leave.
void script_batch::hand_out() {
  phase_ = phase::handing_out;
  if (reply_ && calls_.size() == 1) { // without a list around it
    if (calls_.front() != nullptr) calls_.front()->answer(reply_->root());
    phase_ = phase::answered;
    return;
  }
  const bool fits = reply_ && reply_->kind() == kind::array && reply_->size() == calls_.size();
  const result<node> none = reply_ ? make_error_code(errc::unexpected) : reply_.error();
  auto found = fits ? reply_->begin() : node::iterator();
  for (std::size_t i = 0; i < calls_.size(); ++i) {
    const result<node> own = fits ? result<node>(*found++) : none;
    if (calls_[i] != nullptr) calls_[i]->answer(own);
  }
  phase_ = phase::answered;
}

bool batcher::sending::await_suspend(std::coroutine_handle<> caller) {
  batcher_.take_in(call_);
  if (call_.answered_) return false;
  call_.caller_ = caller;
  return true;
}

batcher::batcher(connection& redis, const script& text, std::int64_t& today)
    : meeting(redis.end_of_turn()),
      redis_(redis),
      script_(text),
      today_(today),
      most_(std::min(redis.batch(), largest_batch)) {}

batcher::~batcher() = default;

script_batch& batcher::begin() {
  if (spare_.empty()) spare_.emplace_back(*this);
  live_.splice(live_.end(), spare_, spare_.begin());
  script_batch& batch = live_.back();
  batch.place_ = std::prev(live_.end());
  return batch;
}

void batcher::take_in(batched_call& call) {
  if (most_ != 0 && in_turn()) return join(call);
  script_batch& batch = begin();
  batch.add(call);
  send(batch);
}

void batcher::join(batched_call& call) {
  const std::size_t lane = lane_of(call) % lanes;
  if (open_[lane] == nullptr || !open_[lane]->takes(call)) {
    script_batch& next = begin();
    next.lane_ = lane;
    gathered_.push_back(&next);
    open_[lane] = &next;
  }
  open_[lane]->add(call);
  reached();
}

/// Whoever is resumed, because nothing can be sent, may make more calls: they go, too.
void batcher::pass() noexcept {
  for (std::size_t i = 0; i < gathered_.size(); ++i) {
    script_batch& batch = *gathered_[i];
    if (open_[batch.lane_] == &batch) open_[batch.lane_] = nullptr;
    if (batch.calls_.empty())
      recycle(batch);
    else
      send(batch);
  }
  gathered_.clear();
}

void batcher::send(script_batch& batch) {
  batch.phase_ = script_batch::phase::under_way;
  batch.running_ = run_on_day(redis_, script_, batch, today_);
  const auto wake = [](void* b) {
    auto& woken = *static_cast<script_batch*>(b);
    woken.owner_.ended(woken);
  };
  if (batch.running_.start(wake, &batch)) ended(batch);
}

void batcher::ended(script_batch& batch) {
  batch.reply_ = batch.running_.take();
  if (!batch.reply_ && batch.reply_.error() == errc::refused && batch.calls_.size() > 1)
    send_one_by_one(batch);
  else
    batch.hand_out();
  if (batch.held_ == 0) recycle(batch);
}

/// Whoever is resumed, because nothing can be sent, may let others leave.
void batcher::send_one_by_one(script_batch& batch) {
  batch.phase_ = script_batch::phase::handing_out;
  for (std::size_t i = 0; i < batch.calls_.size(); ++i) {
    batched_call* const call = std::exchange(batch.calls_[i], nullptr);
    if (call == nullptr) continue;
    --batch.held_;
    script_batch& alone = begin();
    alone.add(*call);
    send(alone);
  }
}

/// Its task, if it is under way still, is given up.
void batcher::recycle(script_batch& batch) noexcept {
  batch.running_ = {};
  batch.reply_ = {};
  batch.calls_.clear();
  batch.phase_ = script_batch::phase::gathering;
  spare_.splice(spare_.end(), live_, batch.place_);
  if (spare_.size() > most_spare) spare_.pop_front();
}

} // namespace invited::store::redis

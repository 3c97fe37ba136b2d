#include "server/http/request_reader.hpp"

#include <algorithm>

namespace invited::server {
namespace {

/// Room for content is made in steps of so many bytes. An announced length is only a promise, so memory
/// follows the bytes that have come.
constexpr std::size_t content_step = 16 * 1024;

/// Every connection may have content of this size, and keeps the memory. Larger content counts against the
/// budget.
constexpr std::size_t free_content = 4 * 1024;

} // namespace

request_reader::request_reader(const http_limits& limits, request_parser& parser, memory_budget& budget)
    : memory_(budget), scan_(limits), limits_(limits), parser_(parser) {}

std::span<char> request_reader::room() {
  switch (awaits_) {
  case part::head:
    if (in_.room().size() < input_buffer::smallest / 8)
      in_.reserve(in_.view().size() + input_buffer::smallest / 4);
    break;
  case part::content:
    if (plan_.content == framing::length) return room_in_content();
    break;
  case part::nothing:
    in_.clear();
    in_.reserve(input_buffer::smallest);
    break;
  }
  return in_.room();
}

/// Reads directly into the content, and never beyond its end: the rest stays in the kernel.
std::span<char> request_reader::room_in_content() {
  if (got_ == body_.size()) {
    const auto left = plan_.content_length - got_;
    const auto step = std::min<std::uint64_t>(left, std::max(content_step, got_));
    body_.resize(got_ + static_cast<std::size_t>(step));
  }
  return std::span{body_}.subspan(got_);
}

http_result<request_reader::progress> request_reader::advance() {
  if (awaits_ == part::content) {
    if (plan_.content == framing::length) return take_sized();
    return take_chunks();
  }
  const auto length = scan_.look(in_.view());
  if (!length) return length.error();
  if (*length == 0) return progress::partial;
  return take_head(*length);
}

http_result<request_reader::progress> request_reader::take_head(std::size_t length) {
  // From here on views point into in_. Chunks are read after the head, so there must be room without moving
  // it.
  in_.reserve(length + input_buffer::smallest / 4);
  head_ = used_ = length;
  const auto parsed = parser_.parse(in_.view().substr(scan_.lead(), length - scan_.lead()));
  if (!parsed) return parsed.error();
  const auto judgement = judge(*parsed, limits_, text_, plan_);
  if (!judgement) return judgement.error();
  is_judged_ = true;
  awaits_ = part::content;
  if (plan_.content == framing::none) return complete(body_);
  return progress::head;
}

http_result<void> request_reader::allow_content(std::uint64_t limit) {
  // All of an announced length at once. Otherwise many contents could grow until no memory is left, and none
  // would be finished.
  if (plan_.content_length > free_content && !memory_.grow_to(static_cast<std::size_t>(plan_.content_length)))
    return refused::no_memory;
  if (plan_.content == framing::chunked) chunks_.reset(limit);
  return {};
}

request_reader::progress request_reader::take_sized() {
  // What came with the head. Whatever comes later is read into body_.
  if (const std::size_t came = in_.view().size() - used_; came > 0) {
    // Mostly it is exactly the content. It can stay in place, with the '\0' after it that readers need.
    if (came == plan_.content_length && !in_.room().empty()) {
      char* const end = in_.room().data();
      *end = '\0';
      used_ += came;
      return complete({end - came, came});
    }
    got_ = static_cast<std::size_t>(std::min<std::uint64_t>(came, plan_.content_length));
    body_.append(in_.view(), used_, got_);
    used_ += got_;
  }
  if (got_ < plan_.content_length) return progress::partial;
  return complete(body_);
}

http_result<request_reader::progress> request_reader::take_chunks() {
  const auto taken = chunks_.feed(in_.view().substr(head_), body_);
  if (!taken) return taken.error();
  if (body_.size() > free_content && !memory_.grow_to(body_.capacity())) return refused::no_memory;
  if (!chunks_.done()) {
    in_.keep(head_);
    return progress::partial;
  }
  used_ = head_ + *taken;
  return complete(body_);
}

request_reader::progress request_reader::complete(std::span<char> content) {
  if (ignores_content()) {
    body_.clear();
    content = body_;
  }
  content_ = content;
  return progress::whole;
}

void request_reader::done() {
  in_.consume(used_);
  in_.shrink();
  drop_content();
  scan_.reset();
  is_judged_ = false;
  awaits_ = part::head;
  used_ = head_ = 0;
}

void request_reader::stop() {
  if (!is_judged_) salvage(in_.view().substr(std::min(scan_.lead(), in_.view().size())), plan_);
  in_.clear();
  drop_content();
  awaits_ = part::nothing;
}

void request_reader::drop_content() {
  if (!body_.empty()) body_.clear(); // unused memory is not in the cache either
  if (body_.capacity() > free_content) std::string{}.swap(body_);
  memory_.clear();
  content_ = {};
  got_ = 0;
}

} // namespace invited::server

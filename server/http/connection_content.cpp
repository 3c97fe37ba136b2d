// Where a connection reads to, and how it gets the content of a request.
#include "server/http/connection.hpp"

#include <algorithm>

namespace invited::server {
namespace {

/// Room for content is made in steps of so many bytes. An announced length is only a promise, so memory
/// follows the bytes that have come.
constexpr std::size_t content_step = 16 * 1024;

/// Every connection may have content of this size, and keeps the memory. Larger content counts against the
/// budget.
constexpr std::size_t free_content = 4 * 1024;

/// RFC 9110 §9.3: content of these methods has no defined meaning. It is read, so that the connection can go
/// on, and dropped.
bool ignores_content(handlers::verb method) {
  using enum handlers::verb;
  return method == get || method == head || method == options;
}

} // namespace

std::uint64_t connection::content_limit() const {
  if (ignores_content(plan_.method)) return context_.limits.ignored_body;
  return context_.service.body_limit(plan_.method, plan_.path);
}

/// Whether there is memory for the content that a head announces. All of it is taken at once. Otherwise many
/// contents could grow until no memory is left, and none would be finished.
bool connection::afford_content() {
  return plan_.content_length <= free_content ||
         content_memory_.grow_to(static_cast<std::size_t>(plan_.content_length));
}

void connection::drop_content() {
  if (!body_.empty()) body_.clear(); // unused memory is not in the cache either
  if (body_.capacity() > free_content) std::string{}.swap(body_);
  content_memory_.clear();
}

/// `bytes` are all bytes of in_ after the head.
void connection::take_content(std::string_view bytes) {
  if (plan_.content == framing::length) {
    // Mostly it is exactly the content. It can stay in place, with the '\0' after it that readers need.
    if (bytes.size() == plan_.content_length && !in_.room().empty()) {
      char* const end = in_.room().data();
      *end = '\0';
      used_ += bytes.size();
      return get_ready({end - bytes.size(), bytes.size()});
    }
    const auto n =
        static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), plan_.content_length - got_));
    body_.append(bytes, 0, n);
    got_ += n;
    used_ += n;
    if (got_ == plan_.content_length) get_ready(body_);
    return;
  }
  const auto taken = chunks_.feed(bytes, body_);
  if (!taken) return refuse(taken.error());
  if (body_.size() > free_content && !content_memory_.grow_to(body_.capacity()))
    return refuse(refused::no_memory);
  if (chunks_.done()) {
    used_ = head_ + *taken;
    got_ = body_.size();
    get_ready(body_);
  } else {
    in_.keep(head_);
  }
}

void connection::get_ready(std::span<char> content) {
  state_ = state::ready;
  describe_request();
  if (ignores_content(plan_.method)) {
    body_.clear();
    content = body_;
  }
  request_.body = content;
}

std::span<char> connection::room() {
  if (state_ == state::head) {
    if (in_.room().size() < input_buffer::smallest / 8)
      in_.reserve(in_.view().size() + input_buffer::smallest / 4);
    return in_.room();
  }
  if (state_ == state::body && plan_.content == framing::length) {
    // Reads directly into the content, and never beyond its end: the rest stays in the kernel.
    if (got_ == body_.size()) {
      const auto left = plan_.content_length - got_;
      body_.resize(got_ +
                   static_cast<std::size_t>(std::min<std::uint64_t>(left, std::max(content_step, got_))));
    }
    return std::span{body_}.subspan(got_);
  }
  if (state_ == state::lingering) {
    in_.clear();
    in_.reserve(input_buffer::smallest);
  }
  return in_.room();
}

void connection::received(std::size_t n) {
  if (state_ == state::body && plan_.content == framing::length) {
    got_ += n;
    if (got_ == plan_.content_length) get_ready(body_);
    return;
  }
  if (state_ == state::lingering) {
    drained_ += n;
    if (drained_ > context_.limits.linger) state_ = state::closed;
    return;
  }
  in_.added(n);
  if (state_ == state::body) take_content(in_.view().substr(head_));
}

} // namespace invited::server

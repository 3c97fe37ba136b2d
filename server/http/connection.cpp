#include "server/http/connection.hpp"

#include "server/http/response_writer.hpp"

#include <algorithm>

namespace invited::server {
namespace {

/// If the memory of answers grew beyond this, it is given back when they are written, and counts until then.
constexpr std::size_t keep_capacity = 64 * 1024;

/// Content up to this size is read before the caller is checked.
constexpr std::uint64_t content_from_anybody = 16 * 1024;

/// Answers to pipelined requests are written together, but not beyond this size, and they are not held back
/// longer than this.
constexpr std::size_t most_held_bytes = 32 * 1024;
constexpr std::chrono::milliseconds longest_held{5};

} // namespace

connection::connection(http_context& context, const boost::asio::ip::address& peer)
    : context_(context),
      peer_(peer),
      is_proxy_unnamed_(is_proxy_unnamed(peer, context.trusted_proxies)),
      content_memory_(context.memory),
      answer_memory_(context.memory),
      scan_(context.limits) {}

connection::want connection::next() {
  for (;;) {
    switch (state_) {
    case state::head:
      if (!file_.empty() || (request_.held && !out_.empty())) return want::write;
      if (look_for_head()) continue;
      return out_.empty() ? want::read : want::write;
    case state::body: return out_.empty() ? want::read : want::write;
    case state::ready:
      if (must_flush()) return want::write;
      state_ = state::serving;
      return want::serve;
    case state::serving: return want::serve;
    case state::last:
      if (!output().empty()) return want::write;
      state_ = linger_ ? state::lingering : state::closed;
      // RFC 9112 §9.6: close in stages, because a reset for the bytes still coming could destroy the answer.
      if (linger_) return want::shut_down;
      continue;
    case state::lingering: return want::read;
    case state::closed: return want::close;
    }
  }
}

/// Whether the state has changed; otherwise more bytes are needed.
bool connection::look_for_head() {
  if (context_.draining && in_.empty()) {
    state_ = state::last;
    return true;
  }
  if (in_.empty()) return false;
  const auto length = scan_.look(in_.view());
  if (!length) {
    refuse(length.error());
  } else if (*length > 0) {
    begin(*length);
  } else {
    return false;
  }
  return true;
}

http_result<bool> connection::read_head(std::string_view head) {
  const auto parsed = context_.parser.parse(head);
  if (!parsed) return parsed.error();
  return judge(*parsed, context_.limits, scratch_, plan_);
}

void connection::begin(std::size_t head_length) {
  started_ = context_.steady_clock();
  // From here on views point into in_. Chunks are read after the head, so there must be room without moving
  // it.
  in_.reserve(head_length + input_buffer::smallest / 4);
  head_ = used_ = head_length;
  const auto judgement = read_head(in_.view().substr(scan_.lead(), head_length - scan_.lead()));
  if (!judgement) return refuse(judgement.error());
  has_plan_ = true;

  state_ = state::body;
  if (plan_.content == framing::none) return get_ready(body_);
  const auto limit = content_limit();
  // RFC 9110 §15.5.14, before any of it is read; and instead of a 100 (§10.1.1).
  if (plan_.content_length > limit) return refuse(refused::content_too_large);
  const bool much = plan_.content == framing::chunked || plan_.content_length > content_from_anybody;
  if (much && limit > content_from_anybody && !admit_early()) return;
  if (!afford_content()) return refuse(refused::no_memory);
  chunks_.reset(limit);
  const auto rest = in_.view().substr(head_length);
  // §10.1.1: a 100 MAY be omitted when content has already come.
  if (plan_.expects_continue && rest.empty()) {
    out_ += continue_answer;
  }
  take_content(rest);
}

/// False after a refusal that needs only the head. It replaces a 100.
bool connection::admit_early() {
  describe_request();
  handlers::step<> admitted = context_.service.admit_early(request_);
  if (admitted) return true;
  finish(std::move(admitted).error(), false);
  end_after_answer();
  return false;
}

void connection::describe_request() {
  request_.method = plan_.method;
  request_.path = plan_.path;
  request_.query = plan_.query;
  request_.fields = plan_.fields;
  request_.body = {};
  request_.client = client_address(peer_, plan_.forwarded_for, context_.trusted_proxies);
  if (is_proxy_unnamed_ && !plan_.forwarded_for.empty()) [[unlikely]]
    note_forwarded();
  request_.request_id = choose_id();
  request_.param = {};
  request_.set_cookie.clear();
}

void connection::note_forwarded() {
  if (context_.on_forwarded) context_.on_forwarded(peer_);
}

std::string_view connection::choose_id() {
  if (has_plan_ && request_ids::is_valid(plan_.request_id)) return plan_.request_id;
  context_.ids.next(made_id_);
  return {made_id_.data(), made_id_.size()};
}

void connection::ended() {
  const bool in_the_middle = state_ == state::body || (state_ == state::head && !in_.empty());
  if (!in_the_middle) return lost();
  refuse(refused::incomplete); // RFC 9112 §8: an answer MAY be sent; a client that closed only one side will
                               // get it
  linger_ = false;
}

void connection::written(std::size_t n) {
  if (out_.empty()) return file_.remove_prefix(n);
  sent_ += n;
  if (sent_ < out_.size()) return;
  sent_ = 0;
  out_.clear();
  // The place of the answer that is written now, not that of the next request.
  if (state_ == state::head || state_ == state::last) request_.held.reset();
  if (out_.capacity() <= keep_capacity) return;
  std::string{}.swap(out_);
  answer_memory_.clear();
}

bool connection::must_flush() const {
  if (out_.empty()) return false;
  return out_.size() > most_held_bytes || started_ - oldest_ > longest_held;
}

void connection::answered(const handlers::response& answer) {
  const bool keep_alive = plan_.keep_alive && !context_.draining;
  finish(answer, keep_alive);
  in_.consume(used_);
  in_.shrink();
  drop_content();
  scan_.reset();
  has_plan_ = false;
  answered_one_ = true;
  used_ = head_ = got_ = 0;
  state_ = keep_alive ? state::head : state::last;
  // A client that asked for the end sends nothing more. Another one may have written its next request
  // already.
  linger_ = !keep_alive && (plan_.keep_alive || !in_.empty());
}

void connection::failed() {
  has_plan_ = true;
  refuse(refused::fault);
}

void connection::refuse(refused r) {
  ++(r == refused::no_memory ? context_.counters.without_memory : context_.counters.refused);
  if (!has_plan_) {
    // Only one thing is known without a judgement: whether an answer may have content (RFC 9110 §9.3.2).
    plan_ = plan{};
    if (in_.view().substr(std::min(scan_.lead(), in_.view().size())).starts_with("HEAD "))
      plan_.method = handlers::verb::head;
    started_ = context_.steady_clock();
  }
  request_.request_id = choose_id();
  request_.client = client_address(peer_, plan_.forwarded_for, context_.trusted_proxies);
  finish(context_.service.refuse(to_problem(r), request_.request_id), false);
  end_after_answer();
}

void connection::end_after_answer() {
  in_.clear(); // the next bytes are not a request
  drop_content();
  state_ = state::last;
  linger_ = true;
}

void connection::finish(const handlers::response& answer, bool keep_alive) {
  const auto at = context_.wall_clock();
  answer_frame frame;
  frame.date = context_.date.at(at);
  frame.request_id = request_.request_id;
  frame.minor = plan_.minor;
  frame.keep_alive = keep_alive;
  frame.head_only = plan_.method == handlers::verb::head;
  frame.hsts = context_.hsts;
  const bool first = out_.empty();
  render(out_, answer, frame);
  if (!frame.head_only) file_ = answer.file;
  record(answer, at);
  if (out_.size() > keep_capacity) {
    answer_memory_.overdraw_to(out_.capacity()); // the work is done, so it is too late to refuse it
  } else {
    request_.held.reset();
  }
  if (first) oldest_ = started_;
}

void connection::record(const handlers::response& answer, std::chrono::system_clock::time_point at) {
  access_record line;
  line.at = at;
  line.request_id = request_.request_id;
  if (has_plan_) line.method = method_name(plan_.method);
  line.route = answer.route;
  line.provider = answer.provider;
  line.ref = answer.ref;
  line.status = answer.status;
  line.duration = std::chrono::duration_cast<std::chrono::microseconds>(context_.steady_clock() - started_);
  line.client = request_.client;
  line.patient = answer.patient;
  context_.calls.add(answer.call, line.status, line.duration);
  context_.log.write(line);
}

phase connection::reading_phase() const {
  switch (state_) {
  case state::body: return phase::body;
  case state::lingering: return phase::linger;
  default: return in_.empty() && answered_one_ ? phase::idle : phase::header;
  }
}

void connection::timed_out(phase p) {
  ++context_.counters.timeouts[static_cast<std::size_t>(p)];
  // What was awaited came just now, or was refused. The answer waits already, and to write it has a time of
  // its own.
  if (state_ == state::last && p != phase::write) return;
  const bool can_be_told = p == phase::body || (p == phase::header && !in_.empty());
  if (!can_be_told) return lost();
  refuse(refused::timeout);
}

} // namespace invited::server

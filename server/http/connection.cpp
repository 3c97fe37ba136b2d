#include "server/http/connection.hpp"

#include "server/grammar/traceparent.hpp"

#include <utility>

namespace invited::server {
namespace {

/// Content up to this size is read before the caller is checked.
constexpr std::uint64_t content_from_anybody = 16 * 1024;

} // namespace

connection::connection(http_context& context, const boost::asio::ip::address& peer_address)
    : context_(context),
      peer_(context, peer_address),
      answers_(context.memory),
      reader_(context.limits, context.parser, context.memory) {}

connection::want connection::next() {
  for (;;) {
    switch (state_) {
    case state::reading:
      if (answers_.must_go_first()) return want::write;
      if (take_request()) continue;
      return answers_.empty() ? want::read : want::write;
    case state::ready:
      if (answers_.is_due(started_)) return want::write;
      state_ = state::serving;
      return want::serve;
    case state::serving: return want::serve;
    case state::last:
      if (!answers_.empty()) return want::write;
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
bool connection::take_request() {
  if (reader_.empty()) {
    if (context_.draining) state_ = state::last;
    return context_.draining;
  }
  if (!reader_.in_content()) started_ = context_.steady_clock();
  for (;;) {
    const auto progress = reader_.advance();
    if (!progress) {
      refuse(progress.error());
      return true;
    }
    switch (*progress) {
    case request_reader::progress::partial: return false;
    case request_reader::progress::whole:
      describe_request();
      state_ = state::ready;
      return true;
    case request_reader::progress::head:
      if (!admit_content()) return true;
    }
  }
}

/// What the head alone decides, before any content is read. False after a refusal.
bool connection::admit_content() {
  const plan& head = reader_.head();
  const std::uint64_t limit = reader_.ignores_content() ? context_.limits.ignored_body
                                                        : context_.service.body_limit(head.method, head.path);
  if (head.content_length > limit) { // RFC 9110 §15.5.14; and instead of a 100 (§10.1.1)
    refuse(refused::content_too_large);
    return false;
  }
  const bool much = head.content == framing::chunked || head.content_length > content_from_anybody;
  if (much && limit > content_from_anybody && !admit_early()) return false;
  if (const auto allowed = reader_.allow_content(limit); !allowed) {
    refuse(allowed.error());
    return false;
  }
  // §10.1.1: a 100 MAY be omitted when content has already come.
  if (head.expects_continue && !reader_.has_more_than_head()) answers_.add_continue(started_);
  return true;
}

/// False after a refusal that needs only the head. It replaces a 100.
bool connection::admit_early() {
  describe_request();
  handlers::step<> admitted = context_.service.admit_early(request_);
  if (admitted) return true;
  finish(std::move(admitted).error(), false);
  end_after_answers(true);
  return false;
}

void connection::describe_request() {
  reader_.describe(request_);
  request_.client = peer_.client(reader_.head().forwarded_for);
  peer_.note(reader_.head().forwarded_for);
  request_.request_id = choose_id();
  request_.param = {};
  request_.set_cookie.clear();
}

std::string_view connection::choose_id() {
  const std::string_view theirs = reader_.head().request_id;
  if (reader_.is_judged() && request_ids::is_valid(theirs)) return theirs;
  context_.ids.next(made_id_);
  return {made_id_.data(), made_id_.size()};
}

void connection::received(std::size_t n) {
  reader_.received(n);
  if (state_ == state::lingering && reader_.dropped() > context_.limits.linger) state_ = state::closed;
}

void connection::ended() {
  if (reader_.empty()) return lost();
  refuse(refused::incomplete); // RFC 9112 §8: an answer MAY be sent; a client that closed only one side will
                               // get it
  linger_ = false;
}

void connection::answered(const handlers::response& answer) {
  const bool client_goes_on = reader_.head().keep_alive;
  const bool keep_alive = client_goes_on && !context_.draining;
  finish(answer, keep_alive);
  reader_.done();
  answered_one_ = true;
  state_ = state::reading;
  // A client that asked for the end sends nothing more. Another one may have written its next request
  // already.
  if (!keep_alive) end_after_answers(client_goes_on || !reader_.empty());
}

void connection::refuse(refused r) {
  ++(r == refused::no_memory ? context_.counters.without_memory : context_.counters.refused);
  if (!reader_.is_judged()) started_ = context_.steady_clock();
  end_after_answers(true);
  reader_.describe(request_);
  request_.request_id = choose_id();
  request_.client = peer_.client(reader_.head().forwarded_for);
  finish(context_.service.refuse(to_problem(r), request_), false);
}

/// `linger`: bytes may still come, which are no request.
void connection::end_after_answers(bool linger) {
  reader_.stop();
  state_ = state::last;
  linger_ = linger;
}

void connection::finish(const handlers::response& answer, bool keep_alive) {
  const plan& head = reader_.head();
  const auto at = context_.wall_clock();
  answer_frame frame;
  frame.date = context_.date.at(at);
  frame.request_id = request_.request_id;
  frame.minor = head.minor;
  frame.keep_alive = keep_alive;
  frame.head_only = head.method == handlers::verb::head;
  frame.hsts = context_.hsts;
  answers_.add(answer, frame, started_, std::move(request_.held));
  record(answer, at);
}

void connection::record(const handlers::response& answer, std::chrono::system_clock::time_point at) {
  access_record line;
  line.at = at;
  line.request_id = request_.request_id;
  if (reader_.is_judged()) line.method = method_name(reader_.head().method);
  line.route = answer.route;
  line.provider = answer.provider;
  line.ref = answer.ref;
  line.status = answer.status;
  line.duration = std::chrono::duration_cast<std::chrono::microseconds>(context_.steady_clock() - started_);
  line.client = request_.client;
  line.patient = answer.patient;
  trace(line);
  context_.calls.add(answer.call, line.status, line.duration);
  context_.log.write(line);
}

/// A trace of our own bears the name of the request, unless the caller gave it that name.
void connection::trace(access_record& line) {
  context_.ids.next_span(span_);
  line.span_id = {span_.data(), span_.size()};
  if (const auto parent = read_traceparent(reader_.head().traceparent)) {
    line.trace_id = parent->trace_id;
    line.parent_id = parent->span_id;
  } else if (line.request_id.data() == made_id_.data()) {
    line.trace_id = line.request_id;
  } else {
    context_.ids.next(made_trace_);
    line.trace_id = {made_trace_.data(), made_trace_.size()};
  }
}

phase connection::reading_phase() const {
  if (state_ == state::lingering) return phase::linger;
  if (reader_.in_content()) return phase::body;
  return reader_.empty() && answered_one_ ? phase::idle : phase::header;
}

void connection::timed_out(phase p) {
  ++context_.counters.timeouts[static_cast<std::size_t>(p)];
  // What was awaited came just now, or was refused. The answer waits already, and to write it has a time of
  // its own.
  if (state_ == state::last && p != phase::write) return;
  const bool can_be_told = p == phase::body || p == phase::header;
  if (!can_be_told || reader_.empty()) return lost();
  refuse(refused::timeout);
}

} // namespace invited::server

#pragma once

#include "handlers/http/request.hpp"
#include "server/grammar/chunk_decoder.hpp"
#include "server/grammar/guard.hpp"
#include "server/grammar/head_scan.hpp"
#include "server/grammar/request_parser.hpp"
#include "server/http/input_buffer.hpp"
#include "server/http/memory_budget.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace invited::server {

/// Makes requests of what a client sends over one connection: bytes in, whole requests or refusals out. There
/// is one request at a time, and the bytes of the next wait behind it. The reader owns all of these bytes,
/// and the views of a request point into them. Buffers are used again, so a steady connection allocates
/// nothing here.
///
/// Whoever reads calls advance(), and when that says
/// - `partial`: reads into room(), calls received(), and then advance() again;
/// - `head`: allow_content(), and then advance() again;
/// - `whole`: describe(), and done() when the request is answered.
/// stop() may come at any time, and must come after a refusal.
class request_reader {
public:
  /// How far the request has come.
  enum class progress : std::uint8_t {
    partial, ///< bytes are missing
    head,    ///< the head is judged, and content will follow: allow_content() or stop()
    whole,   ///< all of it is there
  };

  /// All three must outlive it. The parser may serve other connections of the thread, too.
  request_reader(const http_limits& limits, request_parser& parser, memory_budget& budget);

  /// The place to read to; never empty. While content of a known length comes, the place ends where the
  /// content does at the latest: what follows stays in the kernel.
  std::span<char> room();

  /// `n` bytes were put into room(). After stop() they are dropped, and counted.
  void received(std::size_t n) {
    if (awaits_ == part::nothing) {
      dropped_ += n;
    } else if (awaits_ == part::content && plan_.content == framing::length) {
      got_ += n;
    } else {
      in_.added(n);
    }
  }

  /// Looks at what has come since. After a refusal it is unknown where the next request would begin.
  http_result<progress> advance();

  /// Lets at most `limit` bytes of content come, or refuses it because there is no memory. The caller has
  /// held head().content_length against the limit; chunks are held against it here.
  http_result<void> allow_content(std::uint64_t limit);

  /// Whether all of the head has come and is good.
  bool is_judged() const { return is_judged_; }

  /// What the head says, if it is judged. If stop() came before that, it says what could be salvaged for the
  /// refusal. Views are valid until done(), and after stop() until room().
  const plan& head() const { return plan_; }

  /// Sets what the client wrote: method, target, fields and body. The body is empty until the request is
  /// whole, and where the method ignores content. Views are valid as those of head().
  void describe(handlers::request& out) const {
    out.method = plan_.method;
    out.path = plan_.path;
    out.query = plan_.query;
    out.fields = plan_.fields;
    out.body = content_;
  }

  /// The request is answered: forgets it, and waits for the next, of which bytes may have come.
  void done();

  /// Whatever comes from now on is no request.
  void stop();

  /// Whether nothing of a request has come.
  bool empty() const { return in_.empty(); }

  /// Whether the head is judged and the request not done: its content comes, or it is whole.
  bool in_content() const { return awaits_ == part::content; }

  /// Whether anything has come behind the head.
  bool has_more_than_head() const { return in_.view().size() > head_; }

  /// Whether the method gives content no meaning (RFC 9110 §9.3). It is read, so that the connection can go
  /// on, and dropped.
  bool ignores_content() const {
    using enum handlers::verb;
    return plan_.method == get || plan_.method == head || plan_.method == options;
  }

  /// How many bytes came after stop().
  std::size_t dropped() const { return dropped_; }

private:
  enum class part : std::uint8_t { head, content, nothing };

  http_result<progress> take_head(std::size_t length);
  progress take_sized();
  http_result<progress> take_chunks();
  progress complete(std::span<char> content);
  std::span<char> room_in_content();
  void drop_content();

  // The members that each step of a request needs are together and in front, because a session's memory is
  // fetched from the front.
  input_buffer in_;
  std::size_t used_ = 0; ///< bytes of in_ that belong to the request, so far
  std::size_t head_ = 0; ///< how many of these are its head
  std::size_t got_ = 0;  ///< bytes of a known length of content that are in body_
  std::string body_;     ///< content that did not come with its head; longer than got_ while it is being read
  std::span<char> content_{}; ///< all of it, in body_ or in in_; empty until the request is whole
  memory_share memory_;       ///< the share for body_, when it is larger than every connection may have
  part awaits_ = part::head;
  bool is_judged_ = false; ///< plan_ is that of the request
  head_scan scan_;

  const http_limits& limits_;
  request_parser& parser_;
  std::size_t dropped_ = 0;
  chunk_decoder chunks_;
  plan_text text_;
  plan plan_;
};

} // namespace invited::server

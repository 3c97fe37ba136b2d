#pragma once

#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "server/grammar/chunk_decoder.hpp"
#include "server/grammar/guard.hpp"
#include "server/grammar/head_scan.hpp"
#include "server/http/http_context.hpp"
#include "server/http/input_buffer.hpp"
#include "server/http/memory_budget.hpp"
#include "server/http/phase.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace invited::server {

/// One HTTP/1.1 connection without its socket: next() says what to do, and the session does it and reports.
/// Requests are answered in the order of their arrival, each exactly once. After a refusal nothing that the
/// client sent is read as a request. Buffers for bytes, work and answers are used again, so a steady
/// connection allocates nothing here.
class connection {
public:
  enum class want : std::uint8_t {
    read,      ///< read into room(); then received(), ended() or lost()
    write,     ///< write output(); then written() or lost()
    serve,     ///< serve request(); then answered() or failed()
    shut_down, ///< end our side of the stream, then ask again
    close,     ///< it is over
  };

  connection(http_context& context, const boost::asio::ip::address& peer);

  want next();

  /// The place to read to; never empty after want::read.
  std::span<char> room();
  void received(std::size_t n);
  void ended(); ///< the client ended its side

  std::string_view output() const { return out_.empty() ? file_ : std::string_view{out_}.substr(sent_); }
  void written(std::size_t n);

  handlers::request& request() { return request_; }
  void answered(const handlers::response& answer);
  void failed(); ///< there will be no answer: the service threw

  /// The phase of the session while it reads; while it writes it is phase::write.
  phase reading_phase() const;
  void timed_out(phase p);

  /// Nothing can be read or written any more.
  void lost() { state_ = state::closed; }

  /// It is between two requests and nothing is half done, so it may be closed without loss.
  bool is_idle() const { return state_ == state::head && in_.empty() && output().empty(); }

private:
  enum class state : std::uint8_t { head, body, ready, serving, last, lingering, closed };

  bool look_for_head();
  void begin(std::size_t head_length);
  http_result<bool> read_head(std::string_view head);
  std::uint64_t content_limit() const;
  bool admit_early();
  bool afford_content();
  void take_content(std::string_view bytes);
  void drop_content();
  void get_ready(std::span<char> content);
  void describe_request();
  void refuse(refused r);
  void end_after_answer();
  void finish(const handlers::response& answer, bool keep_alive);
  void record(const handlers::response& answer, std::chrono::system_clock::time_point at);
  void note_forwarded();
  std::string_view choose_id();
  bool must_flush() const;

  http_context& context_;
  const boost::asio::ip::address peer_;
  const bool is_proxy_unnamed_; ///< the peer's X-Forwarded-For is not trusted, and perhaps should be
  state state_ = state::head;
  bool linger_ = false;   ///< the client may still be sending, and closing now could destroy the answer
  bool has_plan_ = false; ///< plan_ belongs to the current request
  bool answered_one_ = false;

  // The members that each step of a request needs are together and in front, because a session's memory is
  // fetched from the front.
  input_buffer in_;
  std::size_t used_ = 0; ///< bytes of in_ that belong to the current request, so far
  std::size_t head_ = 0; ///< how many of these are its head
  std::size_t got_ = 0;  ///< bytes of content that have come
  std::string body_;     ///< content that did not come with its head; longer than got_ while it is being read
  memory_share content_memory_; ///< the share for body_, when it is larger than every connection may have
  memory_share answer_memory_;  ///< the same for out_

  std::string out_;       ///< answers that wait to be written
  std::size_t sent_ = 0;  ///< bytes of out_ that are written
  std::string_view file_; ///< the file after out_; no other answer is added before it is written
  std::chrono::steady_clock::time_point oldest_{}; ///< when the first waiting answer was ready
  std::chrono::steady_clock::time_point started_{};

  handlers::request request_;
  std::array<char, request_ids::length> made_id_{};
  head_scan scan_;
  plan plan_;
  std::string scratch_; ///< joined field values of the current request
  chunk_decoder chunks_;
  std::size_t drained_ = 0;
};

} // namespace invited::server

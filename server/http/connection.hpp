#pragma once

#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "server/http/answer_queue.hpp"
#include "server/http/http_context.hpp"
#include "server/http/peer.hpp"
#include "server/http/phase.hpp"
#include "server/http/request_reader.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace invited::server {

/// One HTTP/1.1 connection without its socket: next() says what to do, and the session does it and reports.
/// Requests are answered in the order of their arrival, each exactly once. After a refusal nothing that the
/// client sent is read as a request. Buffers for bytes, work and answers are used again, so a steady
/// connection allocates nothing here.
///
/// A request_reader takes apart what comes, and an answer_queue holds what leaves. This class has the states,
/// and the order between the two. The context must outlive it.
class connection {
public:
  enum class want : std::uint8_t {
    read,      ///< read into room(); then received(), ended() or lost()
    write,     ///< write output(); then written() or lost()
    serve,     ///< serve request(); then answered() or failed()
    shut_down, ///< end our side of the stream, then ask again
    close,     ///< it is over
  };

  connection(http_context& context, const boost::asio::ip::address& peer_address);

  want next();

  /// The place to read to; never empty after want::read.
  std::span<char> room() { return reader_.room(); }
  void received(std::size_t n);
  void ended(); ///< the client ended its side

  std::string_view output() const { return answers_.output(); }
  void written(std::size_t n) { answers_.written(n); }

  handlers::request& request() { return request_; }
  void answered(const handlers::response& answer);
  void failed() { refuse(refused::fault); } ///< there will be no answer: the service threw

  /// The phase of the session while it reads; while it writes it is phase::write.
  phase reading_phase() const;
  void timed_out(phase p);

  /// Nothing can be read or written any more.
  void lost() { state_ = state::closed; }

  /// It is between two requests and nothing is half done, so it may be closed without loss.
  bool is_idle() const { return state_ == state::reading && reader_.empty() && answers_.empty(); }

private:
  enum class state : std::uint8_t {
    reading,   ///< a request comes, or may come
    ready,     ///< it is whole; answers that wait may have to go first
    serving,   ///< the session serves it
    last,      ///< the last answers wait
    lingering, ///< they are written, and what still comes is dropped
    closed,
  };

  bool take_request();
  bool admit_content();
  bool admit_early();
  void describe_request();
  std::string_view choose_id();
  void refuse(refused r);
  void finish(const handlers::response& answer, bool keep_alive);
  void record(const handlers::response& answer, std::chrono::system_clock::time_point at);
  void trace(access_record& line);
  void end_after_answers(bool linger);

  http_context& context_;
  const peer peer_;
  state state_ = state::reading;
  bool linger_ = false; ///< the client may still be sending, and closing now could destroy the answer
  bool answered_one_ = false;
  std::chrono::steady_clock::time_point started_{}; ///< when the head of the request was last looked for

  // Both begin with what each step of a request needs, because a session's memory is fetched from the front.
  answer_queue answers_;
  request_reader reader_;

  handlers::request request_;
  std::array<char, request_ids::length> made_id_{}, made_trace_{};
  std::array<char, request_ids::span_length> span_{};
};

} // namespace invited::server

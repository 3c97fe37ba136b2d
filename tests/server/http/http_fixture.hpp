#pragma once

#include "handlers/http/service.hpp"
#include "server/http/access_log.hpp"
#include "server/http/connection.hpp"
#include "server/http/http_context.hpp"
#include "server/net/deadlines.hpp"
#include "server/net/net_context.hpp"
#include "tests/support/tasks.hpp"

#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace invited::server {

/// A small application that answers with what it was asked, and remembers it.
class echo_service final : public handlers::service {
public:
  struct seen {
    handlers::verb method;
    std::string path, query, body, id, client, type;
  };

  std::size_t limit = 1000;
  bool throws = false;
  int early_looks = 0;        ///< how often admit_early was asked
  handlers::response extra{}; ///< what answers begin as
  std::vector<seen> requests{};
  std::string refused_origin{}, refused_accept{}; ///< fields of the last request that HTTP forbade
  test::turnstile* gate = nullptr;                ///< what serving waits for, if anything

  std::size_t body_limit(handlers::verb, std::string_view) const override { return limit; }

  handlers::step<> admit_early(handlers::request& r) override {
    if (!r.body.empty()) throw std::logic_error("nothing has been read yet");
    ++early_looks;
    if (r.path != "/private") return {};
    handlers::response refused;
    refused.status = 401;
    refused.content_type = "text/plain";
    refused.body = "who?";
    refused.route = "/echo";
    return refused;
  }

  task<handlers::response> serve(handlers::request& r) override {
    if (gate != nullptr) co_await gate->pass();
    co_return serve_now(r);
  }

  handlers::response serve_now(handlers::request& r) {
    if (throws) throw std::runtime_error("broken promise");
    // The JSON reader relies on it.
    if (r.body.data()[r.body.size()] != '\0') throw std::logic_error("the body does not end in NUL");
    const std::string body(r.body.begin(), r.body.end());
    requests.push_back({r.method, std::string{r.path}, std::string{r.query}, body, std::string{r.request_id},
                        r.client.to_string(), std::string{r[handlers::field::content_type]}});
    std::fill(r.body.begin(), r.body.end(), '!'); // parsing in place may write anything
    handlers::response answer = extra;
    if (answer.content_type.empty() && answer.status == 200) answer.content_type = "text/plain";
    answer.body = "<" + std::string{r.path} + "|" + body + ">";
    answer.route = r.path.starts_with("/invite/") ? "/invite/{invite_id}" : "/echo";
    answer.patient = r.path.starts_with("/invite/");
    answer.provider = "p1";
    return answer;
  }

  handlers::response refuse(const handlers::problem& p, const handlers::request& r) override {
    refused_origin = r[handlers::field::origin];
    refused_accept = r[handlers::field::accept];
    return handlers::to_response(p, r.request_id);
  }
};

class log_recorder final : public access_log {
public:
  struct line {
    std::string id, method, route, provider, client;
    unsigned status;
    bool patient;
    std::string trace, span, parent;
  };
  std::vector<line> lines{};

  void write(const access_record& r) override {
    lines.push_back({std::string{r.request_id}, std::string{r.method}, std::string{r.route},
                     std::string{r.provider}, r.client.to_string(), r.status, r.patient,
                     std::string{r.trace_id}, std::string{r.span_id}, std::string{r.parent_id}});
  }
};

/// What a core has, with a clock that tests move by hand.
struct core_fixture {
  std::chrono::steady_clock::time_point now{std::chrono::hours{1}};
  boost::asio::io_context io{1};
  echo_service service{};
  log_recorder log{};
  deadlines timers{io, default_phase_lengths, [this] { return now; }};
  turn end_of_turn{io};
  write_queue writes{end_of_turn};
  memory_budget memory{256 << 20};
  http_context context{service, log, memory, 0x0123456789abcdef};
  net_context net{context, timers, writes};
  boost::asio::ip::address peer = boost::asio::ip::make_address("192.0.2.7");

  core_fixture() {
    context.wall_clock = [] {
      return std::chrono::system_clock::time_point{std::chrono::seconds{784111777}};
    };
  }
};

/// A connection with everything at hand: bytes in, bytes out, no socket.
class wire {
public:
  explicit wire(core_fixture& f) : wire(f, f.context) {}

  /// With another context than the fixture's.
  wire(core_fixture& f, http_context& context) : fixture_(f), connection_(context, f.peer) { pump(); }

  void send(std::string_view bytes) {
    while (!bytes.empty() && !closed) {
      const auto room = connection_.room();
      const auto n = std::min(room.size(), bytes.size());
      if (n == 0) throw std::logic_error("no room to read");
      std::copy_n(bytes.begin(), n, room.begin());
      connection_.received(n);
      bytes.remove_prefix(n);
      pump();
    }
  }

  void end() {
    connection_.ended();
    pump();
  }

  void time_out() {
    connection_.timed_out(connection_.reading_phase());
    pump();
  }

  void lose() {
    connection_.lost();
    pump();
  }

  connection& state() { return connection_; }

  std::string out{};
  int writes = 0;
  bool reads = true; ///< the client takes what is written
  bool shut = false;
  bool closed = false;

  void pump() {
    for (;;) {
      switch (connection_.next()) {
      case connection::want::read: return;
      case connection::want::write:
        if (!reads) return;
        out += connection_.output();
        ++writes;
        connection_.written(connection_.output().size());
        break;
      case connection::want::serve: serve(); break;
      case connection::want::shut_down: shut = true; break;
      case connection::want::close: closed = true; return;
      }
    }
  }

private:
  void serve() {
    handlers::response answer;
    try {
      answer = fixture_.service.serve_now(connection_.request());
    } catch (const std::exception&) {
      return connection_.failed();
    }
    connection_.answered(answer);
  }

  core_fixture& fixture_;
  connection connection_;
};

/// The head of a POST to `path` with these fields.
inline std::string post_to(const std::string& path, const std::string& fields) {
  return "POST " + path + " HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n";
}

/// A POST with these fields and this content.
inline std::string post(const std::string& fields, const std::string& body) {
  return post_to("/p", fields) + body;
}

/// The request that a smuggler wants to get served.
inline const std::string evil = "GET /evil HTTP/1.1\r\nHost: h\r\n\r\n";

inline std::size_t count(std::string_view text, std::string_view part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

} // namespace invited::server

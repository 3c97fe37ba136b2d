#include "server/http/date_cache.hpp"
#include "server/http/response_writer.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace invited::server {
namespace {

std::string render_one(const handlers::response& r, const answer_frame& f) {
  std::string out;
  render(out, r, f);
  return out;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

answer_frame frame() {
  answer_frame f;
  f.date = "D";
  f.request_id = "id";
  return f;
}

} // namespace

BOOST_AUTO_TEST_SUITE(response_writing)

BOOST_AUTO_TEST_CASE(content) {
  handlers::response r;
  r.content_type = "text/plain";
  r.body = "hello";
  const auto out = render_one(r, frame());
  BOOST_TEST(
      out.starts_with("HTTP/1.1 200 OK\r\nDate: D\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n"));
  BOOST_TEST(has(out, "\r\nX-Request-Id: id\r\n"));
  BOOST_TEST(out.ends_with("\r\n\r\nhello"));
}

BOOST_AUTO_TEST_CASE(no_content) {
  for (const unsigned status : {204u, 304u}) {
    BOOST_TEST_CONTEXT(status) {
      handlers::response r;
      r.status = status;
      r.content_type = "text/plain";
      r.body = "must not be sent";
      const auto out = render_one(r, frame());
      BOOST_TEST(!has(out, "Content-Length"));
      BOOST_TEST(!has(out, "\r\nContent-Type:"));
      BOOST_TEST(out.ends_with("\r\n\r\n"));
    }
  }
  handlers::response empty;
  const auto out = render_one(empty, frame());
  BOOST_TEST(has(out, "\r\nContent-Length: 0\r\n"));
  BOOST_TEST(!has(out, "\r\nContent-Type:"));
}

BOOST_AUTO_TEST_CASE(head_only) {
  handlers::response r;
  r.content_type = "text/plain";
  r.body = "hello";
  auto f = frame();
  f.head_only = true;
  const auto out = render_one(r, f);
  BOOST_TEST(has(out, "\r\nContent-Length: 5\r\n"));
  BOOST_TEST(out.ends_with("\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(persistence) {
  struct row {
    unsigned minor;
    bool keep_alive;
    std::string_view field;
  };
  for (const auto& c : {row{1, true, ""}, row{1, false, "Connection: close\r\n"},
                        row{0, true, "Connection: keep-alive\r\n"}, row{0, false, "Connection: close\r\n"}}) {
    BOOST_TEST_CONTEXT(c.minor << ' ' << c.keep_alive) {
      auto f = frame();
      f.minor = c.minor;
      f.keep_alive = c.keep_alive;
      const auto out = render_one({}, f);
      BOOST_TEST(has(out, "Connection:") == !c.field.empty());
      BOOST_TEST(has(out, c.field));
    }
  }
}

BOOST_AUTO_TEST_CASE(security_fields) {
  handlers::response r;
  auto f = frame();
  auto out = render_one(r, f);
  for (const std::string_view field :
       {"Cache-Control: no-store\r\n", "X-Content-Type-Options: nosniff\r\n",
        "Referrer-Policy: no-referrer\r\n", "X-Frame-Options: DENY\r\n",
        "Cross-Origin-Resource-Policy: same-origin\r\n",
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"})
    BOOST_TEST_CONTEXT(field) BOOST_TEST(has(out, field));
  BOOST_TEST(!has(out, "Strict-Transport-Security"));

  r.no_store = false;
  r.add("Content-SECURITY-Policy", "script-src 'self'");
  f.hsts = true;
  out = render_one(r, f);
  BOOST_TEST(!has(out, "Cache-Control"));
  BOOST_TEST(!has(out, "default-src 'none'"));
  BOOST_TEST(has(out, "\r\nContent-SECURITY-Policy: script-src 'self'\r\n"));
  BOOST_TEST(has(out, "\r\nStrict-Transport-Security: max-age=31536000\r\n"));

  handlers::response other; // a value that only mentions it is not such a field
  other.add("X-Note", "content-security-policy: none");
  BOOST_TEST(has(render_one(other, f), "default-src 'none'"));
}

BOOST_AUTO_TEST_CASE(fields_of_the_response) {
  handlers::response r;
  r.status = 429;
  r.add("Retry-After", "3");
  r.add("X-A", std::string_view{"b\r\nX-Evil: c\0d", 15});
  const auto out = render_one(r, frame());
  BOOST_TEST(out.starts_with("HTTP/1.1 429 Too Many Requests\r\n"));
  BOOST_TEST(has(out, "\r\nRetry-After: 3\r\n"));
  BOOST_TEST(has(out, "\r\nX-A: bX-Evil: cd\r\n"));
}

BOOST_AUTO_TEST_CASE(an_unknown_status_has_no_phrase) {
  handlers::response r;
  r.status = 299;
  BOOST_TEST(render_one(r, frame()).starts_with("HTTP/1.1 299 \r\n"));
}

BOOST_AUTO_TEST_CASE(answers_are_appended) {
  std::string out = "before";
  render(out, {}, frame());
  BOOST_TEST(out.starts_with("beforeHTTP/1.1 200 OK\r\n"));
}

BOOST_AUTO_TEST_CASE(prerendered_answers) {
  BOOST_TEST(overload_answer.ends_with("\r\n\r\n"));
  BOOST_TEST(has(std::string{overload_answer}, "\r\nRetry-After: "));
  BOOST_TEST(continue_answer == "HTTP/1.1 100 Continue\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(dates) {
  using namespace std::chrono;
  struct row {
    std::int64_t seconds;
    std::string_view text;
  };
  date_cache cache;
  for (const auto& r :
       {row{784111777, "Sun, 06 Nov 1994 08:49:37 GMT"}, row{0, "Thu, 01 Jan 1970 00:00:00 GMT"},
        row{951782400, "Tue, 29 Feb 2000 00:00:00 GMT"}, row{4102444799, "Thu, 31 Dec 2099 23:59:59 GMT"},
        row{784111777, "Sun, 06 Nov 1994 08:49:37 GMT"}}) {
    BOOST_TEST_CONTEXT(r.seconds) {
      BOOST_TEST(cache.at(system_clock::time_point{seconds{r.seconds}}) == r.text);
      BOOST_TEST(cache.at(system_clock::time_point{seconds{r.seconds} + 999ms}) == r.text);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server

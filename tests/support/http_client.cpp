#include "tests/support/http_client.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/write.hpp>

#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

namespace invited::test {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

int number(std::string_view text) {
  int value = -1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

http_answer parse_head(std::string_view head) {
  http_answer out;
  if (!head.starts_with("HTTP/1.1 ") || head.size() < 12) throw std::runtime_error("not an HTTP/1.1 answer");
  out.status = number(head.substr(9, 3));
  std::size_t at = head.find("\r\n");
  while (at != head.npos && at + 2 < head.size()) {
    const std::size_t end = std::min(head.find("\r\n", at + 2), head.size());
    const std::string_view line = head.substr(at + 2, end - at - 2);
    const std::size_t colon = line.find(": ");
    if (colon == line.npos) throw std::runtime_error("a malformed field in the answer");
    out.fields.emplace(lower(line.substr(0, colon)), line.substr(colon + 2));
    at = end;
  }
  return out;
}

} // namespace

std::string http_answer::field(const std::string& name) const {
  const auto it = fields.find(name);
  return it == fields.end() ? std::string() : it->second;
}

std::string http_answer::json(std::string_view member) const {
  const std::string key = '"' + std::string(member) + "\":";
  const std::size_t at = body.find(key);
  if (at == body.npos) return {};
  const std::size_t from = at + key.size();
  if (from < body.size() && body[from] == '"')
    return body.substr(from + 1, body.find('"', from + 1) - from - 1);
  return body.substr(from, body.find_first_of(",}]", from) - from);
}

http_client::http_client(std::uint16_t port, std::chrono::seconds deadline) : socket_(context_) {
  socket_.connect({boost::asio::ip::address_v4::loopback(), port});
  socket_.set_option(boost::asio::ip::tcp::no_delay(true));
  const timeval limit{deadline.count(), 0};
  ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
}

http_answer http_client::request(std::string_view method, std::string_view path, const http_fields& fields,
                                 std::string_view body) {
  std::string raw;
  raw.append(method).append(" ").append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
  for (const auto& [name, value] : fields) raw.append(name).append(": ").append(value).append("\r\n");
  if (!body.empty() || method == "POST")
    raw.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  raw.append("\r\n").append(body);
  send(raw);
  return receive(method == "HEAD");
}

http_answer http_client::post_json(std::string_view path, std::string_view body, http_fields fields) {
  fields.emplace_back("Content-Type", "application/json");
  return request("POST", path, fields, body);
}

void http_client::send(std::string_view raw) {
  boost::asio::write(socket_, boost::asio::buffer(raw));
}

http_answer http_client::receive(bool head_request) {
  std::size_t end;
  while ((end = buffer_.find("\r\n\r\n")) == buffer_.npos) {
    if (!fill()) throw std::runtime_error("the server closed before an answer");
  }
  http_answer out = parse_head(std::string_view(buffer_).substr(0, end));
  buffer_.erase(0, end + 4);
  if (out.status == 100) return receive(head_request);
  const std::string length = out.field("content-length");
  const std::size_t size = head_request || length.empty() ? 0 : static_cast<std::size_t>(number(length));
  while (buffer_.size() < size) {
    if (!fill()) throw std::runtime_error("the server closed within an answer");
  }
  out.body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return out;
}

bool http_client::closed_by_server() {
  while (fill()) {
  }
  return true;
}

void http_client::half_close() {
  socket_.shutdown(socket_.shutdown_send);
}

bool http_client::fill() {
  std::array<char, 16384> part;
  // recv(2) itself, because Asio's blocking read would wait again after SO_RCVTIMEO.
  const ssize_t n = ::recv(socket_.native_handle(), part.data(), part.size(), 0);
  if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
    throw std::runtime_error("no answer within the deadline");
  if (n <= 0) return false;
  buffer_.append(part.data(), static_cast<std::size_t>(n));
  return true;
}

} // namespace invited::test

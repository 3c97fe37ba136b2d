#include "server/grammar/request_parser.hpp"

#include "server/grammar/chars.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <vector>

namespace invited::server {

namespace http = boost::beast::http;
using boost::beast::error_code;
using boost::beast::string_view;

struct request_parser::fields {
  std::vector<field_line> lines;
};

namespace {

/// Beast's parser of the head, with views instead of its message type. It gets only the head. guard and
/// chunk_decoder decide where the content ends, because Beast 1.81 assumes no content for an unknown
/// Transfer-Encoding, and would read the content as the next request.
class head_parser final : public http::basic_parser<true> {
public:
  head_parser(std::vector<field_line>& fields, std::size_t limit) : fields_(fields), limit_(limit) {
    eager(false);
    body_limit(boost::none);
  }

  request_head head() const { return {method_, target_, minor_, fields_}; }

private:
  void on_request_impl(http::verb, string_view method, string_view target, int version,
                       error_code&) override {
    method_ = method;
    target_ = target;
    minor_ = version == 10 ? 0 : 1;
  }

  void on_field_impl(http::field, string_view name, string_view value, error_code& ec) override {
    if (fields_.size() == limit_) {
      ec = http::error::header_limit;
      return;
    }
    fields_.push_back({name, value});
  }

  void on_header_impl(error_code&) override {}

  // The functions below are never called, because content never gets here.
  void on_response_impl(int, string_view, int, error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(string_view, error_code& ec) override { return stop(ec); }
  void on_chunk_header_impl(std::uint64_t, string_view, error_code& ec) override { stop(ec); }
  std::size_t on_chunk_body_impl(std::uint64_t, string_view, error_code& ec) override { return stop(ec); }
  void on_finish_impl(error_code&) override {}

  static std::size_t stop(error_code& ec) {
    ec = http::error::unexpected_body;
    return 0;
  }

  std::vector<field_line>& fields_;
  std::size_t limit_;
  std::string_view method_;
  std::string_view target_;
  unsigned minor_ = 1;
};

/// Whether the request line is right except for the version's number: two spaces, and HTTP-name "/" DIGIT "."
/// DIGIT.
bool has_other_version(std::string_view head) {
  const auto line = head.substr(0, head.find('\r'));
  if (line.size() < 9 || std::count(line.begin(), line.end(), ' ') != 2) return false;
  const auto version = line.substr(line.size() - 9);
  return version.starts_with(" HTTP/") && chars::is_digit(version[6]) && version[7] == '.' &&
         chars::is_digit(version[8]);
}

refused reason(const error_code& ec, std::string_view head) {
  if (ec == http::error::header_limit) return refused::head_too_large;
  if (ec == http::error::bad_version && has_other_version(head)) return refused::version;
  if (ec == http::error::bad_method || ec == http::error::bad_target || ec == http::error::bad_version)
    return refused::request_line;
  if (ec == http::error::bad_content_length || ec == http::error::multiple_content_length)
    return refused::content_length;
  if (ec == http::error::bad_transfer_encoding) return refused::length_and_chunked;
  return refused::field_line;
}

} // namespace

request_parser::request_parser(const http_limits& limits)
    : limits_(limits), fields_(std::make_unique<fields>()) {
  fields_->lines.reserve(limits.fields);
}

request_parser::~request_parser() = default;

http_result<request_head> request_parser::parse(std::string_view head) {
  fields_->lines.clear();
  head_parser parser{fields_->lines, limits_.fields};
  parser.header_limit(static_cast<std::uint32_t>(head.size() + 1));
  error_code ec;
  const auto taken = parser.put(boost::asio::const_buffer{head.data(), head.size()}, ec);
  if (ec) return reason(ec, head);
  // The two must agree about the end of the head; otherwise one of them is wrong.
  if (taken != head.size() || !parser.is_header_done()) return refused::field_line;
  return parser.head();
}

} // namespace invited::server

#pragma once

#include "bench/generator/answer.hpp"

#include <boost/beast/http/basic_parser.hpp>

namespace invited::bench {

/// Beast's parser without its message types. It keeps only what bench::answer holds, so that the generator
/// costs little beside the server. One for each answer.
class answer_parser final : public boost::beast::http::basic_parser<false> {
public:
  /// Fills `out`, which must outlive the object.
  explicit answer_parser(answer& out) : out_(out) { eager(true); }

private:
  using error_code = boost::beast::error_code;
  using text = boost::beast::string_view;
  using field = boost::beast::http::field;

  void on_request_impl(boost::beast::http::verb, text, text, int, error_code&) override {}
  void on_response_impl(int code, text, int, error_code&) override {
    out_.status = static_cast<unsigned>(code);
  }
  void on_field_impl(field f, text name, text value, error_code&) override {
    if (f == field::unknown && boost::beast::iequals(name, "Idempotent-Replayed"))
      out_.replayed = value == "true";
  }
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>& size, error_code&) override {
    if (size && *size < 1 << 20) out_.body.reserve(static_cast<std::size_t>(*size));
  }
  std::size_t on_body_impl(text part, error_code&) override { return append(part); }
  void on_chunk_header_impl(std::uint64_t, text, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, text part, error_code&) override { return append(part); }
  void on_finish_impl(error_code&) override {}

  std::size_t append(text part) {
    out_.body.append(part.data(), part.size());
    return part.size();
  }

  answer& out_;
};

} // namespace invited::bench

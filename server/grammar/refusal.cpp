#include "server/grammar/refusal.hpp"

#include <array>
#include <string>

namespace invited::server {
namespace {

struct row {
  unsigned status;
  std::string_view code;
  std::string_view detail;
};

constexpr std::string_view bad = "bad_request";

/// In the order of `refused`.
constexpr std::array<row, static_cast<std::size_t>(refused::count_)> rows{{
    {400, bad, "The request line is not HTTP."},
    {400, bad, "Lines must end in CR LF, and neither may stand alone."},
    {400, bad, "A header field may not be folded over several lines."},
    {400, bad, "The head has a control character in it."},
    {400, bad, "A header field is not of the form name: value."},
    {431, "head_too_large", "The head of the request is too large, or has too many fields."},
    {414, "target_too_long", "The request target is too long."},
    {505, "version_not_supported", "This server speaks HTTP/1.1 and HTTP/1.0."},
    {501, "method_not_implemented", "This server does not know the method."},
    {400, bad, "The request target is not valid."},
    {400, bad, "A request needs exactly one valid Host field."},
    {400, bad, "A header field that may come only once came several times."},
    {400, bad, "Content-Length is not valid."},
    {400, bad, "Content-Length and Transfer-Encoding exclude each other."},
    {400, bad, "The last transfer coding of a request must be chunked."},
    {501, "transfer_coding_not_implemented", "This server knows no transfer coding but chunked."},
    {400, bad, "HTTP/1.0 has no Transfer-Encoding."},
    {400, bad, "Connection is not a list of tokens."},
    {417, "expectation_failed", "This server knows no expectation but 100-continue."},
    {400, bad, "The chunked content is not valid."},
    {413, "content_too_large", "The content is larger than this resource takes."},
    {400, bad, "The request ended too soon."},
    {408, "request_timeout", "The request did not arrive in time."},
    {503, "busy", "Too much content is under way already. Nothing has happened; try again."},
    {500, "internal_error", "Something went wrong on our side."},
}};

} // namespace

handlers::problem to_problem(refused r) {
  const row& found = rows[static_cast<std::size_t>(r)];
  handlers::problem p;
  p.status = found.status;
  p.code = found.code;
  p.detail = found.detail;
  return p;
}

} // namespace invited::server

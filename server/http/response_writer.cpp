#include "server/http/response_writer.hpp"

#include "handlers/http/reason_phrase.hpp"
#include "server/grammar/chars.hpp"
#include "server/http/text_writer.hpp"

#include <cstddef>

namespace invited::server {
namespace {

/// Nothing here may be sniffed, framed or loaded by another site, and no site may learn where a visitor came
/// from, because links are secrets.
constexpr std::string_view security_fields = "X-Content-Type-Options: nosniff\r\n"
                                             "Referrer-Policy: no-referrer\r\n"
                                             "X-Frame-Options: DENY\r\n"
                                             "Cross-Origin-Resource-Policy: same-origin\r\n";
constexpr std::string_view policy_field =
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";
constexpr std::string_view hsts_field = "Strict-Transport-Security: max-age=31536000\r\n";

/// Whether `fields` ("Name: value\r\n"...) has a field of that name.
bool has_field(std::string_view fields, std::string_view lower) {
  while (fields.size() > lower.size()) {
    if (fields[lower.size()] == ':' && chars::equals_lower(fields.substr(0, lower.size()), lower))
      return true;
    const auto end = fields.find('\n');
    if (end == std::string_view::npos) return false;
    fields.remove_prefix(end + 1);
  }
  return false;
}

void append_status_line(text_writer& out, unsigned status) {
  // RFC 9112 §4: the space after the code is there even if the phrase is empty. §2.3: a server states the
  // highest minor version it speaks, whatever the request's.
  out += "HTTP/1.1 ";
  out += status;
  out += " ";
  out += handlers::reason_phrase(status);
  out += "\r\n";
}

/// RFC 9112 §6.3 rule 1, RFC 9110 §8.6: these end at their head, and 204 MUST NOT have a Content-Length. A
/// 304 may have the length of what a 200 would carry, which is not known here.
bool has_no_content(unsigned status) {
  return status < 200 || status == 204 || status == 304;
}

/// Everything before the content.
void append_head(std::string& to, const handlers::response& response, const answer_frame& frame) {
  constexpr std::size_t ours = 640; // about the size of the fields that we add; enough for nearly all
  const std::size_t expected = ours + response.fields.size();
  // Includes the content, so that it grows once and not in steps.
  to.reserve(to.size() + expected + response.body.size());
  text_writer out(to, expected);
  append_status_line(out, response.status);
  out += "Date: ";
  out += frame.date;
  if (!has_no_content(response.status)) {
    if (!response.content_type.empty()) {
      out += "\r\nContent-Type: ";
      out += response.content_type;
    }
    out += "\r\nContent-Length: ";
    out += response.body.size() + response.file.size();
  }
  // RFC 9112 §9.3: sent only if it differs from the version's default.
  if (!frame.keep_alive) {
    out += "\r\nConnection: close";
  } else if (frame.minor == 0) {
    out += "\r\nConnection: keep-alive";
  }
  out += "\r\nX-Request-Id: ";
  out += frame.request_id;
  out += "\r\n";
  if (response.no_store) out += "Cache-Control: no-store\r\n";
  out += security_fields;
  if (!has_field(response.fields, "content-security-policy")) out += policy_field;
  if (frame.hsts) out += hsts_field;
  out += response.fields;
  out += "\r\n";
}

} // namespace

void render(std::string& out, const handlers::response& response, const answer_frame& frame) {
  append_head(out, response, frame);
  if (!has_no_content(response.status) && !frame.head_only) out += response.body;
}

} // namespace invited::server

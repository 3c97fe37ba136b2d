#include "handlers/pages/html.hpp"

#include "handlers/pages/fill.hpp"

namespace invited::handlers {
namespace {

std::string_view entity_of(char c) {
  switch (c) {
  case '&': return "&amp;";
  case '<': return "&lt;";
  case '>': return "&gt;";
  case '"': return "&quot;";
  default: return {};
  }
}

void append_escaped(std::string& out, std::string_view text) {
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view entity = entity_of(text[i]);
    if (entity.empty()) continue;
    (out += text.substr(done, i - done)) += entity;
    done = i + 1;
  }
  out += text.substr(done);
}

void append_value(std::string& out, const piece_value& value) {
  if (value.ready) {
    out += value.text;
  } else {
    append_escaped(out, value.text);
  }
}

/// The size of the result if nothing is escaped. So one allocation is nearly always enough.
std::size_t likely_size(std::span<const piece> pieces, std::span<const piece_value> values) {
  std::size_t size = 0;
  for (const piece& p : pieces) {
    size += p.before.size() + (p.value == piece::no_value ? 0 : values[p.value].text.size());
  }
  return size;
}

} // namespace

html escaped(std::string_view text) {
  return html_maker::escape(text);
}

html html_maker::escape(std::string_view text) {
  std::string out;
  append_escaped(out, text);
  return html(std::move(out));
}

html html_maker::fill_file(std::span<const piece> pieces, std::span<const piece_value> values) {
  std::string out;
  out.reserve(likely_size(pieces, values));
  for (const piece& p : pieces) {
    out += p.before;
    if (p.value != piece::no_value) append_value(out, values[p.value]);
  }
  return html(std::move(out));
}

html html_maker::fill_text(std::span<const piece> pieces, std::span<const piece_value> values) {
  std::string out;
  out.reserve(likely_size(pieces, values));
  for (const piece& p : pieces) {
    append_escaped(out, p.before);
    if (p.value != piece::no_value) append_value(out, values[p.value]);
  }
  return html(std::move(out));
}

} // namespace invited::handlers

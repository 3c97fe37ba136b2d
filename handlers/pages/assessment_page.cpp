#include "handlers/pages/assessment_page.hpp"

#include "handlers/assets/asset.hpp"
#include "handlers/pages/page.hpp"

namespace invited::handlers {
namespace {

void append_member(std::string& out, std::string_view label, std::string_view name) {
  out += "<div><dt>";
  append_html(out, label);
  ((out += "</dt><dd data-session=\"") += name) += "\"></dd></div>\n";
}

/// Hidden parts, of which the script shows those of one name, so that it needs no words of its own.
void append_session(page& out) {
  const auto& words = out.texts().assessment;
  std::string& html = out.html();
  html += "<noscript>\n";
  out.paragraph(words.no_script);
  html += "</noscript>\n<div role=\"status\">\n<div data-shown=\"ended\" hidden>\n";
  out.paragraph(words.ended);
  html += "</div>\n<div data-shown=\"away\" hidden>\n";
  out.paragraph(words.away);
  out.try_again();
  html += "</div>\n<div data-shown=\"open\" hidden>\n";
  out.heading(words.session);
  html += "<dl>\n";
  append_member(html, words.patient, "name");
  append_member(html, words.email, "email");
  append_member(html, words.phone, "phone");
  append_member(html, words.until, "until");
  append_member(html, words.reference, "ref");
  html += "</dl>\n</div>\n</div>\n";
}

void append_code(std::string& out, std::string_view code) {
  out += "<pre><code>";
  append_html(out, code);
  out += "</code></pre>\n";
}

void append_plug(page& out) {
  const auto& words = out.texts().assessment;
  out.html() += "<details>\n<summary>";
  append_html(out.html(), words.plug.heading);
  out.html() += "</summary>\n";
  out.paragraph(words.plug.text);
  append_code(out.html(), "invited --assessment-url https://chat.example.org/start");
  out.paragraph(words.plug_token);
  append_code(out.html(),
              "https://chat.example.org/start\n  #access_token=…&token_type=Bearer&expires_in=14400");
  out.paragraph(words.plug_session);
  append_code(out.html(), "GET /session\nAuthorization: Bearer …");
  out.html() += "</details>\n";
}

} // namespace

response assessment_page(const page_language& in) {
  const auto& words = in.texts->assessment;
  page out(in, icon::letter, words.accepted.heading, nullptr);
  out.html() += "<div data-shown=\"open\">\n";
  out.paragraph(words.accepted.text);
  out.html() += "</div>\n";
  append_session(out);
  append_plug(out);
  ((out.html() += "<script>") += assets::assessment_script) += "</script>\n";
  return out.finish(200, {.session_script = true});
}

} // namespace invited::handlers

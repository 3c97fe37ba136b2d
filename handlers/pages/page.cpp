#include "handlers/pages/page.hpp"

#include "handlers/assets/asset.hpp"
#include "handlers/values/phone.hpp"

namespace invited::handlers {
namespace {

constexpr std::size_t usual_size = 12 * 1024;

void append_meta(std::string& out, std::string_view attribute, std::string_view name,
                 std::string_view content) {
  ((((out += "<meta ") += attribute) += "=\"") += name) += "\" content=\"";
  append_html(out, content);
  out += "\">\n";
}

/// What a preview shows says nothing of the sender or the matter: it is seen by whoever sees the message.
void append_head(std::string& out, const page_texts& texts) {
  out += "<!doctype html>\n<html lang=\"";
  out += texts.tag;
  out += "\">\n<head>\n<meta charset=\"utf-8\">\n<title>";
  append_html(out, texts.title);
  out += "</title>\n";
  append_meta(out, "name", "viewport", "width=device-width, initial-scale=1");
  append_meta(out, "name", "robots", "noindex, nofollow");
  append_meta(out, "name", "format-detection", "telephone=no"); // iOS takes references for numbers
  append_meta(out, "name", "color-scheme", "light dark");
  append_meta(out, "name", "description", texts.description);
  append_meta(out, "property", "og:type", "website");
  append_meta(out, "property", "og:title", texts.title);
  append_meta(out, "property", "og:description", texts.description);
  out += "<link rel=\"icon\" href=\"data:,\">\n<style>"; // else browsers ask for /favicon.ico
  out += assets::page_style;
  out += "</style>\n</head>\n";
}

} // namespace

bool can_be_named(const store::provider_settings* clinic) {
  return clinic != nullptr && !(clinic->name.empty() && clinic->phone.empty());
}

page::page(const page_language& in, icon sign, std::string_view heading,
           const store::provider_settings* clinic)
    : in_(in), clinic_(can_be_named(clinic) ? clinic : nullptr) {
  html_.reserve(usual_size);
  append_head(html_, texts());
  html_ += "<body>\n<header>\n";
  if (clinic_ != nullptr && !clinic_->name.empty()) {
    html_ += "<p>";
    html_ += isolated_html(clinic_->name);
    html_ += "</p>\n";
  }
  other_languages();
  html_ += "</header>\n";
  html_ += "<main>\n";
  append_icon(html_, sign);
  html_ += "<h1>";
  append_html(html_, heading);
  html_ += "</h1>\n";
}

void page::paragraph(std::string_view text, std::initializer_list<slot> slots) {
  html_ += "<p>";
  append_filled(html_, text, slots);
  html_ += "</p>\n";
}

void page::note(std::string_view text) {
  html_ += "<p class=\"note\">";
  append_html(html_, text);
  html_ += "</p>\n";
}

void page::heading(std::string_view text) {
  html_ += "<h2>";
  append_html(html_, text);
  html_ += "</h2>\n";
}

void page::begin_form(std::string_view action) {
  html_ += "<form method=\"post\" action=\"";
  append_html(html_, action);
  html_ += language_query(in_);
  html_ += "\">\n";
}

void page::end_form(std::string_view button) {
  html_ += "<button>";
  append_html(html_, button);
  html_ += "</button>\n</form>\n";
}

void page::ask_form(std::string_view links) {
  begin_form(std::string(links) + "ask");
  end_form(texts().ask);
  note(texts().ask_note);
}

void page::try_again() {
  html_ += "<p><a class=\"button\" href=\"\">";
  append_html(html_, texts().problem.try_again);
  html_ += "</a></p>\n";
}

/// Whom to turn to; nothing where nobody knows.
void page::contact() {
  if (clinic_ == nullptr) return;
  const auto& words = texts().contact;
  const bool named = !clinic_->name.empty();
  const std::string name = isolated_html(clinic_->name);
  html_ += "<section>\n";
  heading(words.heading);
  if (clinic_->phone.empty()) {
    paragraph(words.turn_to, {{"clinic", name}});
  } else {
    paragraph(named ? words.call : words.call_by, {{"clinic", name}});
    html_ += "<p><a class=\"phone\" href=\"tel:";
    append_html(html_, clinic_->phone);
    html_ += "\">";
    append_html(html_, readable_phone(clinic_->phone));
    html_ += "</a></p>\n";
  }
  html_ += "</section>\n";
}

/// At the top, where they are found by who cannot read the rest.
void page::other_languages() {
  html_ += "<nav aria-label=\"";
  append_html(html_, texts().languages);
  html_ += "\">\n";
  for (const page_texts* other : page_languages()) {
    if (other == in_.texts) continue;
    const std::string tag(other->tag);
    html_ += "<a href=\"?lang=" + tag + "\" hreflang=\"" + tag + "\" lang=\"" + tag + "\">";
    append_html(html_, other->name);
    html_ += "</a>\n";
  }
  html_ += "</nav>\n";
}

response page::finish(unsigned status, const page_policy& allowed, std::string_view request_id) {
  html_ += "</main>\n<footer>\n";
  contact();
  if (!request_id.empty()) {
    std::string id;
    append_html(id, request_id);
    html_ += "<p class=\"reference\">";
    append_filled(html_, texts().problem.reference, {{"id", id}});
    html_ += "</p>\n";
  }
  html_ += "</footer>\n</body>\n</html>\n";
  response out{.status = status, .content_type = "text/html; charset=utf-8", .body = std::move(html_)};
  out.add("Content-Security-Policy", policy_text(allowed));
  out.add("Content-Language", texts().tag);
  if (in_.negotiated) out.add("Vary", "Accept-Language");
  return out;
}

} // namespace invited::handlers

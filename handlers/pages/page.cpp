#include "handlers/pages/page.hpp"

#include "handlers/assets/asset.hpp"
#include "handlers/pages/files.hpp"
#include "handlers/pages/fill.hpp"
#include "handlers/values/phone.hpp"

namespace invited::handlers {
namespace {

html name_above(const store::provider_settings* clinic) {
  if (clinic == nullptr || clinic->name.empty()) return {};
  return fill<files::frame, "clinic">(slot<"name">(clinic_name(*clinic)));
}

html other_languages(const page_language& in) {
  html links;
  for (const page_texts* other : page_languages()) {
    if (other == in.texts) continue;
    links += fill<files::frame, "language">(slot<"tag">(other->tag), slot<"name">(other->name));
  }
  return links;
}

html whom_to_call(const store::provider_settings& clinic, const page_texts& texts) {
  const auto& words = texts.contact;
  if (clinic.name.empty()) return escaped(words.call_by);
  return filled(clinic.phone.empty() ? words.turn_to : words.call, slot<"clinic">(clinic_name(clinic)));
}

/// Whom the patient can ask; nothing if that is not known.
html contact(const store::provider_settings* clinic, const page_texts& texts) {
  if (clinic == nullptr || (clinic->name.empty() && clinic->phone.empty())) return {};
  html phone;
  if (!clinic->phone.empty()) {
    phone = fill<files::frame, "phone">(slot<"number">(clinic->phone),
                                        slot<"readable">(readable_phone(clinic->phone)));
  }
  return fill<files::frame, "contact">(slot<"heading">(texts.contact.heading),
                                       slot<"whom">(whom_to_call(*clinic, texts)), slot<"phone">(phone));
}

html reference(std::string_view request_id, const page_texts& texts) {
  if (request_id.empty()) return {};
  return fill<files::frame, "reference">(slot<"id">(filled(texts.problem.reference, slot<"id">(request_id))));
}

} // namespace

html clinic_name(const store::provider_settings& clinic) {
  return fill<files::frame, "name">(slot<"clinic">(clinic.name));
}

std::string form_action(std::string_view links, std::string_view act, const page_language& in) {
  return std::string(links).append(act).append(language_query(in));
}

response whole_page(unsigned status, const page_frame& frame, const html& main, const page_policy& allowed) {
  static const html style = whole_file<assets::page_style>();
  const page_texts& texts = *frame.in.texts;
  html page = fill<files::frame>(
      slot<"language">(texts.tag), slot<"title">(texts.title), slot<"description">(texts.description),
      slot<"style">(style), slot<"clinic">(name_above(frame.clinic)), slot<"languages">(texts.languages),
      slot<"language">(other_languages(frame.in)), slot<"main">(main),
      slot<"contact">(contact(frame.clinic, texts)), slot<"reference">(reference(frame.request_id, texts)));
  response out{.status = status, .content_type = "text/html; charset=utf-8", .body = std::move(page).take()};
  out.add("Content-Security-Policy", policy_text(allowed));
  out.add("Content-Language", texts.tag);
  if (frame.in.negotiated) out.add("Vary", "Accept-Language");
  return out;
}

} // namespace invited::handlers

#pragma once

#include "handlers/http/response.hpp"
#include "handlers/pages/html.hpp"
#include "handlers/pages/icons.hpp"
#include "handlers/pages/language.hpp"
#include "handlers/pages/policy.hpp"
#include "store/providers/provider_settings.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace invited::handlers {

/// Writes one of the patient's pages: the frame that all have, and the parts that several do. Whole in one
/// answer: its style is within it. Used up by finish().
class page {
public:
  /// `clinic`, who sends the patient here, outlives the object; null: not known.
  page(const page_language& in, icon sign, std::string_view heading, const store::provider_settings* clinic);

  const page_texts& texts() const { return *in_.texts; }

  /// For what has no function here: HTML, well-formed and escaped.
  std::string& html() { return html_; }

  void paragraph(std::string_view text, std::initializer_list<slot> slots = {});
  void note(std::string_view text);
  void heading(std::string_view text);

  /// A form that posts to `action`, in the language of this page; open until end_form().
  void begin_form(std::string_view action);
  void end_form(std::string_view button);

  /// The form that asks for a new link; `links` as in invite_page.
  void ask_form(std::string_view links);

  /// Leads to the very same address once more, as GET.
  void try_again();

  /// `request_id` says where the log tells more; empty for a page that is no problem's.
  response finish(unsigned status, const page_policy& allowed, std::string_view request_id = {});

private:
  void contact();
  void other_languages();

  page_language in_;
  const store::provider_settings* clinic_;
  std::string html_;
};

/// Whether patients can be told anything of the clinic.
bool can_be_named(const store::provider_settings* clinic);

} // namespace invited::handlers

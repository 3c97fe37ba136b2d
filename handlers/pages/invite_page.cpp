#include "handlers/pages/invite_page.hpp"

#include "handlers/pages/endings.hpp"
#include "handlers/pages/page.hpp"
#include "handlers/pages/question.hpp"
#include "handlers/time/time_text.hpp"

namespace invited::handlers {
namespace {

/// The form that redeems. Its action is relative, so that it also works behind a proxy's path.
void append_form(page& out, const invite_page& shown, std::string_view button) {
  out.begin_form(std::string(shown.links) + "redeem");
  out.html() += "<input type=\"hidden\" name=\"redeem_key\" value=\"";
  append_html(out.html(), shown.redeem_key);
  out.html() += "\">\n";
  if (shown.invite.asks_for && !shown.invite.own_session) append_question(out, shown);
  out.end_form(button);
}

void append_end(page& out, const invite_page& shown) {
  std::string& html = out.html();
  html += "<p class=\"until\">";
  append_html(html, out.texts().invite.open_until);
  html += " <time datetime=\"";
  append_time(html, shown.invite.expires_at);
  html += "\">";
  std::string moment;
  out.texts().append_moment(moment, shown.open_until);
  append_html(html, moment);
  html += "</time></p>\n";
}

void append_next(page& out, bool asks) {
  const auto& words = out.texts().invite;
  out.heading(words.next);
  out.html() += "<ul>\n";
  for (const std::string_view step :
       {asks ? words.answer_and_press : words.press, words.once, words.interrupted}) {
    out.html() += "<li>";
    append_html(out.html(), step);
    out.html() += "</li>\n";
  }
  out.html() += "</ul>\n";
}

/// What is to be done comes first: on a phone the button is seen without scrolling.
void append_invitation(page& out, const invite_page& shown) {
  const auto& words = out.texts().invite;
  const bool named = shown.clinic != nullptr && !shown.clinic->name.empty();
  const std::string name = named ? isolated_html(shown.clinic->name) : std::string();
  out.paragraph(named ? words.invites : words.invites_by, {{"clinic", name}});
  append_end(out, shown);
  append_form(out, shown, words.start);
  append_next(out, shown.invite.asks_for.has_value());
  out.note(words.not_for_you);
}

} // namespace

response render_invite_page(const invite_page& shown) {
  // A browser holds redirects against form-action, too: without its origin the assessment would be blocked
  // when the invite is spent already (CSP 3 §6.4.1).
  std::string leads_to = "'self'";
  if (!shown.assessment_origin.empty()) (leads_to += ' ') += shown.assessment_origin;
  const page_texts& texts = *shown.in.texts;
  const store::invite_view& invite = shown.invite;
  if (invite.own_session) {
    page out(shown.in, icon::tick, texts.again.heading, shown.clinic);
    out.paragraph(texts.again.text);
    append_form(out, shown, texts.go_on);
    return out.finish(200, {.form_action = leads_to});
  }
  const bool open = invite.state == store::invite_state::pending;
  const std::optional<shown_ending> end =
      ending_named(open && invite.locked ? "locked" : name_of(invite.state), texts);
  if (!end) {
    page out(shown.in, icon::letter, texts.invite.heading, shown.clinic);
    append_invitation(out, shown);
    return out.finish(200, {.form_action = leads_to});
  }
  page out(shown.in, end->sign, end->says.heading, shown.clinic);
  out.paragraph(end->says.text);
  out.ask_form(shown.links);
  return out.finish(open ? 200 : 410, {.form_action = "'self'"});
}

} // namespace invited::handlers

#include "handlers/pages.hpp"

#include "handlers/input/birth_date.hpp"

namespace invited::handlers {
namespace {

/// Text into HTML, in element content and in double-quoted attributes.
void append_html(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
    case '&': out += "&amp;"; break;
    case '<': out += "&lt;"; break;
    case '>': out += "&gt;"; break;
    case '"': out += "&quot;"; break;
    default: out += c;
    }
  }
}

void append_paragraph(std::string& out, std::string_view text) {
  out += "<p>";
  append_html(out, text);
  out += "</p>\n";
}

/// Opens a page. The title says nothing of the sender or the matter: previews and histories show it.
std::string begin_page(std::string_view heading) {
  std::string out = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"robots\" content=\"noindex\">\n<title>Your "
                    "invitation</title>\n</head>\n<body>\n<main>\n<h1>";
  append_html(out, heading);
  out += "</h1>\n";
  return out;
}

response finish_page(std::string&& html, unsigned status, std::string_view form_action) {
  html += "</main>\n</body>\n</html>\n";
  response out{.status = status, .content_type = "text/html; charset=utf-8", .body = std::move(html)};
  std::string policy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action ";
  policy += form_action;
  out.add("Content-Security-Policy", policy);
  return out;
}

/// How the form asks for a fact of either kind. A birth date may be typed on a phone's digit keys, and filled
/// in by the browser, which writes YYYY-MM-DD (HTML, autofill field bday).
void append_question(std::string& out, const invite_page& page) {
  const bool date = page.invite.asks_for == store::challenge_kind::birth_date;
  const bool again = !page.trouble.empty();
  out += date ? "<p><label for=\"answer\">Your date of birth</label></p>\n<p id=\"hint\">"
              : "<p><label for=\"answer\">Your code</label></p>\n<p id=\"hint\">";
  append_html(out, date ? "Write it as " + std::string(date_style_of(page.invite.locale).pattern) + "."
                        : "Your clinic has given it to you. Spaces, hyphens and capitals do not matter.");
  out += "</p>\n";
  if (again) {
    out += "<p id=\"trouble\" role=\"alert\">";
    append_html(out, page.trouble);
    out += "</p>\n";
  }
  out += "<p><input id=\"answer\" name=\"answer\" maxlength=\"200\" required ";
  out += date ? "inputmode=\"numeric\" autocomplete=\"bday\""
              : "inputmode=\"text\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\"";
  out += again ? " aria-invalid=\"true\" aria-describedby=\"trouble hint\"></p>\n"
               : " aria-describedby=\"hint\"></p>\n";
}

/// The form that redeems. Its action is relative, so that it also works behind a proxy's path.
void append_form(std::string& out, const invite_page& page, std::string_view button) {
  out += "<form method=\"post\" action=\"";
  append_html(out, page.links);
  out += "redeem\">\n<input type=\"hidden\" name=\"redeem_key\" value=\"";
  append_html(out, page.redeem_key);
  out += "\">\n";
  if (page.invite.asks_for && !page.invite.own_session) append_question(out, page);
  out += "<button>";
  append_html(out, button);
  out += "</button>\n</form>\n";
}

/// The form that asks for a new link.
void append_ask(std::string& out, std::string_view links) {
  out += "<form method=\"post\" action=\"";
  append_html(out, links);
  out += "ask\">\n<button>Ask for a new link</button>\n</form>\n";
}

/// Whom to call; nothing where nobody knows.
void append_clinic(std::string& out, const store::provider_settings* clinic) {
  if (clinic == nullptr || (clinic->name.empty() && clinic->phone.empty())) return;
  out += "<p>Your clinic: ";
  append_html(out, clinic->name);
  if (!clinic->phone.empty()) {
    out += clinic->name.empty() ? "<a href=\"tel:" : ", <a href=\"tel:";
    append_html(out, clinic->phone);
    out += "\">";
    append_html(out, clinic->phone);
    out += "</a>";
  }
  out += "</p>\n";
}

/// Why a link leads nowhere any more, and what to do; by the state's name.
struct ending {
  std::string_view state, heading, text;
};

constexpr ending endings[] = {
    {"redeemed", "This link has been used",
     "It opens once, and it has been opened. If that was not you, or you could not finish, ask your clinic "
     "for a new link."},
    {"revoked", "This link was withdrawn",
     "Your clinic has withdrawn it. Ask your clinic if you expected otherwise."},
    {"replaced", "There is a newer link",
     "Your clinic has sent you a new link in its place. Please use that one."},
    {"expired", "This link has expired", "It was open for a limited time. Ask your clinic for a new link."},
    {"lost", "This link cannot be opened any more",
     "This is our fault, not yours. Ask your clinic for a new link."},
    {"locked", "This link is locked",
     "The answer was wrong too often, so it opens for nobody any more. Ask your clinic for a new link, and "
     "whether "
     "they have the right answer on file."},
};

/// The ending with this name, or null. A problem's code may say "already_redeemed".
const ending* find_ending(std::string_view name) {
  constexpr std::string_view already = "already_";
  if (name.starts_with(already)) name.remove_prefix(already.size());
  for (const ending& e : endings) {
    if (e.state == name) return &e;
  }
  return nullptr;
}

} // namespace

response render_invite_page(const invite_page& page) {
  std::string form_action = "'self'";
  if (!page.assessment_origin.empty()) (form_action += ' ') += page.assessment_origin;
  const store::invite_view& invite = page.invite;
  if (invite.own_session) {
    std::string html = begin_page("You have opened your invitation");
    append_paragraph(html, "You can go on where you were.");
    append_form(html, page, "Continue");
    append_clinic(html, page.clinic);
    return finish_page(std::move(html), 200, form_action);
  }
  const bool open = invite.state == store::invite_state::pending;
  if (open && !invite.locked) {
    std::string html = begin_page("Your invitation");
    const bool named = page.clinic != nullptr && !page.clinic->name.empty();
    append_paragraph(html, (named ? page.clinic->name : "Your clinic") +
                               " invites you to an online assessment. Press the button when you are ready: "
                               "the link opens once.");
    append_paragraph(html, "It is open until " + std::string(page.open_until) + ".");
    append_form(html, page, "Start");
    append_clinic(html, page.clinic);
    return finish_page(std::move(html), 200, form_action);
  }
  const ending* end = find_ending(open ? "locked" : name_of(invite.state));
  std::string html = begin_page(end->heading);
  append_paragraph(html, end->text);
  append_clinic(html, page.clinic);
  append_ask(html, page.links);
  return finish_page(std::move(html), open ? 200 : 410, "'self'");
}

response problem_page(const problem& p, std::string_view request_id, const store::provider_settings* clinic) {
  std::string html;
  if (p.status == 404) {
    html = begin_page("This link is not known");
    append_paragraph(
        html, "Perhaps a part of it is missing. Open it again from the message you received, or ask your "
              "clinic for a new link.");
  } else if (p.status == 429) {
    html = begin_page("Please wait a moment");
    append_paragraph(
        html, "There were too many requests from your network. Your link is unharmed: try again shortly.");
  } else if (p.status == 503) {
    html = begin_page("Please try again in a moment");
    append_paragraph(html,
                     "The service is not available just now. Nothing is lost: your link stays as it is.");
  } else if (const ending* end = find_ending(p.code)) {
    html = begin_page(end->heading);
    append_paragraph(html, end->text);
    append_clinic(html, clinic);
  } else {
    html = begin_page("That did not work");
    append_paragraph(html, p.detail);
  }
  append_paragraph(html, std::string("Reference: ").append(request_id));
  return finish_page(std::move(html), p.status, "'none'");
}

response asked_page() {
  std::string html = begin_page("Your clinic has been told");
  append_paragraph(
      html, "If this link is one of theirs, they now see that you would like a new one. They will send it "
            "the way they sent this one.");
  return finish_page(std::move(html), 202, "'none'");
}

response assessment_page() {
  std::string html = begin_page("You are in");
  append_paragraph(
      html,
      "Your invitation was accepted. The assessment itself is not connected here yet: whoever runs this "
      "server names it with --assessment-url.");
  return finish_page(std::move(html), 200, "'none'");
}

} // namespace invited::handlers

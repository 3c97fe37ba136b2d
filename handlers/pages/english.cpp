#include "handlers/pages/texts.hpp"

#include <array>

namespace invited::handlers {
namespace {

constexpr std::array<std::string_view, 7> weekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                      "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> months = {"January",   "February", "March",    "April",
                                                     "May",       "June",     "July",     "August",
                                                     "September", "October",  "November", "December"};

/// Monday, December 7, 2026 at 5:05 PM (CET). The month in letters: no reader takes it for the day.
void append_moment(std::string& out, const local_time& at) {
  ((out += weekdays[at.weekday.c_encoding()]) += ", ") += months[unsigned{at.date.month()} - 1];
  ((out += ' ') += std::to_string(unsigned{at.date.day()})) += ", ";
  ((out += std::to_string(int{at.date.year()})) += " at ") += std::to_string((at.hour + 11) % 12 + 1);
  (out += at.minute < 10 ? ":0" : ":") += std::to_string(at.minute);
  ((out += at.hour < 12 ? " AM (" : " PM (") += at.zone) += ')';
}

} // namespace

const page_texts english{
    .tag = "en",
    .name = "English",
    .append_moment = append_moment,
    .date_letters = "DMY",
    .title = "Your invitation",
    .description = "Open this link in your browser to continue.",
    .invite = {.heading = "Your invitation",
               .invites = "{{clinic}} invites you to an online assessment.",
               .invites_by = "Your clinic invites you to an online assessment.",
               .open_until = "You can start until",
               .next = "What comes next",
               .press = "Press “Start”. The assessment opens here in your browser.",
               .answer_and_press =
                   "Answer the question and press “Start”. The assessment opens here in your browser.",
               .once = "The link opens the assessment once. Reading this page does not use it up, nor does a "
                       "preview or a security check of your message.",
               .interrupted =
                   "If you are interrupted, open the link again soon on this device, and you can continue.",
               .not_for_you = "Not meant for you? Then please do not start, and close this page.",
               .start = "Start"},
    .again = {"Welcome back", "You have already started on this device, and can continue now."},
    .go_on = "Continue",
    .question = {.birth_date = "Your date of birth",
                 .birth_date_hint =
                     "Write it as {pattern}, for example {example}. The digits alone will do, too.",
                 .code = "Your code",
                 .code_hint = "Your clinic has given it to you. Spaces, hyphens and capitals do not matter.",
                 .why = "Your clinic asks for this so that the link opens for nobody but you."},
    .trouble = {.missing = "Please fill this in.",
                .no_date = "This is not a date. Please write it as {pattern}.",
                .ambiguous = "This could be one of two days. Please write the year first: {pattern}.",
                .no_code = "A code has 4 to 64 characters, not counting spaces and hyphens.",
                .wrong = "This is not what your clinic has on file.",
                .attempts = "You can try {n} more times.",
                .one_attempt = "You can try {n} more time."},
    .ends =
        {.used = {"This link has been used",
                  "It opens once, and it has been opened. If you started on another device, continue "
                  "there. If that was not you, or you could not finish, ask for a new link."},
         .revoked = {"This link was withdrawn",
                     "Your clinic has withdrawn it. If you did not expect that, please call your clinic, "
                     "or ask for a new link."},
         .replaced = {"There is a newer link",
                      "Your clinic has sent you a new link in place of this one. Please use that one."},
         .expired = {"This link has expired",
                     "It was open for a limited time, and that time is over. You can ask for a new link."},
         .lost = {"This link cannot be opened any more",
                  "This is our fault, not yours. Please ask for a new link."},
         .locked = {"This link is locked",
                    "The answer was wrong too often, so the link opens for nobody any more. Ask for a new "
                    "link, and ask your clinic whether they have the right answer on file."}},
    .ask = "Ask for a new link",
    .ask_note = "Your clinic then sees that you would like a new one.",
    .asked = {"Your request is on its way",
              "If this link is one of your clinic’s, they now see that you would like a new one, and will "
              "send it the way they sent this one. You can close this page."},
    .problem =
        {.unknown = {"This link is not known",
                     "Perhaps a part of it is missing. Please open it again from the message you "
                     "received, or ask your clinic for a new link."},
         .busy = {"Please wait a moment", "There were too many requests from your network. Your link "
                                          "is unharmed: please try again shortly."},
         .away = {"Please try again in a moment",
                  "The service is not available just now. Nothing is lost: your link stays as it is. "
                  "If this goes on, please call your clinic."},
         .failed = {"That did not work",
                    "Please open the link again from the message you received. If this goes on, please "
                    "call your clinic."},
         .try_again = "Try again",
         .reference = "Reference: {id}"},
    .contact = {.heading = "Questions?",
                .call = "Call {{clinic}}:",
                .call_by = "Call your clinic:",
                .turn_to = "{{clinic}} is glad to help."},
    .languages = "Other languages",
    .assessment = {.accepted = {"Your assessment", "Your invitation was accepted. You are signed in on this "
                                                   "device, and the link opens for nobody else."},
                   .no_script = "This page shows your session only where JavaScript is allowed. Your "
                                "invitation was accepted all the same.",
                   .ended =
                       "There is no open session here. To continue, open your invitation’s link again on "
                       "the device you started on.",
                   .away = "Your session cannot be shown just now. Nothing is lost: please try again.",
                   .session = "Your session",
                   .patient = "Name",
                   .email = "E-mail",
                   .phone = "Phone",
                   .until = "Open until",
                   .reference = "Reference",
                   .plug = {"For whoever runs this server",
                            "This page holds the place of the real assessment. Name its address, and "
                            "patients are sent there instead:"},
                   .plug_token = "It finds the session token in the fragment, which no server or log sees. "
                                 "Take it out of the address bar at once:",
                   .plug_session = "With the token it learns who has come. Its server may ask, or the page "
                                   "itself if --cors-origin names its origin:"},
};

} // namespace invited::handlers

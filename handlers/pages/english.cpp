#include "handlers/pages/texts.hpp"

#include <array>

namespace invited::handlers {
namespace {

constexpr std::array<std::string_view, 7> weekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                      "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> months = {"January",   "February", "March",    "April",
                                                     "May",       "June",     "July",     "August",
                                                     "September", "October",  "November", "December"};

/// Monday, December 7, 2026 at 5:05 PM (CET). The month is a word, so nobody takes it for the day.
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
               .once = "The link opens the assessment only once. Reading this page does not use it up, and "
                       "neither does a preview or a security check of your message.",
               .interrupted =
                   "If you are interrupted, open the link again soon on this device, and you can continue.",
               .not_for_you = "Not meant for you? Then please close this page without starting.",
               .start = "Start"},
    .again = {"Welcome back", "You have already started on this device. You can continue now."},
    .go_on = "Continue",
    .question = {.birth_date = "Your date of birth",
                 .birth_date_hint =
                     "Write it as {pattern}, for example {example}. Digits alone are fine, too.",
                 .code = "Your code",
                 .code_hint = "Your clinic gave it to you. Spaces, hyphens and capitals do not matter.",
                 .why = "Your clinic asks for this so that only you can open the link."},
    .trouble = {.missing = "Please fill this in.",
                .no_date = "This is not a date. Please write it as {pattern}.",
                .ambiguous = "This could be one of two days. Please write the year first: {pattern}.",
                .to_come = "This day is still to come. Please check the year.",
                .no_code = "The code must be 4 to 64 characters long, not counting spaces and hyphens.",
                .wrong = "This is not what your clinic has on file.",
                .attempts = "You can try {n} more times.",
                .one_attempt = "You can try {n} more time."},
    .ends =
        {.used = {"This link has been used",
                  "It opens only once, and it has already been opened. If you started on another device, "
                  "continue there. If that was not you, or you could not finish, ask for a new link."},
         .revoked = {"This link was withdrawn", "Your clinic has withdrawn it. If you did not expect that, "
                                                "please call your clinic, or ask for a new link."},
         .replaced = {"There is a newer link",
                      "Your clinic has sent you a new link in place of this one. Please use that one."},
         .expired = {"This link has expired",
                     "It worked for a limited time, and that time has passed. You can ask for a new link."},
         .lost = {"This link cannot be opened any more",
                  "This is our fault, not yours. Please ask for a new link."},
         .locked = {"This link is locked",
                    "Too many answers were wrong, so nobody can open it any more. Ask for a new link, and "
                    "ask your clinic whether they have the right answer on file."}},
    .ask = "Ask for a new link",
    .ask_note = "Your clinic will see that you would like a new one.",
    .asked = {"Your request is on its way",
              "If this link came from your clinic, they can now see that you would like a new one. They will "
              "send it the same way as this one. You can close this page."},
    .problem = {.unknown = {"This link is not known",
                            "Part of it may be missing. Please open it again from the message you received, "
                            "or ask your clinic for a new link."},
                .nowhere = {"There is nothing at this address",
                            "Please check how it is written, or open the link again from the message you "
                            "received."},
                .closed = {"Please sign in first",
                           "This page is for the clinic's staff. If you are a patient, please open the link "
                           "again from the message you received."},
                .busy = {"Please wait a moment", "There were too many requests from your network. Your link "
                                                 "is not affected. Please try again in a moment."},
                .away = {"Please try again in a moment",
                         "The service is not available right now. Nothing is lost, and your link stays as it "
                         "is. If this keeps happening, please call your clinic."},
                .failed = {"That did not work", "Please open the link again from the message you received. "
                                                "If this keeps happening, please call your clinic."},
                .try_again = "Try again",
                .reference = "Reference: {id}"},
    .contact = {.heading = "Questions?",
                .call = "Call {{clinic}}:",
                .call_by = "Call your clinic:",
                .turn_to = "{{clinic}} is glad to help."},
    .languages = "Other languages",
    .assessment =
        {.accepted = {"Your assessment", "Your invitation was accepted. You are signed in on this device, "
                                         "and nobody else can open the link."},
         .no_script =
             "This page needs JavaScript to show your session. Your invitation was accepted all the same.",
         .ended = "There is no open session here. To continue, open the link of your invitation again on the "
                  "device where you started.",
         .away = "Your session cannot be shown right now. Nothing is lost. Please try again.",
         .session = "Your session",
         .patient = "Name",
         .email = "E-mail",
         .phone = "Phone",
         .until = "Open until",
         .reference = "Reference",
         .plug = {"For whoever runs this server", "This page stands in for the real assessment. Tell the "
                                                  "server its address, and patients go there instead:"},
         .plug_token = "The assessment finds the session token in the fragment of its address, which no "
                       "server or log sees. It should remove the token from the address bar at once:",
         .plug_session = "With the token it can ask who has come. Its server may ask, and so may the page "
                         "itself if {{option}} names its origin:"},
};

} // namespace invited::handlers

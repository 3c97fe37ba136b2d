#pragma once

#include "handlers/time/time_zone.hpp"

#include <string>
#include <string_view>

namespace invited::handlers {

/// A heading and what stands below it.
struct titled_text {
  std::string_view heading, text;
};

/// All that the patient's pages say in one language; a language is one of these in a file of its own, and a
/// line in language.cpp. Plain text; what {…} stands for is said beside it.
struct page_texts {
  std::string_view tag;                                          ///< BCP 47, one subtag in small letters
  std::string_view name;                                         ///< the language's, in itself
  void (*append_moment)(std::string& out, const local_time& at); ///< of an invite's end, with the zone
  std::string_view date_letters; ///< one each for day, month and year in a pattern such as DD/MM/YYYY

  // Previews, tabs and histories show these: nothing of the sender, the matter or the patient.
  std::string_view title, description;

  struct {
    std::string_view heading;
    std::string_view invites;                 ///< {clinic}
    std::string_view invites_by;              ///< the same where the clinic's name is not known
    std::string_view open_until;              ///< the label of a date
    std::string_view next;                    ///< the heading of the three below
    std::string_view press, answer_and_press; ///< without and with a question
    std::string_view once;
    std::string_view interrupted;
    std::string_view not_for_you;
    std::string_view start;
  } invite;
  titled_text again; ///< for who has redeemed it
  std::string_view go_on;

  struct {
    std::string_view birth_date, birth_date_hint; ///< {pattern} {example}
    std::string_view code, code_hint;
    std::string_view why;
  } question;
  struct {
    std::string_view missing;
    std::string_view no_date;   ///< {pattern}
    std::string_view ambiguous; ///< {pattern}
    std::string_view no_code;
    std::string_view wrong;
    std::string_view attempts, one_attempt; ///< {n} of them left
  } trouble;

  struct {
    titled_text used, revoked, replaced, expired, lost, locked;
  } ends;
  std::string_view ask, ask_note;
  titled_text asked;

  struct {
    titled_text unknown, busy, away, failed;
    std::string_view try_again;
    std::string_view reference; ///< {id}
  } problem;

  struct {
    std::string_view heading;
    std::string_view call, call_by; ///< {clinic}; where its name is not known
    std::string_view turn_to;       ///< {clinic}, whose number is not known
  } contact;
  std::string_view languages; ///< names the links to the other languages, for screen readers

  struct {
    titled_text accepted;
    std::string_view no_script, ended, away;
    std::string_view session, patient, email, phone, until, reference;
    titled_text plug; ///< how the real assessment takes this page's place: an option,
    std::string_view plug_token, plug_session; ///< where the token is, and what it is for
  } assessment;
};

extern const page_texts english, spanish;

} // namespace invited::handlers

#pragma once

#include "handlers/pages/page_text.hpp"
#include "handlers/time/time_zone.hpp"

#include <string>

namespace invited::handlers {

/// A heading and the text below it.
struct titled_text {
  plain_text heading, text;
};

/// All that the patient's pages say in one language. A language is one of these in a file of its own, and a
/// line in language.cpp. Texts are plain. No member has a default, so a language that lacks a text does not
/// compile. A slot {x} takes text, {{x}} takes html.
struct page_texts {
  plain_text tag;                                                ///< BCP 47, one subtag in small letters
  plain_text name;                                               ///< of the language, in the language itself
  void (*append_moment)(std::string& out, const local_time& at); ///< the end of an invite, with the time zone
  plain_text date_letters; ///< for day, month and year in a pattern such as DD/MM/YYYY

  // Previews, tabs and histories show these, so they say nothing of the sender, the matter or the patient.
  plain_text title, description;

  struct {
    plain_text heading;
    text_with<"{{clinic}}"> invites;
    plain_text invites_by;              ///< the same if the clinic's name is not known
    plain_text open_until;              ///< the label of a date
    plain_text next;                    ///< the heading of the three below
    plain_text press, answer_and_press; ///< without and with a question
    plain_text once;
    plain_text interrupted;
    plain_text not_for_you;
    plain_text start;
  } invite;
  titled_text again; ///< for a patient who has redeemed it
  plain_text go_on;

  struct {
    plain_text birth_date;
    text_with<"{pattern}", "{example}"> birth_date_hint;
    plain_text code, code_hint;
    plain_text why;
  } question;
  struct {
    plain_text missing;
    text_with<"{pattern}"> no_date, ambiguous;
    plain_text to_come;
    plain_text no_code;
    plain_text wrong;
    text_with<"{n}"> attempts, one_attempt; ///< how many are left
  } trouble;

  struct {
    titled_text used, revoked, replaced, expired, lost, locked;
  } ends;
  plain_text ask, ask_note;
  titled_text asked;

  struct {
    titled_text unknown, nowhere, closed, busy, away, failed;
    plain_text try_again;
    text_with<"{id}"> reference;
  } problem;

  struct {
    plain_text heading;
    text_with<"{{clinic}}"> call;
    plain_text call_by;              ///< the same if the clinic's name is not known
    text_with<"{{clinic}}"> turn_to; ///< if the clinic's number is not known
  } contact;
  plain_text languages; ///< names the links to the other languages, for screen readers

  struct {
    titled_text accepted;
    plain_text no_script, ended, away;
    plain_text session, patient, email, phone, until, reference;
    titled_text plug;                     ///< how the real assessment takes this page's place: an option,
    plain_text plug_token;                ///< where the token is,
    text_with<"{{option}}"> plug_session; ///< and what it is for
  } assessment;
};

extern const page_texts english, spanish;

} // namespace invited::handlers

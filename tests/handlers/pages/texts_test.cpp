// Every text of a language and every part of a file is used in a page. (The compiler checks that none is
// missing.)
#include "handlers/pages/files.hpp"
#include "handlers/pages/fill.hpp"
#include "tests/handlers/pages/every_page.hpp"
#include "tests/handlers/pages/page_checks.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

std::string all_pages(const page_texts& texts) {
  std::string all;
  for (const rendered_page& page : every_page(texts)) all += page.answer.body;
  return all;
}

/// Checks that texts are in the pages. Of a text with slots, it checks what is around them.
class text_finder {
public:
  explicit text_finder(const page_texts& texts) : pages_(all_pages(texts)) {}

  template <class... texts>
  void demand(const texts&... all) {
    (..., find(all));
  }

private:
  void find(const plain_text& text) { find_words(text); }

  void find(const titled_text& text) { demand(text.heading, text.text); }

  template <fixed_text... slots>
  void find(const text_with<slots...>& text) {
    for (const piece& p : text.pieces()) find_words(p.before);
  }

  void find_words(std::string_view words) {
    BOOST_TEST_CONTEXT(words) BOOST_TEST(contains(pages_, escaped(words).view()));
  }

  std::string pages_;
};

/// Names each member. A member that is added to page_texts does not compile until it is here.
void demand_all(const page_texts& texts, text_finder& finder) {
  const auto& [tag, name, append_moment, date_letters, title, description, invite, again, go_on, question,
               trouble, ends, ask, ask_note, asked, problem, contact, languages, assessment] = texts;
  finder.demand(tag, title, description, again, go_on, ask, ask_note, asked, languages);
  BOOST_TEST(append_moment != nullptr);
  BOOST_TEST(date_letters.size() == 3U);
  for (const page_texts* other : page_languages()) {
    if (other != &texts) BOOST_TEST(contains(all_pages(*other), ">" + std::string(name) + "</a>"));
  }
  const auto& [heading, invites, invites_by, open_until, next, press, answer_and_press, once, interrupted,
               not_for_you, start] = invite;
  finder.demand(heading, invites, invites_by, open_until, next, press, answer_and_press, once, interrupted,
                not_for_you, start);
  const auto& [birth_date, birth_date_hint, code, code_hint, why] = question;
  finder.demand(birth_date, birth_date_hint, code, code_hint, why);
  const auto& [missing, no_date, ambiguous, to_come, no_code, wrong, attempts, one_attempt] = trouble;
  finder.demand(missing, no_date, ambiguous, to_come, no_code, wrong, attempts, one_attempt);
  const auto& [used, revoked, replaced, expired, lost, locked] = ends;
  finder.demand(used, revoked, replaced, expired, lost, locked);
  const auto& [unknown, nowhere, closed, busy, away, failed, try_again, reference] = problem;
  finder.demand(unknown, nowhere, closed, busy, away, failed, try_again, reference);
  const auto& [questions, call, call_by, turn_to] = contact;
  finder.demand(questions, call, call_by, turn_to);
  const auto& [accepted, no_script, ended, not_now, session, patient, email, phone, until, session_reference,
               plug, plug_token, plug_session] = assessment;
  finder.demand(accepted, no_script, ended, not_now, session, patient, email, phone, until, session_reference,
                plug, plug_token, plug_session);
}

/// The names after "<!-- part ".
std::vector<std::string> parts_of(std::string_view file) {
  constexpr std::string_view open = "<!-- part ";
  std::vector<std::string> names;
  for (std::size_t at = file.find(open); at != file.npos; at = file.find(open, at + 1))
    names.emplace_back(between(file.substr(at), open, " -->"));
  return names;
}

/// Whatever is between the slots is in a page.
void demand_pieces(std::string_view source, std::string_view pages) {
  piece_reader reader(source);
  for (source_piece p; reader.next(p);) BOOST_TEST_CONTEXT(p.before) BOOST_TEST(contains(pages, p.before));
}

BOOST_AUTO_TEST_SUITE(texts_of_pages)

BOOST_AUTO_TEST_CASE(every_text_of_every_language_is_in_a_page) {
  for (const page_texts* texts : page_languages()) {
    BOOST_TEST_CONTEXT(texts->tag) {
      text_finder finder(*texts);
      demand_all(*texts, finder);
    }
  }
}

BOOST_AUTO_TEST_CASE(every_part_of_every_file_is_in_a_page) {
  const std::string pages = all_pages(english);
  demand_pieces(files::frame, pages);
  for (const auto& [name, file] : files::all) {
    const std::vector<std::string> parts = parts_of(file);
    BOOST_TEST(!parts.empty(), name);
    for (const std::string& part : parts) {
      BOOST_TEST_CONTEXT(name << ' ' << part) demand_pieces(piece_reader::part(file, part), pages);
    }
  }
}

BOOST_AUTO_TEST_CASE(files_open_by_themselves) {
  for (const auto& [name, file] : files::all) {
    BOOST_TEST_CONTEXT(name) {
      for (const std::string& flaw : html_flaws(file)) BOOST_ERROR(flaw);
      BOOST_TEST(contains(file, "<!doctype html>\n<html lang=\""));
      BOOST_TEST(contains(file, "<style>{{style}}</style>")); // a link to page.css, as in the file on disk
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

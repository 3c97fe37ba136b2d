#include "handlers/staff/password_rules.hpp"

#include "handlers/staff/common_passwords.hpp"
#include "handlers/staff/sign_in_input.hpp"
#include "handlers/text/utf8.hpp"
#include "store/crypto/password_text.hpp"
#include "store/crypto/secret_text.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace invited::handlers {
namespace {

constexpr std::size_t shortest_password = 15; // code points
constexpr std::size_t fewest_letters = 6;     // that make a word with others between them: chance makes fewer
constexpr std::size_t shortest_row = 4;
constexpr std::string_view own_name = "invited";

/// True for ASCII letters and for everything beyond ASCII.
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

bool is_letter_or_digit(char c) {
  return is_letter(c) || (c >= '0' && c <= '9');
}

/// `folded` from the first to the last of its characters for which `keeps` is true.
std::string_view trimmed(std::string_view folded, bool (*keeps)(char)) {
  const auto* const first = std::ranges::find_if(folded, keeps);
  const auto* last = folded.end();
  while (last != first && !keeps(*(last - 1))) --last;
  return {first, last};
}

std::string letters_of(std::string_view folded) {
  std::string out;
  out.reserve(folded.size());
  std::ranges::copy_if(folded, std::back_inserter(out), is_letter);
  return out;
}

/// The part that all of `text` repeats, at least twice; the last time it may be cut off. `text` if there is
/// no such part. It uses the failure function of Knuth, Morris and Pratt, in linear time.
std::string_view repeated_in(std::string_view text) {
  // For each start of the text, the longest shorter start that also ends it.
  std::vector<std::size_t> border(text.size() + 1, 0);
  for (std::size_t end = 1, same = 0; end < text.size(); ++end) {
    while (same > 0 && text[same] != text[end]) same = border[same];
    if (text[same] == text[end]) ++same;
    border[end + 1] = same;
  }
  const std::size_t period = text.size() - border[text.size()];
  return period * 2 <= text.size() ? text.substr(0, period) : text;
}

/// Whether `b` is next to `a` among the ten digits or the letters from a to z, where the first follows the
/// last.
bool is_next(char a, char b, int step) {
  const auto within = [=](char first, int count) {
    return a >= first && a < first + count && (a - first + step + count) % count == b - first;
  };
  return within('0', 10) || within('a', 26);
}

/// Whether it is a row such as 12345 or edcba.
bool is_row(std::string_view folded) {
  if (folded.size() < shortest_row) return false;
  const auto goes = [folded](int step) {
    const auto broken = [step](char a, char b) { return !is_next(a, b, step); };
    return std::ranges::adjacent_find(folded, broken) == folded.end();
  };
  return goes(1) || goes(-1);
}

/// Whether `word`, which repeats nothing, is `name`: unchanged, without its ends, or by its letters.
bool is_name(std::string_view word, std::string_view name) {
  if (name.empty()) return false;
  std::string folded = store::folded_password(name);
  const std::string letters = letters_of(folded);
  const std::array<std::string_view, 3> forms = {folded, trimmed(folded, is_letter), letters};
  return std::ranges::any_of(forms,
                             [word](std::string_view f) { return !f.empty() && repeated_in(f) == word; });
}

/// Compares with the user name, the part before its @, the name, and each of its words.
bool is_owners_name(std::string_view word, const password_owner& of) {
  if (is_name(word, of.username) || is_name(word, of.username.substr(0, of.username.find('@')))) return true;
  if (is_name(word, of.name)) return true;
  for (std::string_view rest = of.name; !rest.empty();) {
    const std::string_view one = rest.substr(0, rest.find(' '));
    if (is_name(word, one)) return true;
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
  }
  return false;
}

checked<> judge_word(std::string_view word, const password_owner& of) {
  if (word.empty()) return {};
  if (is_owners_name(word, of))
    return flaw{
        "is_user_name",
        "A password must not be the user's own name, even repeated or with digits and punctuation around "
        "it."};
  if (word == own_name || is_row(word) || is_common_password(word))
    return flaw{
        "too_common",
        "This is a password that many people have, perhaps repeated or with digits and punctuation around "
        "it. Choose your own: several unrelated words are enough."};
  return {};
}

/// How many code points of `text` repeat others.
std::size_t count_repeated(std::string_view text) {
  return utf8_count(text) - utf8_count(repeated_in(text));
}

/// `length` is that of the password, in code points.
checked<> judge_folded(std::string_view folded, std::size_t length, const password_owner& of) {
  std::string letters = letters_of(folded);
  const std::string_view scattered = letters.size() < fewest_letters ? std::string_view() : letters;
  checked<> found;
  for (const std::string_view part :
       {folded, trimmed(folded, is_letter_or_digit), trimmed(folded, is_letter), scattered})
    if (found) found = judge_word(repeated_in(part), of);
  const std::size_t repeated = std::max(count_repeated(folded), count_repeated(scattered));
  if (found && length < shortest_password + repeated)
    found =
        flaw{"too_repetitive", "A password must have at least 15 characters, and repeated ones count once."};
  store::wipe(letters);
  return found;
}

} // namespace

checked<> check_new_password(std::string_view typed, const password_owner& of) {
  if (typed.size() > longest_password) return flaw{"too_long", "A password must have at most 1,024 bytes."};
  if (typed.empty()) return flaw{"too_short", "A password must have at least 15 characters."};
  std::optional<std::string> normal = store::normal_password(typed);
  if (!normal) return flaw{"forbidden_character", "A password must be UTF-8 without control characters."};
  const std::size_t length = utf8_count(*normal);
  std::string folded = store::folded_password(*normal);
  checked<> found;
  if (length < shortest_password)
    found = flaw{"too_short", "A password must have at least 15 characters."};
  else
    found = judge_folded(folded, length, of);
  store::wipe(*normal);
  store::wipe(folded);
  return found;
}

} // namespace invited::handlers

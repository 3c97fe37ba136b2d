#include "handlers/staff/common_passwords.hpp"

#include "handlers/assets/asset.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>

using namespace invited::handlers;

BOOST_AUTO_TEST_SUITE(common_passwords)

BOOST_AUTO_TEST_CASE(a_line_is_found_wherever_it_stands) {
  constexpr std::string_view lines[] = {"1", "12", "a", "a1", "ab", "abc", "b", "zebra"};
  for (std::size_t count = 0; count <= std::size(lines); ++count) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += std::string(lines[i]) + '\n';
    for (std::size_t i = 0; i < std::size(lines); ++i)
      BOOST_TEST(holds_line(all, lines[i]) == (i < count), lines[i] << " of " << count);
    for (const std::string_view other : {"", "0", "aa", "abcd", "zebr", "zebraa", "~", "a\n", "\n", "a\na1"})
      BOOST_TEST(!holds_line(all, other), other << " of " << count);
  }
  BOOST_TEST(!holds_line("no end", "no end"));
}

BOOST_AUTO_TEST_CASE(the_list_in_the_binary) {
  const std::string_view all = assets::common_passwords;
  if (all.empty()) {
    BOOST_TEST_MESSAGE("this build has no list (scripts/get_web)");
    return;
  }
  BOOST_TEST(std::ranges::count(all, '\n') > 40'000);
  std::string_view before;
  std::size_t missed = 0, disordered = 0;
  for (std::string_view rest = all; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    if (!is_common_password(line)) ++missed;
    if (!before.empty() && before >= line) ++disordered;
    before = line;
    rest.remove_prefix(line.size() + 1);
  }
  BOOST_TEST(missed == 0U);
  BOOST_TEST(disordered == 0U);
  for (const std::string_view known : {"password", "123456", "qwertyuiop", "trustno1", "trustno", "iloveyou"})
    BOOST_TEST(is_common_password(known), known);
  for (const std::string_view other : {"", "PASSWORD", "password\n", "correct horse battery staple"})
    BOOST_TEST(!is_common_password(other), other);
}

BOOST_AUTO_TEST_SUITE_END()

#include "server/audit/audit_verifier.hpp"

#include "store/crypto/hex.hpp"
#include "tests/server/audit/audit_lines.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace invited::test {
namespace {

using server::audit_verifier;

/// The number of the bad line; 0 if all is well.
std::uint64_t bad_line(const std::string& text, bool keyed = true) {
  audit_verifier verifier(keyed ? std::optional(line_key()) : std::nullopt, {});
  std::istringstream file(text);
  const auto read = verifier.read(file);
  return read ? 0 : read.error().line;
}

const std::string good = chain_of(6);
const std::vector<std::string> lines = lines_of(good);

std::string edited(void (*edit)(std::vector<std::string>&)) {
  std::vector<std::string> copy = lines;
  edit(copy);
  return joined(copy);
}

BOOST_AUTO_TEST_SUITE(audit_verifying)

BOOST_AUTO_TEST_CASE(a_whole_file_is_right) {
  audit_verifier verifier(line_key(), {});
  std::istringstream file(good);
  BOOST_TEST(verifier.read(file).has_value());
  BOOST_TEST(verifier.lines() == 7u);
  BOOST_TEST(verifier.head().seq == 7u);
  BOOST_TEST(verifier.first_at() == "2026-01-31T09:05:00.000Z");
  BOOST_TEST(verifier.last_at() == "2026-01-31T09:05:00.005Z");
  BOOST_TEST(!verifier.begins_in_the_middle());
  BOOST_TEST(bad_line(good, false) == 0u);
}

BOOST_AUTO_TEST_CASE(the_format_is_the_one_described) {
  const std::string& second = lines[1];
  const std::size_t covered = second.find(R"(,"hash":)");
  const store::bytes32 hash = store::sha256({store::as_bytes(second.substr(0, covered))});
  const store::bytes32 mac = line_key()({hash});
  BOOST_TEST(second == R"({"seq":2,)" + record(0) + R"(,"prev":")" +
                           lines[0].substr(lines[0].find(R"("hash":")") + 8, 64) + R"(","hash":")" +
                           store::to_hex(hash) + R"(","mac":")" + store::to_hex(mac).substr(0, 32) + "\"}\n");
}

BOOST_AUTO_TEST_CASE(every_changed_byte_is_found_in_its_line) {
  std::size_t at = 0;
  for (std::size_t n = 0; n < lines.size(); ++n) {
    for (std::size_t i = 0; i < lines[n].size(); ++i, ++at) {
      std::string text = good;
      text[at] ^= 1;
      const std::uint64_t bad = bad_line(text);
      if (bad != n + 1) BOOST_TEST_CONTEXT("byte " << at) BOOST_TEST(bad == n + 1);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_removed_line_is_missed) {
  BOOST_TEST(bad_line(edited([](auto& l) { l.erase(l.begin() + 3); }), false) == 4u);
  BOOST_TEST(bad_line(edited([](auto& l) { l.erase(l.begin()); }), false) == 1u);
  BOOST_TEST(bad_line(edited([](auto& l) { l.erase(l.begin(), l.begin() + 4); }), false) == 1u);
}

BOOST_AUTO_TEST_CASE(moved_repeated_and_foreign_lines_are_found) {
  BOOST_TEST(bad_line(edited([](auto& l) { std::swap(l[2], l[3]); }), false) == 3u);
  BOOST_TEST(bad_line(edited([](auto& l) { l.insert(l.begin() + 3, l[2]); }), false) == 4u);
  BOOST_TEST(bad_line(edited([](auto& l) { l.insert(l.begin() + 3, "\n"); }), false) == 4u);
  BOOST_TEST(bad_line(edited([](auto& l) { l.insert(l.begin() + 3, "{}\n"); }), false) == 4u);
  BOOST_TEST(bad_line(edited([](auto& l) { l[3].insert(l[3].size() - 1, " "); }), false) == 4u);
  BOOST_TEST(bad_line(edited([](auto& l) { l[3].insert(l[3].size() - 1, "\r"); }), false) == 4u);
  const std::vector<std::string> other = lines_of(chain_of(9));
  BOOST_TEST(bad_line(good + other[8], false) == 8u);
}

BOOST_AUTO_TEST_CASE(a_torn_end_is_found) {
  for (std::size_t cut = 1; cut < lines.back().size(); ++cut)
    BOOST_TEST(bad_line(good.substr(0, good.size() - cut)) == lines.size());
  BOOST_TEST(bad_line("") == 1u);
  BOOST_TEST(bad_line("\n") == 1u);
  BOOST_TEST(bad_line(std::string(1000, '\0')) == 1u);
}

BOOST_AUTO_TEST_CASE(an_end_cut_off_between_lines_shows_by_the_head_that_was_logged) {
  const std::string shorter = edited([](auto& l) { l.pop_back(); });
  audit_verifier whole(line_key(), {});
  std::istringstream file(good);
  BOOST_TEST(whole.read(file).has_value());
  for (const auto& [text, found] : {std::pair(good, true), {shorter, false}, {good + "", true}}) {
    audit_verifier verifier({}, whole.head().hash);
    std::istringstream again(text);
    BOOST_TEST(verifier.read(again).has_value());
    BOOST_TEST(verifier.found_expected() == found);
  }
}

BOOST_AUTO_TEST_CASE(a_chain_made_anew_without_the_key_is_found_by_the_key_alone) {
  const std::string forged = chain_of(6, {}, line_key(8));
  BOOST_TEST(bad_line(forged, false) == 0u);
  BOOST_TEST(bad_line(forged, true) == 1u);
}

BOOST_AUTO_TEST_CASE(files_go_on_one_after_the_other) {
  audit_verifier first(line_key(), {});
  std::istringstream old_file(good);
  BOOST_TEST(first.read(old_file).has_value());
  const std::string next = chain_of(3, first.head());
  std::istringstream new_file(next);
  BOOST_TEST(first.read(new_file).has_value());
  BOOST_TEST(first.lines() == 11u);

  audit_verifier alone(line_key(), {});
  std::istringstream again(next);
  BOOST_TEST(alone.read(again).has_value());
  BOOST_TEST(alone.begins_in_the_middle());

  audit_verifier wrong_order(line_key(), {});
  std::istringstream later(next), earlier(good);
  BOOST_TEST(wrong_order.read(later).has_value());
  BOOST_TEST(wrong_order.read(earlier).error().line == 1u);
}

BOOST_AUTO_TEST_CASE(a_first_line_must_follow_nothing_or_have_a_number_above_one) {
  server::chain_head head;
  head.hash.fill(1);
  BOOST_TEST(bad_line(chain_of(1, head)) == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test

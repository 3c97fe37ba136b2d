#include "server/commands/audit_command.hpp"

#include "server/commands/command_line.hpp"
#include "store/crypto/key_ring.hpp"
#include "tests/server/audit/audit_lines.hpp"
#include "tests/server/commands/command_fixture.hpp"
#include "tests/support/test_server.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::test {
namespace {

struct auditing : command_fixture {
  const std::string keys = folder.write("keys", test_key_file());

  static store::hmac_sha256 real_key() {
    std::vector<std::string> problems;
    return server::audit_file_key(*store::key_ring::parse(test_key_file(), problems));
  }
  int audit(const std::vector<std::string>& args) { return run(server::run_audit, args); }
  bool out_has(std::string_view part) const { return out.str().find(part) != std::string::npos; }
};

BOOST_FIXTURE_TEST_SUITE(commands_audit, auditing)

BOOST_AUTO_TEST_CASE(a_good_file_is_reported_with_count_time_and_head) {
  const std::string file = folder.write("audit", chain_of(5, {}, real_key()));
  BOOST_TEST(audit({"verify", file}) == 0);
  BOOST_TEST(out_has("6 lines, from 2026-01-31T09:05:00.000Z to 2026-01-31T09:05:00.004Z"));
  BOOST_TEST(out_has("head 6 "));
  BOOST_TEST(out_has("Checked without the key file"));
  BOOST_TEST(audit({"verify", file, "--key-file", keys}) == 0);
  BOOST_TEST(out_has("Every line was made with the index key"));
  variables = {"INVITED_KEY_FILE=" + keys};
  BOOST_TEST(audit({"verify", file}) == 0);
  BOOST_TEST(out_has("Every line was made with the index key"));
}

BOOST_AUTO_TEST_CASE(the_first_bad_line_is_named) {
  std::vector<std::string> lines = lines_of(chain_of(5, {}, real_key()));
  lines[3][40] ^= 1;
  lines[4][40] ^= 1;
  const std::string file = folder.write("audit", joined(lines));
  BOOST_TEST(audit({"verify", file}) == 1);
  BOOST_TEST(err_has(file + ":4: "));
  BOOST_TEST(!err_has(file + ":5: "));
  BOOST_TEST(out.str() == "");
}

BOOST_AUTO_TEST_CASE(a_forged_file_is_found_with_the_key) {
  const std::string file = folder.write("audit", chain_of(5, {}, line_key()));
  BOOST_TEST(audit({"verify", file}) == 0);
  BOOST_TEST(audit({"verify", file, "--key-file=" + keys}) == 1);
  BOOST_TEST(err_has(file + ":1: this line was not made with this key"));
}

BOOST_AUTO_TEST_CASE(an_end_that_was_cut_off_is_found_by_the_logged_head) {
  const std::string text = chain_of(5, {}, real_key());
  const std::string last = lines_of(text).back();
  const std::string hash = last.substr(last.find(R"("hash":")") + 8, 64);
  const std::string whole = folder.write("whole", text);
  const std::string cut = folder.write("cut", text.substr(0, text.size() - last.size()));
  BOOST_TEST(audit({"verify", "--expect", hash, whole}) == 0);
  BOOST_TEST(audit({"verify", "--expect", hash, cut}) == 1);
  BOOST_TEST(err_has("was cut off"));
}

BOOST_AUTO_TEST_CASE(wrong_arguments_are_reported) {
  const std::string file = folder.write("audit", chain_of(1, {}, real_key()));
  BOOST_TEST(audit({}) == 2);
  BOOST_TEST(audit({"prove", file}) == 2);
  BOOST_TEST(audit({"verify"}) == 2);
  BOOST_TEST(audit({"verify", file, "--expect", "abc"}) == 2);
  BOOST_TEST(audit({"verify", file, "--expect"}) == 2);
  BOOST_TEST(audit({"verify", file, "--colour", "red"}) == 2);
  BOOST_TEST(audit({"verify", file, "--key-file", folder.path("none")}) == 2);
  BOOST_TEST(audit({"verify", folder.path("none")}) == 1);
  BOOST_TEST(err_has("cannot read"));
  BOOST_TEST(audit({"--help"}) == 0);
  BOOST_TEST(out_has("--expect"));
}

BOOST_AUTO_TEST_CASE(it_is_a_command) {
  const std::string file = folder.write("audit", chain_of(1, {}, real_key()));
  const auto whole = [](server::arguments args, const server::command_context& context) {
    return server::run_command_line(args, context, [](server::configuration) { return 3; });
  };
  BOOST_TEST(run(whole, {"audit", "verify", file}) == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test

#include "server/commands/keygen_command.hpp"
#include "store/crypto/key_ring.hpp"
#include "tests/server/commands/command_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace invited::server;
namespace store = invited::store;

BOOST_FIXTURE_TEST_SUITE(commands_keygen, invited::test::command_fixture)

BOOST_AUTO_TEST_CASE(a_whole_file_is_what_the_server_reads) {
  BOOST_TEST(run(run_keygen, {}) == exit_good);
  BOOST_TEST(err.str().empty());
  std::vector<std::string> problems;
  const auto keys = store::key_ring::parse(out.str(), problems);
  BOOST_TEST_REQUIRE(keys != nullptr);
  BOOST_TEST(keys->seal_keys().size() == 1u);
  // Both have 32 bytes, and none in common.
  BOOST_TEST(keys->seal_keys()[0].bytes[0] == 0);
  BOOST_TEST(keys->seal_keys()[0].bytes[31] == 31);
  BOOST_TEST(keys->index_key()[0] == 32);
  BOOST_TEST(keys->index_key()[31] == 63);
  BOOST_TEST(out.str().starts_with("# "));
  BOOST_TEST(out.str().find("0600") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(no_two_files_are_alike) {
  BOOST_TEST(run(run_keygen, {}) == exit_good);
  const auto first = out.str();
  BOOST_TEST(run(run_keygen, {}) == exit_good);
  BOOST_TEST(out.str() != first);
}

BOOST_AUTO_TEST_CASE(one_line_more_for_a_file_that_exists) {
  BOOST_TEST(run(run_keygen, {}) == exit_good);
  const auto file = out.str();
  BOOST_TEST(run(run_keygen, {"--seal"}) == exit_good);
  const auto line = out.str();
  BOOST_TEST(line.starts_with("seal "));
  BOOST_TEST(std::count(line.begin(), line.end(), '\n') == 1);
  std::vector<std::string> problems;
  const auto keys = store::key_ring::parse(file + line, problems);
  BOOST_TEST_REQUIRE(keys != nullptr);
  BOOST_TEST(keys->seal_keys().size() == 2u);
}

BOOST_AUTO_TEST_CASE(anything_else_makes_no_key) {
  for (const std::vector<std::string>& args :
       {std::vector<std::string>{"--index"}, {"seal"}, {"--seal", "--seal"}, {"--seal=x"}, {""}}) {
    BOOST_TEST(run(run_keygen, args) == exit_misuse);
    BOOST_TEST(out.str().empty());
    BOOST_TEST(err_has("keygen takes only --seal"));
  }
}

BOOST_AUTO_TEST_CASE(help_makes_no_key) {
  for (const std::string flag : {"--help", "-h"}) {
    BOOST_TEST(run(run_keygen, {flag}) == exit_good);
    BOOST_TEST(out.str().starts_with("Usage: invited keygen"));
    BOOST_TEST(out.str().find("\nseal ") == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_a_failure) {
  std::ostringstream broken;
  broken.setstate(std::ios::badbit);
  const command_context context{{}, broken, err, random, now, ""};
  BOOST_TEST(run_keygen({}, context) == exit_failed);
  BOOST_TEST(err_has("could not write"));
}

BOOST_AUTO_TEST_SUITE_END()

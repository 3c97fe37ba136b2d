// The command line of the generator: what it takes, and what it says of the rest.
#include "bench/generator/settings.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <getopt.h>
#include <unistd.h>

namespace invited::bench {
namespace {

using namespace std::chrono_literals;

struct command_line {
  std::string tokens = "/tmp/invited_settings_test." + std::to_string(::getpid());

  command_line() { std::ofstream(tokens) << "clinic-1 token\n"; }
  ~command_line() { std::remove(tokens.c_str()); }

  settings read(const std::vector<std::string>& options) const {
    std::vector<std::string> words = {"invited-bench", "--target=http://127.0.0.1:1", "--tokens=" + tokens};
    words.insert(words.end(), options.begin(), options.end());
    std::vector<char*> raw;
    for (std::string& word : words) raw.push_back(word.data());
    raw.push_back(nullptr);
    optind = 0; // getopt starts anew
    return read_settings(static_cast<int>(words.size()), raw.data());
  }

  std::string refusal(const std::vector<std::string>& options) const {
    try {
      read(options);
    } catch (const std::invalid_argument& e) {
      return e.what();
    }
    return "taken";
  }
};

BOOST_FIXTURE_TEST_SUITE(settings_of_the_generator, command_line)

BOOST_AUTO_TEST_CASE(one_rate_is_one_stage_with_the_warm_up) {
  const settings s = read({"--rate=50", "--duration=3", "--warmup=1"});
  const std::vector<stage> plan = s.whole_plan();
  BOOST_REQUIRE(plan.size() == 1U);
  BOOST_TEST((plan[0].length == 4s));
  BOOST_TEST(plan[0].rate == 50);
}

BOOST_AUTO_TEST_CASE(the_warm_up_has_the_rate_of_the_first_stage) {
  const settings s = read({"--stage=2@10", "--stage=0.5@30", "--warmup=1"});
  const std::vector<stage> plan = s.whole_plan();
  BOOST_REQUIRE(plan.size() == 3U);
  BOOST_TEST((plan[0].length == 1s));
  BOOST_TEST(plan[0].rate == 10);
  BOOST_TEST((plan[2].length == 500ms));
  BOOST_TEST(plan[2].rate == 30);
  BOOST_TEST(s.duration_s == 2.5);
  BOOST_TEST(s.rate == 14); // the mean
}

BOOST_AUTO_TEST_CASE(no_warm_up_is_no_stage) {
  BOOST_TEST(read({"--stage=2@10", "--warmup=0"}).whole_plan().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_file_of_latencies_ends_in_hgrm) {
  BOOST_TEST(read({"--hgrm=/tmp/x.hgrm"}).hgrm == "/tmp/x.hgrm");
  BOOST_TEST(refusal({"--hgrm=/tmp/x"}) == "--hgrm takes a file that ends in .hgrm");
}

BOOST_AUTO_TEST_CASE(a_wrong_stage_is_refused_with_its_reason) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"--stage=10"}, "--stage takes SECONDS@RATE"},
      {{"--stage="}, "--stage takes SECONDS@RATE"},
      {{"--stage=@10"}, "--stage takes a number from 0.1 to 86400, not \"\""},
      {{"--stage=10@"}, "--stage takes a number from 0.001 to 1e+07, not \"\""},
      {{"--stage=10@0"}, "--stage takes a number from 0.001 to 1e+07, not \"0\""},
      {{"--stage=10@1e999"}, "--stage takes a number from 0.001 to 1e+07, not \"1e999\""},
      {{"--stage=10@nan"}, "--stage takes a number from 0.001 to 1e+07, not \"nan\""},
      {{"--stage=0@10"}, "--stage takes a number from 0.1 to 86400, not \"0\""},
      {{"--stage=50000@1", "--stage=50000@1"}, "the stages may take a day at most"},
      {{"--stage=1@1", "--rate=5"}, "--stage does not go with --rate or --duration"},
      {{"--duration=5", "--stage=1@1"}, "--stage does not go with --rate or --duration"},
      {std::vector<std::string>(101, "--stage=1@1"), "there may be 100 stages at most"},
  };
  for (const auto& [options, told] : cases) BOOST_TEST_CONTEXT(options.front()) {
      BOOST_TEST(refusal(options) == told);
    }
  BOOST_TEST(refusal(std::vector<std::string>(100, "--stage=1@1")) == "taken");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::bench

#include "server/config/sources.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace invited::server;

namespace invited::server {
std::ostream& operator<<(std::ostream& out, const given& g) {
  return out << g.name << '=' << g.value << " (" << g.source << ')';
}
bool operator==(const given& a, const given& b) {
  return a.name == b.name && a.value == b.value && a.source == b.source;
}
} // namespace invited::server

namespace {

using texts = std::vector<std::string_view>;
using values = std::vector<given>;

const std::vector<option_info> known{
    {"config", "FILE", "", "", false},
    {"rate", "NUMBER", "50", "", false},
    {"ttl-min", "DURATION", "60s", "", false},
    {"cors-origin", "URL", "", "", true},
    {"verbose", "", "", "", false},
};

struct reading {
  values got;
  findings found;
};

reading flags(const texts& args) {
  reading r;
  r.got = read_flags(args, known, r.found);
  return r;
}

reading environment(const texts& entries) {
  reading r;
  r.got = read_environment(entries, known, r.found);
  return r;
}

reading file(std::string_view text) {
  reading r;
  r.got = read_config_text(text, "/etc/invited.conf", known, r.found);
  return r;
}

void check(const reading& r, const values& expected, const std::vector<std::string>& errors = {},
           const std::vector<std::string>& warnings = {}) {
  BOOST_TEST(r.got == expected, boost::test_tools::per_element());
  BOOST_TEST(r.found.errors == errors, boost::test_tools::per_element());
  BOOST_TEST(r.found.warnings == warnings, boost::test_tools::per_element());
}

const file_reader no_file = [](const std::string&) -> boost::system::result<std::string> {
  return boost::system::errc::make_error_code(boost::system::errc::no_such_file_or_directory);
};

} // namespace

BOOST_AUTO_TEST_SUITE(config_flags)

BOOST_AUTO_TEST_CASE(both_forms_are_read) {
  check(flags({"--rate", "5", "--ttl-min=1h", "--cors-origin", "a", "--cors-origin=b", "--verbose"}),
        {{"rate", "5", "--rate"},
         {"ttl-min", "1h", "--ttl-min"},
         {"cors-origin", "a", "--cors-origin"},
         {"cors-origin", "b", "--cors-origin"},
         {"verbose", "", "--verbose"}});
  check(flags({}), {});
}

BOOST_AUTO_TEST_CASE(a_value_may_be_odd) {
  check(flags({"--rate=", "--ttl-min", "-5", "--cors-origin=a=b", "--config", ""}),
        {{"rate", "", "--rate"},
         {"ttl-min", "-5", "--ttl-min"},
         {"cors-origin", "a=b", "--cors-origin"},
         {"config", "", "--config"}});
}

BOOST_AUTO_TEST_CASE(a_missing_value_does_not_swallow_the_next_flag) {
  check(flags({"--rate", "--ttl-min", "5"}), {{"ttl-min", "5", "--ttl-min"}},
        {"--rate: needs a value (NUMBER)"});
  check(flags({"--rate"}), {}, {"--rate: needs a value (NUMBER)"});
}

BOOST_AUTO_TEST_CASE(unknown_flags_are_errors_and_show_no_value) {
  check(flags({"--rat", "5", "--password=hunter2", "--pass", "hunter2", "--Rate", "1"}), {},
        {"unknown option '--rat' (did you mean --rate?)", "unknown option '--password'",
         "unknown option '--pass'", "unknown option '--Rate' (did you mean --rate?)"});
}

BOOST_AUTO_TEST_CASE(what_is_not_a_flag_is_an_error) {
  check(flags({"rate", "-r", "--", "", "--=5"}), {},
        {"unexpected argument 'rate'", "unexpected argument '-r'", "unexpected argument '--'",
         "unexpected argument ''", "unknown option '--'"});
  check(flags({"--verbose", "yes"}), {{"verbose", "", "--verbose"}}, {"unexpected argument 'yes'"});
  check(flags({"--verbose=yes"}), {{"verbose", "", "--verbose"}}, {"--verbose: takes no value"});
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(config_environment)

BOOST_AUTO_TEST_CASE(names_are_spelled_for_the_environment) {
  BOOST_TEST(environment_name("rate") == "INVITED_RATE");
  BOOST_TEST(environment_name("jwt-public-key") == "INVITED_JWT_PUBLIC_KEY");
}

BOOST_AUTO_TEST_CASE(variables_are_read) {
  check(environment(
            {"PATH=/bin", "INVITED_RATE=5", "INVITED_TTL_MIN=1=h", "HOME=/", "XINVITED_RATE=6", "RATE=7"}),
        {{"rate", "5", "INVITED_RATE"}, {"ttl-min", "1=h", "INVITED_TTL_MIN"}});
}

BOOST_AUTO_TEST_CASE(lists_split_at_commas) {
  check(environment({"INVITED_CORS_ORIGIN= a, b ,,c,"}), {{"cors-origin", "a", "INVITED_CORS_ORIGIN"},
                                                          {"cors-origin", "b", "INVITED_CORS_ORIGIN"},
                                                          {"cors-origin", "c", "INVITED_CORS_ORIGIN"}});
  check(environment({"INVITED_CORS_ORIGIN=,"}), {});
  check(environment({"INVITED_RATE=1,2"}), {{"rate", "1,2", "INVITED_RATE"}});
}

BOOST_AUTO_TEST_CASE(empty_is_not_set) {
  check(environment({"INVITED_RATE=", "INVITED_TTL_MIN", "INVITED_CORS_ORIGIN="}), {});
}

BOOST_AUTO_TEST_CASE(unknown_variables_only_warn_and_show_no_value) {
  check(environment(
            {"INVITED_PORT=tcp://10.0.0.1:4321", "INVITED_RATES=hunter2", "INVITED_", "INVITED_rate=1"}),
        {}, {},
        {"unknown variable 'INVITED_PORT' is ignored",
         "unknown variable 'INVITED_RATES' is ignored (did you mean INVITED_RATE?)",
         "unknown variable 'INVITED_' is ignored",
         "unknown variable 'INVITED_rate' is ignored (did you mean INVITED_RATE?)"});
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(config_file)

BOOST_AUTO_TEST_CASE(lines_are_read) {
  check(file("# limits\n\n  rate = 5\nttl-min=1h # short\n\tcors-origin =\thttps://a b\t\r\ncors-origin = c"),
        {{"rate", "5", "/etc/invited.conf:3: rate"},
         {"ttl-min", "1h", "/etc/invited.conf:4: ttl-min"},
         {"cors-origin", "https://a b", "/etc/invited.conf:5: cors-origin"},
         {"cors-origin", "c", "/etc/invited.conf:6: cors-origin"}});
  check(file(""), {});
  check(file("\n\n#\n"), {});
  check(file("\xef\xbb\xbfrate = 5\n"), {{"rate", "5", "/etc/invited.conf:1: rate"}});
}

BOOST_AUTO_TEST_CASE(a_hash_inside_a_word_is_no_comment) {
  check(file("config-x = 1\nrate = a#b\nttl-min = #1h\n"),
        {{"rate", "a#b", "/etc/invited.conf:2: rate"}, {"ttl-min", "", "/etc/invited.conf:3: ttl-min"}},
        {"/etc/invited.conf:1: unknown option 'config-x' (did you mean config?)"});
}

BOOST_AUTO_TEST_CASE(values_keep_equals_signs_and_commas) {
  check(file("cors-origin = a,b=c\n"), {{"cors-origin", "a,b=c", "/etc/invited.conf:1: cors-origin"}});
}

BOOST_AUTO_TEST_CASE(every_bad_line_is_an_error_and_shows_no_value) {
  check(file("rate 5\n= 5\nrate = 1\n--rate = hunter2\nttl_min = 1\nnonsense = hunter2\nconfig = other\n"),
        {{"rate", "1", "/etc/invited.conf:3: rate"}},
        {"/etc/invited.conf:1: is not `name = value`", "/etc/invited.conf:2: is not `name = value`",
         "/etc/invited.conf:4: unknown option '--rate' (did you mean rate?)",
         "/etc/invited.conf:5: unknown option 'ttl_min' (did you mean ttl-min?)",
         "/etc/invited.conf:6: unknown option 'nonsense'",
         "/etc/invited.conf:7: a config file cannot name another one"});
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_an_error) {
  findings found;
  BOOST_TEST(read_config_file({"config", "/no", "INVITED_CONFIG"}, no_file, known, found).empty());
  BOOST_TEST(read_config_file({"config", "", "--config"}, no_file, known, found).empty());
  BOOST_TEST_REQUIRE(found.errors.size() == 2u);
  BOOST_TEST(found.errors[0] == "INVITED_CONFIG: cannot read '/no': No such file or directory");
  BOOST_TEST(found.errors[1] == "--config: needs a value");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(config_settings)

BOOST_AUTO_TEST_CASE(the_strongest_source_wins) {
  const file_reader read = [](const std::string& path) -> boost::system::result<std::string> {
    BOOST_TEST(path == "/c");
    return std::string{"rate = 3\nttl-min = 3\ncors-origin = f1\ncors-origin = f2\n"};
  };
  findings found;
  const texts args{"--rate", "1", "--config", "/c"};
  const texts env{"INVITED_RATE=2", "INVITED_TTL_MIN=2", "INVITED_CONFIG=/other"};
  const auto all = read_settings(args, env, known, known, read, found);
  BOOST_TEST(found.errors.empty());
  BOOST_TEST(all["rate"].front().value == "1");
  BOOST_TEST(all.source_of("rate") == "--rate");
  BOOST_TEST(all["ttl-min"].front().value == "2");
  BOOST_TEST(all.source_of("ttl-min") == "INVITED_TTL_MIN");
  BOOST_TEST_REQUIRE(all["cors-origin"].size() == 2u);
  BOOST_TEST(all["cors-origin"][1].value == "f2");
  BOOST_TEST(all.source_of("cors-origin") == "/c:3: cors-origin");
  BOOST_TEST(all["verbose"].empty());
  BOOST_TEST(all.source_of("verbose") == "the default");
}

BOOST_AUTO_TEST_CASE(lists_are_not_merged_across_sources) {
  findings found;
  const auto all =
      read_settings(texts{"--cors-origin=a"}, texts{"INVITED_CORS_ORIGIN=b,c"}, known, known, no_file, found);
  BOOST_TEST_REQUIRE(all["cors-origin"].size() == 1u);
  BOOST_TEST(all["cors-origin"][0].value == "a");
}

BOOST_AUTO_TEST_CASE(one_value_given_twice_is_an_error) {
  const file_reader read = [](const std::string&) -> boost::system::result<std::string> {
    return std::string{"rate = 1\nrate = 2\n"};
  };
  findings found;
  const auto all = read_settings(texts{"--ttl-min=1", "--ttl-min=2"}, texts{"INVITED_CONFIG=/c"}, known,
                                 known, read, found);
  BOOST_TEST_REQUIRE(found.errors.size() == 2u);
  BOOST_TEST(found.errors[0] == "--ttl-min: is given more than once, but takes only one value");
  BOOST_TEST(found.errors[1] == "/c:2: rate: is given more than once, but takes only one value");
  BOOST_TEST(all["rate"].size() == 1u);
}

BOOST_AUTO_TEST_CASE(errors_of_all_sources_are_found_at_once) {
  const file_reader read = [](const std::string&) -> boost::system::result<std::string> {
    return std::string{"x = 1\n"};
  };
  findings found;
  read_settings(texts{"--nope"}, texts{"INVITED_CONFIG=/c", "INVITED_NOPE=1"}, known, known, read, found);
  BOOST_TEST(found.errors.size() == 2u);
  BOOST_TEST(found.warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(without_a_config_option_no_file_is_read) {
  const file_reader never = [](const std::string&) -> boost::system::result<std::string> {
    BOOST_ERROR("read a file");
    return std::string{};
  };
  findings found;
  read_settings({}, {}, known, known, never, found);
  BOOST_TEST(found.errors.empty());
}

BOOST_AUTO_TEST_SUITE_END()

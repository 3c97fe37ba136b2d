#include "handlers/tokens/staff_token.hpp"
#include "server/commands/token_command.hpp"
#include "tests/server/commands/command_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace invited::server;
namespace handlers = invited::handlers;

namespace {

struct fixture : invited::test::command_fixture {
  const std::string key = std::string(40, 'k');
  std::string secret = folder.write("jwt", key + "\n");

  int token(std::vector<std::string> args) { return run(run_token, args); }

  std::vector<std::string> good(std::vector<std::string> more = {}) const {
    std::vector<std::string> args{
        "--subject", "dr-who", "--role", "clinician", "--provider", "clinic-7", "--jwt-secret-file", secret};
    args.insert(args.end(), more.begin(), more.end());
    return args;
  }

  /// Verifies the printed token as the server would `later` seconds from now.
  boost::system::result<handlers::principal> verified(std::int64_t later = 0,
                                                      handlers::staff_token_rules rules = {}) {
    auto text = out.str();
    BOOST_TEST_REQUIRE(text.ends_with('\n'));
    text.pop_back();
    const auto keys = std::make_shared<handlers::staff_keys>();
    BOOST_TEST_REQUIRE(keys->add_secret(key).has_value());
    handlers::staff_verifier verifier{keys, std::move(rules), [later] { return 1'700'000'000 + later; }};
    return verifier.verify(text);
  }

  void check_misuse(const std::vector<std::string>& args, std::string_view part) {
    BOOST_TEST_CONTEXT(part) {
      BOOST_TEST(token(args) == exit_misuse);
      BOOST_TEST(out.str().empty());
      BOOST_TEST(err_has(part));
    }
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(commands_token, fixture)

BOOST_AUTO_TEST_CASE(the_server_takes_the_token) {
  BOOST_TEST_REQUIRE(token(good()) == exit_good);
  BOOST_TEST(err.str().empty());
  const auto who = verified();
  BOOST_TEST_REQUIRE(who.has_value());
  BOOST_TEST(who->subject == "dr-who");
  BOOST_TEST((who->role == handlers::role::clinician));
  BOOST_TEST(who->providers == std::vector<std::string>{"clinic-7"}, boost::test_tools::per_element());
  BOOST_TEST(who->expires_at == 1'700'000'000 + 12 * 3600);
}

BOOST_AUTO_TEST_CASE(it_ends_when_the_option_says) {
  BOOST_TEST_REQUIRE(token(good({"--expires-in", "90s"})) == exit_good);
  BOOST_TEST(verified(89).has_value());
  BOOST_TEST(!verified(90).has_value());
}

BOOST_AUTO_TEST_CASE(several_providers) {
  BOOST_TEST_REQUIRE(token(good({"--provider", "clinic-8", "--provider=a.b_c:d-e"})) == exit_good);
  const std::vector<std::string> expected{"clinic-7", "clinic-8", "a.b_c:d-e"};
  BOOST_TEST(verified()->providers == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_role) {
  for (const std::string role : {"clinician", "physician", "portal"}) BOOST_TEST_CONTEXT(role) {
      BOOST_TEST_REQUIRE(token({"--subject", "s", "--role", role, "--provider", "p", "--jwt-secret-file",
                                secret}) == exit_good);
      BOOST_TEST(handlers::name_of(verified()->role) == role);
    }
  BOOST_TEST_REQUIRE(token({"--subject", "s", "--role", "admin", "--jwt-secret-file", secret}) == exit_good);
  BOOST_TEST((verified()->role == handlers::role::admin));
  BOOST_TEST(verified()->providers.empty());
}

BOOST_AUTO_TEST_CASE(issuer_and_audience) {
  BOOST_TEST_REQUIRE(token(good({"--jwt-issuer", "idp", "--jwt-audience", "invited"})) == exit_good);
  BOOST_TEST(verified(0, {"idp", "invited"}).has_value());
  BOOST_TEST(!verified(0, {"other", "invited"}).has_value());
  BOOST_TEST_REQUIRE(token(good()) == exit_good);
  BOOST_TEST(!verified(0, {"idp", ""}).has_value());
}

BOOST_AUTO_TEST_CASE(environment_and_file_name_the_secret_as_for_serve) {
  const std::vector<std::string> args{"--subject", "s", "--role", "portal", "--provider", "p"};
  variables = {"INVITED_JWT_SECRET_FILE=" + secret, "INVITED_JWT_ISSUER=idp", "INVITED_RATE=5"};
  BOOST_TEST_REQUIRE(token(args) == exit_good);
  BOOST_TEST(verified(0, {"idp", ""}).has_value());

  const auto conf =
      folder.write("conf", "rate = 5\njwt-secret-file = " + secret + "\njwt-audience = a\n", 0644);
  variables = {"INVITED_CONFIG=" + conf};
  BOOST_TEST_REQUIRE(token(args) == exit_good);
  BOOST_TEST(verified(0, {"", "a"}).has_value());
}

BOOST_AUTO_TEST_CASE(options_of_serve_alone_are_not_judged_here) {
  variables = {"INVITED_RATE=nonsense", "INVITED_PORT=tcp://x"};
  BOOST_TEST(token(good()) == exit_good);
  BOOST_TEST(err.str() == "invited: warning: unknown variable 'INVITED_PORT' is ignored\n");
  // On the command line it is refused.
  check_misuse(good({"--rate", "5"}), "unknown option '--rate'");
}

BOOST_AUTO_TEST_CASE(everything_missing_is_reported_at_once) {
  BOOST_TEST(token({}) == exit_misuse);
  for (const auto part : {"--subject is required", "--role is required", "--jwt-secret-file is required",
                          "See: invited token --help"})
    BOOST_TEST_CONTEXT(part) BOOST_TEST(err_has(part));
  BOOST_TEST(token({"--role", "portal"}) == exit_misuse);
  BOOST_TEST(err_has("--provider is required"));
}

BOOST_AUTO_TEST_CASE(what_the_server_would_refuse_is_refused_here) {
  check_misuse(good({"--expires-in", "0"}), "--expires-in: '0' is not between 1s and");
  check_misuse(good({"--expires-in", "soon"}), "--expires-in: 'soon' is not a duration");
  check_misuse(good({"--provider", "a b"}), "--provider: 'a b' is not a provider_id");
  check_misuse(good({"--provider", std::string(65, 'p')}), "is not a provider_id");
  check_misuse(good({"--role", "portal"}), "--role: is given more than once");
  const auto with_subject = [this](const std::string& subject) {
    return std::vector<std::string>{"--subject=" + subject, "--role", "portal", "--provider", "p",
                                    "--jwt-secret-file",    secret};
  };
  check_misuse(with_subject(""), "--subject: needs a value");
  check_misuse(with_subject("a\nb"), "--subject: ");
  check_misuse(with_subject("\xff"), "--subject: is not UTF-8");
  check_misuse(with_subject(std::string(256, 's')), "--subject: ");
  check_misuse({"--subject", "s", "--role", "nurse", "--provider", "p", "--jwt-secret-file", secret},
               "--role: 'nurse' is not one of clinician, physician, portal, admin");
  check_misuse({"--subject", "s", "--role", "admin", "--provider", "p", "--jwt-secret-file", secret},
               "--provider: an admin acts for all providers");
  std::vector<std::string> many;
  for (int i = 0; i < 100; ++i) many.push_back("--provider=p" + std::to_string(i));
  check_misuse(good(many), "--provider: more than 100");
}

BOOST_AUTO_TEST_CASE(a_secret_that_is_unsafe_signs_nothing) {
  folder.write("jwt", key, 0644);
  check_misuse(good(), "chmod 600 " + secret);
  folder.write("jwt", "short", 0600);
  check_misuse(good(), "holds 5 bytes");
  BOOST_TEST(!err_has("short;"));
  check_misuse(
      {"--subject", "s", "--role", "portal", "--provider", "p", "--jwt-secret-file", folder.path("none")},
      "--jwt-secret-file: cannot read");
}

BOOST_AUTO_TEST_CASE(help_names_every_option) {
  BOOST_TEST(token({"--role", "--help"}) == exit_good);
  for (const auto option : {"--subject", "--role", "--provider", "--expires-in", "--jwt-secret-file",
                            "--jwt-issuer", "--jwt-audience", "--config"})
    BOOST_TEST_CONTEXT(option) {
      BOOST_TEST(out.str().find(std::string{"  "} + option + " ") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_a_failure) {
  std::ostringstream broken;
  broken.setstate(std::ios::badbit);
  const auto args = good();
  const std::vector<std::string_view> views{args.begin(), args.end()};
  const command_context context{{}, broken, err, random, now, ""};
  BOOST_TEST(run_token(views, context) == exit_failed);
}

BOOST_AUTO_TEST_SUITE_END()

#include "server/commands/command_line.hpp"
#include "tests/server/commands/command_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>
#include <string>
#include <vector>

using namespace invited::server;

namespace {

struct fixture : invited::test::command_fixture {
  std::string keys = folder.write("keys", "seal x\nindex y\n");
  std::string secret = folder.write("jwt", std::string(40, 's'));
  std::optional<configuration> served;

  int invited(const std::vector<std::string>& args) {
    served.reset();
    const auto command = [this](arguments a, const command_context& context) {
      return run_command_line(a, context, [this](configuration loaded) {
        served = std::move(loaded);
        return 42;
      });
    };
    return run(command, args);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(commands_command_line, fixture)

BOOST_AUTO_TEST_CASE(serve_is_the_command_if_none_is_given) {
  variables = {"INVITED_KEY_FILE=" + keys, "INVITED_JWT_SECRET_FILE=" + secret, "INVITED_PORT=x"};
  for (const std::vector<std::string>& args : {std::vector<std::string>{}, {"serve"}}) {
    BOOST_TEST(invited(args) == 42);
    BOOST_TEST_REQUIRE(served.has_value());
    BOOST_TEST(served->values.rate == 50.0);
    BOOST_TEST(served->warnings.size() == 1u);
    BOOST_TEST(err.str().empty()); // the warning is for the log
  }
  for (const std::vector<std::string>& args :
       {std::vector<std::string>{"--rate", "7"}, {"serve", "--rate=7"}}) {
    BOOST_TEST(invited(args) == 42);
    BOOST_TEST_REQUIRE(served.has_value());
    BOOST_TEST(served->values.rate == 7.0);
  }
}

BOOST_AUTO_TEST_CASE(nothing_is_served_with_errors) {
  variables = {"INVITED_PORT=x"};
  BOOST_TEST(invited({"serve", "--rate", "0", "stray"}) == exit_misuse);
  BOOST_TEST(!served.has_value());
  BOOST_TEST(out.str().empty());
  for (const auto part : {"invited: --rate: '0' is not a number", "invited: unexpected argument 'stray'",
                          "--key-file is required", "--jwt-secret-file or --jwt-public-key is required",
                          "invited: warning: unknown variable 'INVITED_PORT'", "See: invited serve --help"})
    BOOST_TEST_CONTEXT(part) BOOST_TEST(err_has(part));
}

BOOST_AUTO_TEST_CASE(the_other_commands) {
  BOOST_TEST(invited({"--version"}) == exit_good);
  BOOST_TEST(out.str() == "invited 1.2.3\n");
  BOOST_TEST(invited({"keygen", "--seal"}) == exit_good);
  BOOST_TEST(out.str().starts_with("seal "));
  BOOST_TEST(invited({"token", "--subject", "s", "--role", "admin", "--jwt-secret-file", secret}) ==
             exit_good);
  BOOST_TEST(out.str().starts_with("eyJ"));
  BOOST_TEST(!served.has_value());
}

BOOST_AUTO_TEST_CASE(help_is_for_the_command_it_follows) {
  for (const std::vector<std::string>& args :
       {std::vector<std::string>{"--help"}, {"-h"}, {"serve", "--help"}, {"--rate", "x", "--help"}}) {
    BOOST_TEST(invited(args) == exit_good);
    BOOST_TEST(out.str().find("Usage: invited [serve]") != std::string::npos);
    BOOST_TEST(out.str().find("--trusted-proxy CIDR") != std::string::npos);
  }
  BOOST_TEST(invited({"token", "--help"}) == exit_good);
  BOOST_TEST(out.str().starts_with("Usage: invited token"));
  BOOST_TEST(invited({"keygen", "-h"}) == exit_good);
  BOOST_TEST(out.str().starts_with("Usage: invited keygen"));
}

BOOST_AUTO_TEST_CASE(unknown_commands_are_not_served) {
  for (const std::string name : {"server", "help", "", "Serve", "tokens"}) BOOST_TEST_CONTEXT(name) {
      BOOST_TEST(invited({name}) == exit_misuse);
      BOOST_TEST(!served.has_value());
      BOOST_TEST(err_has("unknown command '" + name + "'"));
    }
}

BOOST_AUTO_TEST_SUITE_END()

#include "server/commands/user_command.hpp"

#include "server/commands/password_input.hpp"
#include "tests/server/commands/command_fixture.hpp"
#include "tests/store/staff/staff_fixture.hpp"
#include "tests/support/test_server.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fcntl.h>
#include <termios.h>
#include <thread>
#include <unistd.h>

namespace invited::test {
namespace {

using namespace server;

struct fixture : command_fixture {
  std::string keys = folder.write("keys", test_key_file()),
              password = folder.write("password", "a phrase of some length\n");

  int user(std::vector<std::string> args) {
    const bool help = args.size() == 1 && args[0] == "--help";
    if (!help && !keys.empty()) args.push_back("--key-file=" + keys);
    return run(run_user, args);
  }
};

struct with_redis : fixture {
  redis_server redis;
  staff_side side{redis};

  with_redis() { variables = {"INVITED_REDIS=" + redis.url()}; }

  int add(const std::string& name, std::vector<std::string> more) {
    std::vector<std::string> args = {"add", name, "--password-file=" + password};
    args.insert(args.end(), more.begin(), more.end());
    return user(args);
  }
};

/// A terminal with both its ends.
struct terminal {
  int person = ::posix_openpt(O_RDWR | O_NOCTTY);
  int program = -1;

  terminal() {
    BOOST_REQUIRE(person >= 0);
    BOOST_REQUIRE(::grantpt(person) == 0);
    BOOST_REQUIRE(::unlockpt(person) == 0);
    program = ::open(::ptsname(person), O_RDWR | O_NOCTTY);
    BOOST_REQUIRE(program >= 0);
  }
  ~terminal() {
    ::close(program);
    ::close(person);
  }

  bool quiet() const {
    termios now{};
    return ::tcgetattr(program, &now) == 0 && (now.c_lflag & static_cast<tcflag_t>(ECHO)) == 0;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(commands_user, fixture)

BOOST_AUTO_TEST_CASE(help_shows_every_action) {
  BOOST_TEST(user({"--help"}) == exit_good);
  for (const auto part : {"Usage: invited user add USERNAME", "invited user list|reseal",
                          "disable|enable|sign-out|delete", "invited user change USERNAME", "--role ROLE",
                          "--password-file FILE", "--redis URL", "--key-file FILE"})
    BOOST_TEST_CONTEXT(part) BOOST_TEST(out.str().find(part) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(everything_that_is_wrong_is_reported_at_once) {
  const std::pair<std::vector<std::string>, std::vector<std::string>> cases[] = {
      {{}, {"the first argument of user must be add"}},
      {{"remove", "grey"}, {"the first argument of user must be add"}},
      {{"add"}, {"USERNAME is missing", "--role is required"}},
      {{"add", "grey", "yang"}, {"'yang' is one argument too many"}},
      {{"list", "grey"}, {"'grey' is one argument too many"}},
      {{"add", "a b", "--role=nurse", "--provider=a b", "--name=" + std::string(101, 'n')},
       {"USERNAME: A user name must have", "--role: 'nurse' is not one of", "'a b' is not a provider_id",
        "--name: A name must have at most 100"}},
      {{"add", "root", "--role=admin", "--provider=clinic-1"}, {"an admin acts for all providers"}},
      {{"add", "grey", "--role=clinician"}, {"--provider is required"}},
      {{"disable", "grey", "--role=admin"}, {"--role is for add and change only"}},
      {{"disable", "grey", "--password-file=x"}, {"--password-file is for add and passwd only"}},
      {{"passwd", "grey", "--password=secret"}, {"unknown option '--password'"}},
      {{"list", "--redis", "nowhere"}, {"--redis: "}},
  };
  for (const auto& [args, parts] : cases) {
    BOOST_TEST(user(args) == exit_misuse);
    for (const std::string& part : parts) BOOST_TEST(err_has(part), part << " in " << err.str());
    BOOST_TEST(err_has("See: invited user --help"));
    BOOST_TEST(out.str().empty());
  }
  keys.clear();
  BOOST_TEST(user({"list"}) == exit_misuse);
  BOOST_TEST(err_has("--key-file is required"));
}

BOOST_AUTO_TEST_CASE(a_refused_password_is_never_shown) {
  const std::string cases[] = {folder.write("short", "elevenchars\n"),
                               folder.write("row", "abcdefghijklmno\n"),
                               folder.write("name", "elevenchars elevenchars\n"),
                               folder.write("long", std::string(1025, 'x')),
                               folder.write("binary", std::string(20, '\xfe')),
                               folder.path("none")};
  for (const std::string& file : cases) {
    BOOST_TEST(user({"passwd", "elevenchars@x", "--password-file=" + file}) == exit_misuse);
    BOOST_TEST(err_has("--password-file"));
    BOOST_TEST(!err_has("elevenchars"));
    BOOST_TEST(!err_has("abcdefg"));
    BOOST_TEST(!err_has("xxxxxxxx"));
  }
}

BOOST_AUTO_TEST_CASE(a_password_comes_from_a_pipe) {
  int ends[2];
  BOOST_REQUIRE(::pipe(ends) == 0);
  const std::string_view sent = "a phrase of some length\r\nnot this";
  BOOST_REQUIRE(::write(ends[1], sent.data(), sent.size()) > 0);
  ::close(ends[1]);
  const auto read = read_new_password(ends[0], err);
  BOOST_REQUIRE(read.has_value());
  BOOST_TEST(*read == "a phrase of some length");
  BOOST_TEST(err.str().empty());
  ::close(ends[0]);
}

BOOST_AUTO_TEST_CASE(a_terminal_does_not_show_it_and_asks_twice) {
  for (const bool same : {true, false}) {
    const terminal t;
    std::ostringstream asked;
    std::thread person([&] { // checks stay on the test's own thread
      const bool ready = wait_until([&] { return t.quiet(); });
      const std::string_view typed = !ready ? "\n\n" : same ? "a phrase\na phrase\n" : "a phrase\nanother\n";
      static_cast<void>(!::write(t.person, typed.data(), typed.size()));
    });
    const auto read = read_new_password(t.program, asked);
    person.join();
    BOOST_TEST(read.has_value() == same);
    if (same) BOOST_TEST(*read == "a phrase");
    BOOST_TEST(asked.str() == "Password: Again: ");
    BOOST_TEST(!t.quiet()); // echo is on again
    std::array<char, 256> shown{};
    BOOST_REQUIRE(::fcntl(t.person, F_SETFL, O_NONBLOCK) == 0);
    const ssize_t n = ::read(t.person, shown.data(), shown.size());
    const std::string_view text(shown.data(), n > 0 ? static_cast<std::size_t>(n) : 0);
    BOOST_TEST(text.find("phrase") == text.npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(commands_user_store, with_redis)

BOOST_AUTO_TEST_CASE(an_account_from_its_beginning_to_its_end) {
  BOOST_TEST(add("Grey", {"--role=clinician", "--provider=clinic-1", "--provider=clinic-2",
                          "--name=Meredith Grey"}) == exit_good);
  BOOST_TEST(out.str().empty());
  const auto made = side.find("grey");
  BOOST_REQUIRE(made.has_value());
  BOOST_TEST(made->epoch == 1'700'000'000'000);
  BOOST_TEST(store::is_password("a phrase of some length", made->password));

  BOOST_TEST(add("GREY", {"--role=admin"}) == exit_failed);
  BOOST_TEST(err_has("there already is a user 'GREY'"));
  BOOST_TEST(add("root", {"--role=admin"}) == exit_good);
  BOOST_TEST(user({"disable", "root"}) == exit_good);
  BOOST_TEST(user({"list"}) == exit_good);
  BOOST_TEST(out.str() == "Grey\tclinician\tactive\tclinic-1,clinic-2\tMeredith Grey\n"
                          "root\tadmin\tdisabled\t\t\n");
  BOOST_TEST(user({"enable", "root"}) == exit_good);
  BOOST_TEST(!side.find("root")->disabled);

  const std::string another = folder.write("another", "another phrase altogether");
  std::int64_t epoch = made->epoch;
  BOOST_TEST(user({"passwd", "grey", "--password-file=" + another}) == exit_good);
  BOOST_TEST(store::is_password("another phrase altogether", side.find("grey")->password));
  BOOST_TEST(side.find("grey")->epoch > epoch);
  epoch = side.find("grey")->epoch;
  BOOST_TEST(user({"sign-out", "grey"}) == exit_good);
  BOOST_TEST(side.find("grey")->epoch > epoch);
  for (const std::string act : {"disable", "enable", "sign-out"}) {
    BOOST_TEST(user({act, "nobody"}) == exit_failed);
    BOOST_TEST(err_has("there is no user 'nobody'"));
  }
}

BOOST_AUTO_TEST_CASE(nobodys_own_name_is_a_password) {
  const std::string first = folder.write("first", "Okonkwo-2024-!!!"),
                    username = folder.write("user", "grey grey grey 1");
  BOOST_TEST(user({"add", "grey", "--role=clinician", "--provider=clinic-1", "--name=Ada Okonkwo",
                   "--password-file=" + first}) == exit_misuse);
  BOOST_TEST(err_has("--password-file: A password must not be the user's own name"));
  BOOST_TEST(add("grey", {"--role=clinician", "--provider=clinic-1", "--name=Ada Okonkwo"}) == exit_good);
  BOOST_TEST(user({"passwd", "grey", "--password-file=" + username}) == exit_misuse);
  BOOST_TEST(user({"passwd", "grey", "--password-file=" + first}) == exit_failed); // Redis has the name
  BOOST_TEST(err_has("A password must not be the user's own name"));
  BOOST_TEST(store::is_password("a phrase of some length", side.find("grey")->password));
}

BOOST_AUTO_TEST_CASE(an_account_gets_another_role_and_other_providers) {
  BOOST_TEST(add("grey", {"--role=clinician", "--provider=clinic-1", "--name=Meredith"}) == exit_good);
  const std::int64_t epoch = side.find("grey")->epoch;
  BOOST_TEST(user({"change", "GREY", "--role=physician"}) == exit_good);
  BOOST_TEST(user({"list"}) == exit_good);
  BOOST_TEST(out.str() == "grey\tphysician\tactive\tclinic-1\tMeredith\n");
  BOOST_TEST(side.find("grey")->epoch > epoch); // tokens carry the role
  BOOST_TEST(store::is_password("a phrase of some length", side.find("grey")->password));
  BOOST_TEST(user({"change", "grey", "--provider=clinic-2", "--provider=clinic-3", "--name=Dr Grey"}) ==
             exit_good);
  BOOST_TEST((side.find("grey")->providers == std::vector<std::string>{"clinic-2", "clinic-3"}));
  BOOST_TEST(side.find("grey")->name == "Dr Grey");
  BOOST_TEST(user({"change", "grey", "--role=admin"}) == exit_good);
  BOOST_TEST(side.find("grey")->providers.empty());
  BOOST_TEST(user({"change", "grey", "--provider=clinic-1"}) == exit_failed);
  BOOST_TEST(err_has("an admin acts for all providers"));
  BOOST_TEST(user({"change", "grey", "--role=portal"}) == exit_failed);
  BOOST_TEST(err_has("a portal needs a provider (--provider)"));
  BOOST_TEST(user({"change", "grey"}) == exit_misuse);
  BOOST_TEST(err_has("change needs at least one of --role, --provider and --name"));
  BOOST_TEST(user({"change", "grey", "--role=king"}) == exit_misuse);
  BOOST_TEST(user({"change", "nobody", "--role=admin"}) == exit_failed);
  BOOST_TEST(err_has("there is no user 'nobody'"));
  BOOST_TEST(user({"disable", "grey", "--role=admin"}) == exit_misuse);
}

BOOST_AUTO_TEST_CASE(a_deleted_account_is_gone_and_may_come_again) {
  BOOST_TEST(add("grey", {"--role=clinician", "--provider=clinic-1"}) == exit_good);
  const std::int64_t epoch = side.find("grey")->epoch;
  BOOST_TEST(user({"delete", "Grey"}) == exit_good);
  BOOST_TEST(!side.find("grey").has_value());
  BOOST_TEST(user({"delete", "grey"}) == exit_failed);
  BOOST_TEST(err_has("there is no user 'grey'"));
  now += std::chrono::milliseconds(1);
  BOOST_TEST(add("grey", {"--role=clinician", "--provider=clinic-1"}) == exit_good);
  BOOST_TEST(side.find("grey")->epoch > epoch); // so its earlier tokens stay dead
}

BOOST_AUTO_TEST_CASE(nobody_gets_providers_whose_token_no_request_could_carry) {
  std::vector<std::string> arguments{"--role=clinician"};
  for (int i = 0; i < 90; ++i) arguments.push_back("--provider=" + std::to_string(i) + std::string(60, 'p'));
  BOOST_TEST(add("grey", arguments) == exit_failed);
  BOOST_TEST(err_has("name fewer providers"));
  BOOST_TEST(!side.find("grey").has_value());
  arguments.resize(1 + 40);
  BOOST_TEST(add("grey", arguments) == exit_good);
}

BOOST_AUTO_TEST_CASE(the_audit_knows_all_of_it) {
  BOOST_TEST(add("grey", {"--role=clinician", "--provider=clinic-1"}) == exit_good);
  BOOST_TEST(user({"passwd", "grey", "--password-file=" + password}) == exit_good);
  for (const std::string act : {"disable", "enable", "sign-out"})
    BOOST_TEST(user({act, "grey"}) == exit_good);
  BOOST_TEST(user({"change", "grey", "--provider=clinic-2"}) ==
             exit_good); // noted where it no longer acts, too
  BOOST_TEST(user({"change", "grey", "--provider=clinic-1"}) == exit_good);
  BOOST_TEST(user({"reseal"}) == exit_good);
  BOOST_TEST(user({"delete", "grey"}) == exit_good);
  const store::audit_query query{.provider_id = "clinic-1"};
  const store::audit_page page = side.run(side.audit.read(query)).value();
  std::string actions;
  for (const store::audit_event& e : page.events) {
    actions += std::string(name_of(e.action)) + ' ';
    BOOST_TEST(e.actor->subject == "grey");
    BOOST_TEST(e.actor->address == "");
  }
  BOOST_TEST(actions ==
             "account_deleted account_resealed account_changed account_changed signed_out_everywhere "
             "account_enabled account_disabled password_changed account_added ");
}

BOOST_AUTO_TEST_CASE(resealed_they_open_without_the_old_key) {
  const std::string index(test_index_line), first(first_seal_line), second(second_seal_line);
  for (const std::string name : {"grey", "yang"})
    BOOST_TEST(add(name, {"--role=clinician", "--provider=clinic-1"}) == exit_good);
  keys = folder.write("both", second + first + index);
  BOOST_TEST(user({"reseal"}) == exit_good);
  keys = folder.write("new", second + index);
  BOOST_TEST(user({"list"}) == exit_good);
  BOOST_TEST(out.str() == "grey\tclinician\tactive\tclinic-1\t\nyang\tclinician\tactive\tclinic-1\t\n");
  keys = folder.write("old", first + index);
  BOOST_TEST(user({"list"}) == exit_failed);
  BOOST_TEST(err_has("2 accounts cannot be opened"));
  BOOST_TEST(user({"disable", "grey"}) == exit_failed);
}

BOOST_AUTO_TEST_CASE(without_redis_it_says_so) {
  variables = {"INVITED_REDIS=unix://" + folder.path("nobody"), "INVITED_STORE_TIMEOUT=100ms"};
  BOOST_TEST(user({"list"}) == exit_failed);
  BOOST_TEST(err_has("Redis cannot be used: "));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::test

#include "server/commands/user_command.hpp"

#include "server/commands/password_input.hpp"
#include "server/commands/staff_arguments.hpp"
#include "server/commands/store_access.hpp"
#include "server/commands/user_changes.hpp"
#include "server/config/configuration.hpp"
#include "server/config/files.hpp"
#include "server/config/help.hpp"
#include "server/config/secret_file.hpp"

#include "handlers/staff/password_rules.hpp"
#include "handlers/staff/sign_in_input.hpp"
#include "handlers/text/utf8.hpp"
#include "store/crypto/secret_text.hpp"

#include <algorithm>
#include <array>
#include <ostream>

#include <unistd.h>

namespace invited::server {

namespace {

constexpr std::string_view usage =
    R"(Usage: invited user add USERNAME --role ROLE --provider P [--name NAME] [--password-file FILE] [options]
       invited user passwd USERNAME [--password-file FILE] [options]
       invited user disable|enable|sign-out USERNAME [options]
       invited user list|reseal [options]

Manages staff accounts. They sign in on the pages (POST /sign-in) or for a token (POST /token). A user name is
1 to 254 visible ASCII characters; its case does not matter. A password has at least 15 characters and at most
1,024 bytes. It must not be a common password or the user's own name; repeating such a word, or digits and
punctuation around it, do not help. The password comes from a file, from the terminal, or from the first line
of standard input. passwd, disable and sign-out end every sign-in and token of the account at once. Run reseal
after a change of the sealing key, before you remove the old one. The options from redis on may also be
INVITED_* variables or in the config file, as for serve.

)";

constexpr std::array own_options{
    option_info{"role", "ROLE", "", "clinician, physician, portal or admin"},
    option_info{"provider", "ID", "",
                "a provider that the account may act for; at least one, but none for an admin", true},
    option_info{"name", "TEXT", "", "the name of this person, for display"},
    option_info{"password-file", "FILE", "", "a file with the password, mode 0600"},
};
constexpr std::array shared_options{"redis",      "redis-password-file", "key-file",
                                    "durability", "store-timeout",       "config"};

std::vector<option_info> user_options() {
  std::vector<option_info> all{own_options.begin(), own_options.end()};
  for (const auto* const name : shared_options) all.push_back(option_named(name));
  return all;
}

/// The act, and the account that it is for. The destructor wipes the password.
struct order {
  std::string act;
  store::account who;
  std::string password;

  order() = default;
  order(const order&) = delete;
  order& operator=(const order&) = delete;
  ~order() { store::wipe(password); }
};

bool is_act(std::string_view word) {
  constexpr std::array<std::string_view, 7> acts = {"add",      "passwd", "disable", "enable",
                                                    "sign-out", "list",   "reseal"};
  return std::ranges::find(acts, word) != acts.end();
}

void note_flaw(std::string_view about, const handlers::checked<>& read, findings& found) {
  if (!read) found.errors.push_back(std::string(about) + ": " + read.error().message);
}

/// Takes act and user name off the front of `args`: the words before the first option.
void read_words(arguments& args, order& what, findings& found) {
  std::vector<std::string_view> words;
  while (!args.empty() && !args.front().starts_with("--")) {
    words.push_back(args.front());
    args = args.subspan(1);
  }
  if (words.empty() || !is_act(words[0])) {
    found.errors.emplace_back(
        "the first argument of user must be add, passwd, disable, enable, sign-out, list or reseal");
    return;
  }
  what.act = words[0];
  const std::size_t wanted = what.act == "list" || what.act == "reseal" ? 1 : 2;
  if (words.size() < wanted) found.errors.emplace_back("USERNAME is missing");
  if (words.size() > wanted) found.errors.push_back(quoted(words[wanted]) + " is one argument too many");
  if (words.size() != wanted || wanted == 1) return;
  what.who.username = words[1];
  note_flaw("USERNAME", handlers::check_username(words[1]), found);
}

void read_person(const settings& given, order& what, findings& found) {
  const bool add = what.act == "add";
  if (!add) {
    for (const std::string_view name : {"role", "provider", "name"})
      if (!given[name].empty()) found.errors.push_back("--" + std::string(name) + " is for add only");
    return;
  }
  if (given["role"].empty()) {
    found.errors.emplace_back("--role is required: clinician, physician, portal or admin");
  } else if (auto role = parse_role(given["role"].front().value)) {
    what.who.role = std::move(*role);
  } else {
    found.errors.push_back("--role: " + role.error().text());
  }
  what.who.providers = read_staff_providers(given, found);
  check_staff_scope(what.who.role, given, found);
  if (given["name"].empty()) return;
  const std::string& text = given["name"].front().value;
  const handlers::checked<std::string_view> name = handlers::utf8_valid(text)
                                                       ? handlers::read_name(text)
                                                       : handlers::flaw{"invalid", "A name must be UTF-8."};
  if (!name) return note_flaw("--name", name.error(), found);
  what.who.name = *name;
}

/// Reads the password last, when everything else is right.
void read_password(const settings& given, order& what, std::ostream& err, findings& found) {
  const auto file = given["password-file"];
  auto password = file.empty() ? read_new_password(STDIN_FILENO, err) : read_secret_line(file.front().value);
  const std::string about = file.empty() ? "the password" : "--password-file";
  if (!password) {
    found.errors.push_back(about + ": " + password.error().text());
    return;
  }
  what.password = std::move(*password);
  const handlers::password_owner owner{what.who.username,
                                       what.who.name}; // passwd: its name is looked at later
  note_flaw(about, handlers::check_new_password(what.password, owner), found);
}

parsed<void> carry_out(const order& what, user_changes& users, std::ostream& out) {
  if (what.act == "add") return users.add(what.who, what.password);
  if (what.act == "passwd") return users.set_password(what.who.username, what.password);
  if (what.act == "disable") return users.disable(what.who.username);
  if (what.act == "enable") return users.enable(what.who.username);
  if (what.act == "sign-out") return users.sign_out(what.who.username);
  if (what.act == "reseal") return users.reseal();
  return users.list(out);
}

int run_order(const order& what, store_access& store, const command_context& context) {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(context.now).time_since_epoch().count();
  user_changes users(store, context.random, now);
  parsed<void> done = store.connect();
  if (done) done = carry_out(what, users, context.out);
  if (done && !(context.out << std::flush)) done = fault::because("could not write the list");
  if (done) return exit_good;
  context.err << "invited: " << done.error().text() << '\n';
  return exit_failed;
}

} // namespace

int run_user(arguments args, const command_context& context) {
  const auto flags = user_options();
  if (asks_for_help(args)) {
    context.out << usage << option_help(flags);
    return exit_good;
  }
  findings found;
  order what;
  read_words(args, what, found);
  const auto given = read_settings(args, context.environment, flags, serve_options(), read_file, found);
  const bool with_password = what.act == "add" || what.act == "passwd";
  if (!what.act.empty()) read_person(given, what, found);
  if (!with_password && !given["password-file"].empty())
    found.errors.emplace_back("--password-file is for add and passwd only");
  const auto opts = read_options(given, found);
  const auto material = load_store_secrets(opts, given, found);
  if (found.errors.empty() && with_password) read_password(given, what, context.err, found);

  for (const auto& warning : found.warnings) context.err << "invited: warning: " << warning << '\n';
  if (!found.errors.empty()) {
    print_errors(context.err, found.errors, "user");
    return exit_misuse;
  }
  store_access store(opts, material, context.random);
  return run_order(what, store, context);
}

} // namespace invited::server

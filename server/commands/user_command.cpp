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
#include <cstdint>
#include <ostream>

#include <unistd.h>

namespace invited::server {

namespace {

constexpr std::string_view usage =
    R"(Usage: invited user add USERNAME --role ROLE --provider P [--name NAME] [--password-file FILE] [options]
       invited user passwd USERNAME [--password-file FILE] [options]
       invited user change USERNAME [--role ROLE] [--provider P] [--name NAME] [options]
       invited user disable|enable|sign-out|delete USERNAME [options]
       invited user list|reseal [options]

Manages staff accounts. They sign in on the pages (POST /sign-in) or for a token (POST /token). A user name is
1 to 254 visible ASCII characters; its case does not matter. A password has at least 15 characters and at most
1,024 bytes. It must not be a common password or the user's own name; repeating such a word, or digits and
punctuation around it, do not help. The password comes from a file, from the terminal, or from the first line
of standard input. change leaves as it is what you do not name; --provider names all providers
that the account has from then on. passwd, change, disable, sign-out and delete end every sign-in and token of
the account at once. Each act is noted in the audit. Run reseal
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
constexpr auto shared_options = std::to_array<std::string_view>(
    {"redis", "redis-password-file", "key-file", "durability", "store-timeout", "config"});

struct user_act;

/// The act, and the account that it is for. The destructor wipes the password.
struct order {
  const user_act* act = nullptr; ///< null: the arguments name none
  store::account who;
  std::string password;

  order() = default;
  order(const order&) = delete;
  order& operator=(const order&) = delete;
  ~order() { store::wipe(password); }
};

/// Which of --role, --provider and --name an act takes: as much of a person as is named, or a whole one.
enum class person_options : std::uint8_t { none, some, whole };

/// What can be done, and which arguments it takes.
struct user_act {
  std::string_view name;
  bool username;
  person_options person;
  bool password;
  parsed<void> (*run)(const order&, user_changes&, std::ostream& out);
};

using users = user_changes;
constexpr user_act acts[] = {
    {"add", true, person_options::whole, true,
     [](const order& o, users& u, std::ostream&) { return u.add(o.who, o.password); }},
    {"passwd", true, person_options::none, true,
     [](const order& o, users& u, std::ostream&) { return u.set_password(o.who.username, o.password); }},
    {"change", true, person_options::some, false,
     [](const order& o, users& u, std::ostream&) {
       return u.change_person(o.who.username, {o.who.role, o.who.providers, o.who.name});
     }},
    {"delete", true, person_options::none, false,
     [](const order& o, users& u, std::ostream&) { return u.remove(o.who.username); }},
    {"disable", true, person_options::none, false,
     [](const order& o, users& u, std::ostream&) { return u.disable(o.who.username); }},
    {"enable", true, person_options::none, false,
     [](const order& o, users& u, std::ostream&) { return u.enable(o.who.username); }},
    {"sign-out", true, person_options::none, false,
     [](const order& o, users& u, std::ostream&) { return u.sign_out(o.who.username); }},
    {"list", false, person_options::none, false,
     [](const order&, users& u, std::ostream& out) { return u.list(out); }},
    {"reseal", false, person_options::none, false,
     [](const order&, users& u, std::ostream&) { return u.reseal(); }},
};

/// The names of all acts: "add, passwd, ... or reseal".
std::string all_acts() {
  std::string out;
  for (const auto& a : acts) {
    if (!out.empty()) out += &a == std::end(acts) - 1 ? " or " : ", ";
    out += a.name;
  }
  return out;
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
  const auto* const named =
      words.empty() ? std::end(acts) : std::ranges::find(acts, words[0], &user_act::name);
  if (named == std::end(acts)) {
    found.errors.push_back("the first argument of user must be " + all_acts());
    return;
  }
  what.act = named;
  const std::size_t wanted = named->username ? 2 : 1;
  if (words.size() < wanted) found.errors.emplace_back("USERNAME is missing");
  if (words.size() > wanted) found.errors.push_back(in_quotes(words[wanted]) + " is one argument too many");
  if (words.size() != wanted || wanted == 1) return;
  what.who.username = words[1];
  note_flaw("USERNAME", handlers::check_username(words[1]), found);
}

void read_person(const settings& given, order& what, findings& found) {
  if (what.act->person == person_options::none) {
    for (const std::string_view name : {"role", "provider", "name"})
      if (!given[name].empty())
        found.errors.push_back("--" + std::string(name) + " is for add and change only");
    return;
  }
  const bool whole = what.act->person == person_options::whole;
  if (!whole && given["role"].empty() && given["provider"].empty() && given["name"].empty())
    found.errors.emplace_back("change needs at least one of --role, --provider and --name");
  if (given["role"].empty()) {
    if (whole) found.errors.emplace_back("--role is required: clinician, physician, portal or admin");
  } else if (auto role = parse_role(given["role"].front().value)) {
    what.who.role = std::move(*role);
  } else {
    found.errors.push_back("--role: " + role.error().text());
  }
  what.who.providers = read_staff_providers(given, found);
  if (whole) check_staff_scope(what.who.role, given, found);
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

int run_order(const order& what, store_access& store, const command_context& context) {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(context.now).time_since_epoch().count();
  user_changes changes(store, context.random, now);
  parsed<void> done = store.connect();
  if (done) done = what.act->run(what, changes, context.out);
  if (done && !(context.out << std::flush)) done = fault::because("could not write the list");
  if (done) return exit_good;
  context.err << "invited: " << done.error().text() << '\n';
  return exit_failed;
}

} // namespace

int run_user(arguments args, const command_context& context) {
  const auto flags = command_options(own_options, shared_options);
  if (asks_for_help(args)) {
    context.out << usage << option_help(flags);
    return exit_good;
  }
  findings found;
  order what;
  read_words(args, what, found);
  const auto given = read_settings(args, context.environment, flags, serve_options(), read_file, found);
  const bool with_password = what.act != nullptr && what.act->password;
  if (what.act != nullptr) read_person(given, what, found);
  if (!with_password && !given["password-file"].empty())
    found.errors.emplace_back("--password-file is for add and passwd only");
  const auto opts = read_options(given, found);
  const auto material = load_store_secrets(opts, given, found);
  if (found.errors.empty() && with_password) read_password(given, what, context.err, found);

  if (!report(context.err, found, "user")) return exit_misuse;
  store_access store(opts, material, context.random);
  return run_order(what, store, context);
}

} // namespace invited::server

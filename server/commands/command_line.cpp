#include "server/commands/command_line.hpp"
#include "server/commands/audit_command.hpp"
#include "server/commands/keygen_command.hpp"
#include "server/commands/revoke_command.hpp"
#include "server/commands/token_command.hpp"
#include "server/commands/user_command.hpp"
#include "server/config/parsed.hpp"

#include <ostream>

namespace invited::server {

namespace {

int print_version(const command_context& context) {
  context.out << "invited " << context.version << '\n';
  return exit_good;
}

} // namespace

int run_command_line(arguments args, const command_context& context, const serve_function& serve) {
  if (args.empty() || (args.front().starts_with('-') && args.front() != "--version"))
    return run_serve(args, context, serve);
  const auto command = args.front();
  const auto rest = args.subspan(1);
  if (command == "serve") return run_serve(rest, context, serve);
  if (command == "token") return run_token(rest, context);
  if (command == "keygen") return run_keygen(rest, context);
  if (command == "audit") return run_audit(rest, context);
  if (command == "revoke") return run_revoke(rest, context);
  if (command == "user") return run_user(rest, context);
  if (command == "--version") return print_version(context);
  context.err << "invited: unknown command " << in_quotes(command)
              << " (serve, token, user, keygen, audit, revoke, --version)\nSee: invited --help\n";
  return exit_misuse;
}

} // namespace invited::server

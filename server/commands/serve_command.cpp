#include "server/commands/serve_command.hpp"
#include "server/config/files.hpp"
#include "server/config/help.hpp"

#include <ostream>

namespace invited::server {

namespace {

constexpr std::string_view introduction =
    R"(invited: one link that opens a risk-assessment chat exactly once

Usage: invited [serve] [options]   serve HTTP (this page)
       invited token [options]     make a staff token; see invited token --help
       invited user add ...        staff accounts; see invited user --help
       invited keygen [--seal]     make master keys; see invited keygen --help
       invited revoke [options]    end invites that a restored Redis revived; see invited revoke --help
       invited audit verify FILE   check an audit file; see invited audit --help
       invited --version

Every option is a flag (--ttl 7d or --ttl=7d), a variable (INVITED_TTL=7d; lists split at commas) and
a line of the config file (ttl = 7d; a list is several lines). A flag wins over a variable, and a
variable wins over the file. Durations are 60s 15m 1h 14d; a plain number means seconds. Sizes are 64KiB
256MiB 1GiB; a plain number means bytes.

)";

} // namespace

int run_serve(arguments args, const command_context& context, const serve_function& serve) {
  if (asks_for_help(args)) {
    context.out << introduction << option_help(serve_options());
    return exit_good;
  }
  findings found;
  auto loaded = load_configuration(args, context.environment, read_file, found);
  if (!loaded) {
    report(context.err, found, "serve");
    return exit_misuse;
  }
  return serve(std::move(*loaded));
}

} // namespace invited::server

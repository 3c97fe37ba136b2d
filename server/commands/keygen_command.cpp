#include "server/commands/keygen_command.hpp"

#include "store/crypto/bytes.hpp"
#include "store/crypto/key_ring.hpp"

#include <ostream>

namespace invited::server {

namespace {

constexpr std::string_view usage = R"(Usage: invited keygen > FILE; chmod 600 FILE
       invited keygen --seal

Makes a file of master keys for --key-file: a sealing key, and the index key, which must never change.
Back the file up: without it no invite in Redis can be opened.

  --seal    print one line with a new sealing key. To change keys, add it as the last line of the key file
            of every server, and reload them all (SIGHUP). Then move it to the top everywhere. Remove the
            old key after ttl-max + retention.
)";

constexpr std::string_view comment = "# Master keys of invited: keep this file at mode 0600, and back it up; "
                                     "without it no invite can be opened.\n";

/// Prints and wipes: the key must not stay in freed memory.
void print_key(std::ostream& out, std::string line) {
  out << line;
  store::wipe({reinterpret_cast<std::uint8_t*>(line.data()), line.size()});
}

} // namespace

int run_keygen(arguments args, const command_context& context) {
  if (asks_for_help(args)) {
    context.out << usage;
    return exit_good;
  }
  const bool seal_only = args.size() == 1 && args.front() == "--seal";
  if (!args.empty() && !seal_only) {
    report(context.err, {.errors = {"keygen takes only --seal"}, .warnings = {}}, "keygen");
    return exit_misuse;
  }
  if (!seal_only) context.out << comment;
  print_key(context.out, store::new_seal_line(context.random));
  if (!seal_only) print_key(context.out, store::new_index_line(context.random));
  context.out.flush();
  if (context.out.good()) return exit_good;
  // Half a key file must not pass for a whole one.
  context.err << "invited: could not write the keys\n";
  return exit_failed;
}

} // namespace invited::server

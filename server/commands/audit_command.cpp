#include "server/commands/audit_command.hpp"
#include "server/audit/audit_verifier.hpp"
#include "server/config/files.hpp"
#include "server/config/help.hpp"
#include "server/config/secret_file.hpp"
#include "server/config/sources.hpp"

#include "store/crypto/bytes.hpp"
#include "store/crypto/hex.hpp"
#include "store/crypto/key_ring.hpp"

#include <array>
#include <fstream>
#include <memory>
#include <ostream>

namespace invited::server {

namespace {

constexpr std::string_view usage =
    R"(Usage: invited audit verify FILE... [options]

Proves that no line of an audit file was changed, removed, moved or inserted. Name files that rotation moved
away before the file that continues them, the oldest first. The exit status is 0, or 1 with the first bad line.

With the key file it also proves that nobody without the index key made the lines anew. To prove that the end
was not cut off, give --expect a head that the server has logged (the event `audit_head`). All options below
except `expect` may also be INVITED_* variables or in the config file, as for serve.

)";

constexpr option_info expect_option{"expect", "HASH", "", "a line must have this hash (64 hex digits)"};
constexpr auto shared_options = std::to_array<std::string_view>({"key-file", "config"});

/// Splits files from flags; every flag takes a value.
struct split_arguments {
  std::vector<std::string_view> files;
  std::vector<std::string_view> flags;

  explicit split_arguments(arguments args) {
    for (std::size_t i = 0; i < args.size(); ++i) {
      if (!args[i].starts_with("--")) {
        files.push_back(args[i]);
        continue;
      }
      flags.push_back(args[i]);
      if (args[i].find('=') == std::string_view::npos && i + 1 < args.size()) flags.push_back(args[++i]);
    }
  }
};

std::optional<store::bytes32> read_expected(const settings& given, findings& found) {
  if (given["expect"].empty()) return {};
  store::bytes32 hash;
  if (store::from_hex(given["expect"].front().value, hash)) return hash;
  found.errors.push_back("--expect: is not a hash of 64 hex digits");
  return {};
}

std::optional<store::hmac_sha256> read_key(const settings& given, findings& found) {
  if (given["key-file"].empty()) return {};
  const std::string& path = given["key-file"].front().value;
  auto text = read_secret_file(path);
  if (!text) {
    found.errors.push_back(given.source_of("key-file") + ": " + text.error().text());
    return {};
  }
  std::vector<std::string> problems;
  const auto keys = store::key_ring::parse(*text, problems);
  store::wipe({reinterpret_cast<std::uint8_t*>(text->data()), text->size()});
  for (const std::string& problem : problems) found.errors.push_back(path + ": " + problem);
  if (!keys) return {};
  return audit_file_key(*keys);
}

bool verify_file(audit_verifier& verifier, const std::string& path, std::ostream& err) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    err << "invited: cannot read " << path << '\n';
    return false;
  }
  const auto read = verifier.read(file);
  if (read) return true;
  const audit_verifier::flaw found = read.error();
  err << path << ':' << found.line << ": this line " << found.what << '\n';
  return false;
}

void print_result(std::ostream& out, const audit_verifier& verifier, bool keyed) {
  out << verifier.lines() << " lines, from " << verifier.first_at() << " to " << verifier.last_at()
      << "\nhead " << verifier.head().seq << ' ' << store::to_hex(verifier.head().hash) << '\n';
  if (verifier.begins_in_the_middle())
    out << "The first file continues an older one, which was not checked.\n";
  out << (keyed ? "Every line was made with the index key of the key file.\n"
                : "Checked without the key file: somebody could have made all lines anew.\n");
}

} // namespace

int run_audit(arguments args, const command_context& context) {
  const auto flags = command_options({&expect_option, 1}, shared_options);
  if (asks_for_help(args)) {
    context.out << usage << option_help(flags);
    return exit_good;
  }
  findings found;
  const bool verify = !args.empty() && args.front() == "verify";
  if (!verify) found.errors.emplace_back("the first argument of audit must be `verify`");
  const split_arguments split(args.subspan(verify ? 1 : args.size()));
  if (verify && split.files.empty()) found.errors.emplace_back("FILE is missing");
  const auto given =
      read_settings(split.flags, context.environment, flags, serve_options(), read_file, found);
  const auto expected = read_expected(given, found);
  const auto key = read_key(given, found);
  if (!report(context.err, found, "audit")) return exit_misuse;
  audit_verifier verifier(key, expected);
  for (const std::string_view file : split.files)
    if (!verify_file(verifier, std::string(file), context.err)) return exit_failed;
  if (!verifier.found_expected()) {
    context.err << "invited: no line has the expected hash: the end of the file was cut off\n";
    return exit_failed;
  }
  print_result(context.out, verifier, key.has_value());
  return exit_good;
}

} // namespace invited::server

#include "server/commands/revoke_command.hpp"

#include "server/commands/store_access.hpp"
#include "server/config/configuration.hpp"
#include "server/config/files.hpp"
#include "server/config/help.hpp"
#include "server/config/parsed.hpp"

#include "handlers/time/time_text.hpp"
#include "handlers/values/values.hpp"
#include "store/invites/pending_revoker.hpp"

#include <array>
#include <ostream>

namespace invited::server {

namespace {

using store::pending_revoker;

constexpr std::string_view usage =
    R"(Usage: invited revoke --pending --created-before TIME [--provider P]... [--dry-run] [options]

Ends every pending invite that was made before exactly TIME, and counts it as revoked. Use it when Redis was
restored from a copy or a replica was promoted, because used links may be pending there. store/RUNBOOK.md says
when and how to use it. It may be stopped and run again, and servers may serve meanwhile. The options from redis
on may also be INVITED_* variables or in the config file, as for serve.

)";

constexpr std::array own_options{
    option_info{"pending", "", "", "required: ends pending invites"},
    option_info{"created-before", "TIME", "",
                "as in 2026-01-31T09:05:00Z (RFC 3339), or a date, which means its midnight in UTC"},
    option_info{"provider", "ID", "", "only invites of this provider; without it, of all", true},
    option_info{"dry-run", "", "", "count only, change nothing"},
};
constexpr auto shared_options = std::to_array<std::string_view>(
    {"redis", "redis-password-file", "key-file", "durability", "store-timeout", "config"});

pending_revoker::order read_order(const settings& given, findings& found) {
  pending_revoker::order what{.created_before = 0};
  if (given["pending"].empty())
    found.errors.emplace_back("--pending is required: only pending invites can be revoked");
  if (const auto time = given["created-before"]; time.empty()) {
    found.errors.emplace_back("--created-before is required");
  } else if (const auto at = handlers::read_time(time.front().value)) {
    what.created_before = *at;
  } else {
    found.errors.push_back(time.front().source + ": " + in_quotes(time.front().value) +
                           " is not a time (2026-01-31T09:05:00Z) or a day (2026-01-31)");
  }
  for (const auto& provider : given["provider"]) {
    if (!handlers::check_provider_id(provider.value))
      found.errors.push_back(provider.source + ": " + in_quotes(provider.value) + " is not a provider_id");
    what.providers.insert(provider.value);
  }
  what.dry_run = !given["dry-run"].empty();
  return what;
}

/// Prints the progress, at most once a second.
class progress_teller {
public:
  explicit progress_teller(std::ostream& err) : err_{err} {}

  void operator()(const pending_revoker::progress& p) {
    const auto now = std::chrono::steady_clock::now();
    if (now - last_ < std::chrono::seconds{1}) return;
    last_ = now;
    err_ << "invited: " << p.groups << " of 256 groups done, " << p.ended << " invites ended" << std::endl;
  }

private:
  std::ostream& err_;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

void print_summary(std::ostream& out, const pending_revoker::progress& p,
                   const pending_revoker::order& what) {
  std::string before;
  handlers::append_time(before, what.created_before);
  out << (what.dry_run ? "to end: " : "ended: ") << p.ended << " pending invites made before " << before
      << '\n'
      << "left alone: " << p.newer << " made later, " << p.over << " that are over already\n"
      << std::flush;
}

int fail(std::ostream& err, std::string_view why) {
  err << "invited: " << why << '\n';
  return exit_failed;
}

int revoke(store_access& store, const pending_revoker::order& what, const command_context& context) {
  if (const auto connected = store.connect(); !connected) return fail(context.err, connected.error().text());
  pending_revoker work(store.redis(), store.invites(), what);
  const auto now = store.run(work.time());
  if (!now) return fail(context.err, now.error().message());
  if (what.created_before > *now) {
    context.err << "invited: --created-before is in the future by Redis's clock: this would end invites that "
                   "are made meanwhile\n";
    return exit_misuse;
  }
  const store::result<void> outcome = store.run(work.run(progress_teller(context.err)));
  if (outcome) {
    print_summary(context.out, work.done(), what);
    return context.out.good() ? exit_good : fail(context.err, "could not write the summary");
  }
  context.err << "invited: stopped after " << work.done().ended << " invites: " << outcome.error().message()
              << ". Run it again; it continues with the rest\n";
  return exit_failed;
}

} // namespace

int run_revoke(arguments args, const command_context& context) {
  const auto flags = command_options(own_options, shared_options);
  if (asks_for_help(args)) {
    context.out << usage << option_help(flags);
    return exit_good;
  }
  findings found;
  const auto given = read_settings(args, context.environment, flags, serve_options(), read_file, found);
  const auto what = read_order(given, found);
  const auto opts = read_options(given, found);
  const auto material = load_store_secrets(opts, given, found);
  if (!report(context.err, found, "revoke")) return exit_misuse;
  store_access store(opts, material, context.random);
  return revoke(store, what, context);
}

} // namespace invited::server

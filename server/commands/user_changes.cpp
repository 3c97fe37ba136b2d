#include "server/commands/user_changes.hpp"

#include "server/config/parsed.hpp"

#include "handlers/staff/account_token.hpp"
#include "handlers/staff/password_rules.hpp"

#include <algorithm>
#include <iterator>

namespace invited::server {

namespace {

using store::account;
using store::audit_action;

void print(std::ostream& out, const account& a) {
  out << a.username << '\t' << a.role << '\t' << (a.disabled ? "disabled" : "active") << '\t';
  for (const std::string& provider : a.providers)
    out << (&provider == &a.providers.front() ? "" : ",") << provider;
  out << '\t' << a.name << '\n';
}

fault no_user(std::string_view username) {
  return fault::because("there is no user " + in_quotes(username));
}

/// The account as it would be; what does not fit together is an error.
parsed<account> changed_person(account who, const user_changes::person_change& wanted) {
  if (!wanted.role.empty()) who.role = wanted.role;
  if (!wanted.providers.empty()) who.providers = wanted.providers;
  if (!wanted.name.empty()) who.name = wanted.name;
  const bool is_admin = who.role == "admin";
  if (is_admin && !wanted.providers.empty())
    return fault::because("an admin acts for all providers, so do not name any");
  if (is_admin) who.providers.clear();
  if (!is_admin && who.providers.empty())
    return fault::because("a " + who.role + " needs a provider (--provider)");
  if (const std::size_t size = handlers::account_token_size(who); size > handlers::longest_account_token)
    return fault::because("the token of this account would have " + std::to_string(size) + " bytes, and " +
                          std::to_string(handlers::longest_account_token) +
                          " fit into a request; name fewer providers");
  return who;
}

/// Both accounts' providers, with what else `now` says.
account with_providers_of(const account& before, account now) {
  for (const std::string& provider : before.providers)
    if (std::ranges::find(now.providers, provider) == now.providers.end()) now.providers.push_back(provider);
  return now;
}

} // namespace

user_changes::user_changes(store_access& store, store::entropy& random, std::int64_t now)
    : store_(store),
      random_(random),
      now_(now),
      accounts_(store.redis(), store.seals()),
      audit_(store.redis(), store.lane(), store.seals()) {}

parsed<void> user_changes::add(account who, std::string_view password) {
  if (auto fits = changed_person(who, {}); !fits) return fits.error();
  who.password = store::hash_password(password, random_);
  store::end_sign_ins(who, now_);
  const store::result<store::account_write> added = store_.run(accounts_.write(who, {}));
  if (!added) return fault::because(added.error().message());
  if (*added != store::account_write::done)
    return fault::because("there already is a user " + in_quotes(who.username));
  return note(who, audit_action::account_added);
}

parsed<account> user_changes::find(std::string_view username) {
  store::result<std::optional<store::stored_account>> found = store_.run(accounts_.find(username));
  if (!found) return fault::because(found.error().message());
  if (!*found) return no_user(username);
  return std::move((*found)->is);
}

parsed<void> user_changes::change_person(std::string_view username, const person_change& wanted) {
  const parsed<account> before = find(username);
  if (!before) return before.error();
  if (auto fits = changed_person(*before, wanted); !fits) return fits.error();
  const store::result<std::optional<account>> now =
      store_.run(accounts_.change(username, [this, &wanted](account& a) {
        if (auto fits = changed_person(a, wanted)) a = *std::move(fits); // otherwise somebody else was faster
        store::end_sign_ins(a, now_);
      }));
  if (!now) return fault::because(now.error().message());
  if (!*now) return no_user(username);
  return note(with_providers_of(*before, **now), audit_action::account_changed);
}

parsed<void> user_changes::remove(std::string_view username) {
  const store::result<std::optional<account>> was = store_.run(accounts_.remove(username));
  if (!was) return fault::because(was.error().message());
  if (!*was) return no_user(username);
  return note(**was, audit_action::account_deleted);
}

parsed<void> user_changes::set_password(std::string_view username, std::string_view password) {
  const parsed<account> found = find(username);
  if (!found) return found.error();
  const handlers::password_owner owner{found->username, found->name};
  if (const auto taken = handlers::check_new_password(password, owner); !taken)
    return fault::because(taken.error().message);
  const store::password_hash hash = store::hash_password(password, random_);
  return change(username, audit_action::password_changed, [this, &hash](account& a) {
    a.password = hash;
    store::end_sign_ins(a, now_);
  });
}

parsed<void> user_changes::disable(std::string_view username) {
  return change(username, audit_action::account_disabled, [this](account& a) {
    a.disabled = true;
    store::end_sign_ins(a, now_);
  });
}

parsed<void> user_changes::enable(std::string_view username) {
  return change(username, audit_action::account_enabled, [](account& a) { a.disabled = false; });
}

parsed<void> user_changes::sign_out(std::string_view username) {
  return change(username, audit_action::signed_out_everywhere,
                [this](account& a) { store::end_sign_ins(a, now_); });
}

parsed<void> user_changes::change(std::string_view username, audit_action what,
                                  std::function<void(account&)> act) {
  const store::result<std::optional<account>> changed =
      store_.run(accounts_.change(username, std::move(act)));
  if (!changed) return fault::because(changed.error().message());
  if (!*changed) return no_user(username);
  return note(**changed, what);
}

parsed<void> user_changes::note(const account& who, audit_action what) {
  const store::result<void> noted = store_.run(store::note_account(audit_, who, what, {}, {}));
  if (noted) return {};
  return fault::because("it is done, but it could not be noted in the audit: " + noted.error().message());
}

/// Reads all accounts, sorted. If some cannot be opened, it says so after it has read all the others.
parsed<void> user_changes::read_all(std::vector<account>& all) {
  std::size_t unopened = 0;
  std::string cursor;
  do {
    store::result<store::account_page> page = store_.run(accounts_.list(cursor));
    if (!page) return fault::because(page.error().message());
    std::ranges::move(page->accounts, std::back_inserter(all));
    unopened += page->unopened;
    cursor = page->next;
  } while (!cursor.empty());
  std::ranges::sort(all, {}, &account::username);
  // SCAN may name a key twice.
  const auto same = [](const account& a, const account& b) { return a.username == b.username; };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  if (unopened == 0) return {};
  return fault::because(std::to_string(unopened) +
                        " accounts cannot be opened with the keys in the key file");
}

parsed<void> user_changes::list(std::ostream& out) {
  std::vector<account> all;
  parsed<void> read = read_all(all);
  for (const account& a : all) print(out, a);
  return read;
}

parsed<void> user_changes::reseal() {
  std::vector<account> all;
  parsed<void> read = read_all(all);
  for (const account& a : all) {
    const store::result<std::optional<account>> written =
        store_.run(accounts_.change(a.username, [](account&) {}));
    if (!written) return fault::because(written.error().message());
    if (!*written) continue; // deleted meanwhile
    if (parsed<void> noted = note(**written, audit_action::account_resealed); !noted) return noted;
  }
  return read;
}

} // namespace invited::server

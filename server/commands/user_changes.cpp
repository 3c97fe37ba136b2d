#include "server/commands/user_changes.hpp"

#include "server/config/parsed.hpp"

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

} // namespace

user_changes::user_changes(store_access& store, store::entropy& random, std::int64_t now)
    : store_(store),
      random_(random),
      now_(now),
      accounts_(store.redis(), store.seals()),
      audit_(store.redis(), store.lane(), store.seals()) {}

parsed<void> user_changes::add(account who, std::string_view password) {
  who.password = store::hash_password(password, random_);
  store::end_sign_ins(who, now_);
  const store::result<store::account_write> added = store_.run(accounts_.write(who, {}));
  if (!added) return fault::because(added.error().message());
  if (*added != store::account_write::done)
    return fault::because("there already is a user " + quoted(who.username));
  return note(who, audit_action::account_added);
}

parsed<void> user_changes::set_password(std::string_view username, std::string_view password) {
  const store::result<std::optional<store::stored_account>> found = store_.run(accounts_.find(username));
  if (!found) return fault::because(found.error().message());
  if (*found) {
    const handlers::password_owner owner{(*found)->is.username, (*found)->is.name};
    if (const auto taken = handlers::check_new_password(password, owner); !taken)
      return fault::because(taken.error().message);
  }
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
  if (!*changed) return fault::because("there is no user " + quoted(username));
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
  }
  return read;
}

} // namespace invited::server

#include "store/staff/accounts.hpp"

#include "store/async/all_of.hpp"
#include "store/base/ascii.hpp"
#include "store/crypto/hex.hpp"
#include "store/keys/keys.hpp"
#include "store/resp/reply_reader.hpp"
#include "store/scripts.hpp"

#include <algorithm>
#include <array>

namespace invited::store {
namespace {

constexpr std::string_view key_prefix = "usr:";

} // namespace

handle accounts::name_of(std::string_view username) {
  return first_half(seals_.blind("account", {ascii_lower(username)}));
}

result<account> accounts::open(const handle& name, std::string_view value) {
  key_id under;
  if (value.size() < under.size()) return errc::corrupt;
  std::ranges::copy(as_bytes(value).first(under.size()), under.begin());
  const result<std::string> plain =
      seals_.open(seal_kind::account, under, name, {}, value.substr(under.size()));
  if (!plain) return plain.error();
  std::optional<account> is = decode_account(*plain);
  if (!is) return errc::corrupt;
  return std::move(*is);
}

task<result<std::optional<stored_account>>> accounts::find(std::string_view username) {
  return read(name_of(username));
}

task<result<std::optional<stored_account>>> accounts::read(handle name) {
  const key_name key = staff_key("usr", name);
  const std::array<std::string_view, 2> get = {"GET", key};
  const result<redis::reply> reply = co_await redis_.execute(get);
  if (!reply) co_return reply.error();
  if (reply->is_nil()) co_return std::nullopt;
  result<account> is = open(name, reply->text());
  if (!is) co_return is.error();
  co_return stored_account{std::move(*is), std::string(reply->text())};
}

task<result<account_write>> accounts::write(const account& a, std::string_view expected) {
  const handle name = name_of(a.username);
  std::string value(as_text(seals_.current()));
  seals_.seal(seal_kind::account, name, {}, encode(a), value);
  const result<account_write> written = co_await replace(name, std::move(value), std::string(expected));
  co_return written;
}

/// Puts `value` (empty: nothing) in the place of `expected`.
task<result<account_write>> accounts::replace(handle name, std::string value, std::string expected) {
  const key_name key = staff_key("usr", name);
  const std::array<std::string_view, 1> keys = {key};
  const std::array<std::string_view, 2> args = {value, expected};
  const result<redis::reply> reply = co_await redis_.run(scripts::account, keys, args);
  if (!reply) co_return reply.error();
  const std::string_view what = redis::reply_reader(*reply).word();
  if (what == "set") co_return account_write::done;
  if (what == "other") co_return account_write::not_as_expected;
  co_return errc::unexpected;
}

task<result<std::optional<account>>> accounts::change(std::string_view username,
                                                      std::function<void(account&)> act) {
  while (true) { // a try fails only if another caller's has succeeded
    result<std::optional<stored_account>> found = co_await find(username);
    if (!found) co_return found.error();
    if (!*found) co_return std::nullopt;
    stored_account& stored = **found;
    act(stored.is);
    const result<account_write> written = co_await write(stored.is, stored.value);
    if (!written) co_return written.error();
    if (*written == account_write::done) co_return std::move(stored.is);
  }
}

task<result<std::optional<account>>> accounts::remove(std::string_view username) {
  const handle name = name_of(username);
  while (true) { // as in change()
    result<std::optional<stored_account>> found = co_await read(name);
    if (!found) co_return found.error();
    if (!*found) co_return std::nullopt;
    stored_account& stored = **found;
    const std::string nothing;
    const result<account_write> written = co_await replace(name, nothing, stored.value);
    if (!written) co_return written.error();
    if (*written == account_write::done) co_return std::move(stored.is);
  }
}

task<result<void>> accounts::renew_password(std::string_view username, const password_hash& outdated,
                                            const password_hash& renewed) {
  std::function<void(account&)> renew = [&outdated, &renewed](account& a) {
    if (a.password == outdated) a.password = renewed;
  };
  const result<std::optional<account>> changed = co_await change(username, std::move(renew));
  if (!changed) co_return changed.error();
  co_return result<void>();
}

task<result<account_page>> accounts::list(std::string_view cursor) {
  const std::array<std::string_view, 6> scan = {
      "SCAN", cursor.empty() ? "0" : cursor, "MATCH", "usr:*", "COUNT", "1000"};
  const result<redis::reply> found = co_await redis_.execute(scan);
  if (!found) co_return found.error();
  account_page page;
  redis::reply_reader scanned(*found);
  if (const std::string_view next = scanned.word(); next != "0") page.next = next;
  std::vector<task<result<std::optional<stored_account>>>> reads;
  for (redis::reply_reader keys = scanned.row(); keys.more();) {
    const std::string_view key = keys.text();
    handle name;
    if (key.starts_with(key_prefix) && from_hex(key.substr(key_prefix.size()), name))
      reads.push_back(read(name));
  }
  if (scanned.failed()) co_return errc::unexpected;
  all_of<result<std::optional<stored_account>>> all(reads);
  co_await all;
  for (const auto& one : reads) {
    result<std::optional<stored_account>> stored = one.take();
    const bool sealed =
        !stored && (stored.error() == errc::key_unavailable || stored.error() == errc::corrupt);
    if (!stored && !sealed) co_return stored.error();
    if (sealed) ++page.unopened;
    if (stored && *stored) page.accounts.push_back(std::move((*stored)->is));
  }
  co_return page;
}

task<result<void>> note_account(audit_log& audit, const account& who, audit_action what,
                                std::string_view address, std::string_view outcome) {
  const audit_actor actor{who.role, who.username, address};
  std::vector<task<result<void>>> notes;
  for (const std::string& provider : who.providers)
    notes.push_back(audit.note(provider, what, actor, outcome));
  if (notes.empty()) notes.push_back(audit.note({}, what, actor, outcome));
  all_of<result<void>> all(notes);
  co_await all;
  for (const task<result<void>>& n : notes) {
    if (const result<void> noted = n.take(); !noted) co_return noted.error();
  }
  co_return result<void>();
}

} // namespace invited::store

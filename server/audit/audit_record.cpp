#include "server/audit/audit_record.hpp"

#include "server/log/json_text.hpp"

#include "handlers/text/number_text.hpp"
#include "handlers/time/time_text.hpp"
#include "store/audit/audit_event.hpp"
#include "store/crypto/base64url.hpp"
#include "store/keys/index_position.hpp"
#include "store/keys/invite_id.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <vector>

namespace invited::server {
namespace {

using store::audit_action;

// So that tools can handle a line, and audit_file can read it back.
constexpr std::size_t longest_raw = 4096;
constexpr std::size_t longest_text = 255;

/// The parts of an entry; nothing is copied.
struct event {
  audit_action action;
  std::string_view h;
  std::string_view provider_id;
  std::string_view sealed;
  std::string_view outcome;
  std::uint64_t count = 1;
};

std::vector<std::string_view> texts_of(const store::redis::node& array) {
  std::vector<std::string_view> texts;
  for (const store::redis::node n : array) texts.push_back(n.text());
  return texts;
}

std::optional<event> read_event(const std::vector<std::string_view>& f) {
  const bool has_outcome = f.size() >= 10 && f[8] == "o";
  const std::size_t after = has_outcome ? 10 : 8;
  const bool has_count = f.size() == after + 2 && f[after] == "n";
  if ((f.size() != after && !has_count) || f[0] != "a" || f[2] != "h" || f[4] != "p" || f[6] != "s")
    return {};
  const std::optional<audit_action> action = store::audit_action_of(f[1]);
  if (!action || (!f[3].empty() && f[3].size() != sizeof(store::handle))) return {};
  if (f[5].size() > longest_text || (has_outcome && f[9].size() > longest_text)) return {};
  const std::optional<std::uint64_t> count =
      store::audit_count_of(has_count ? f[after + 1] : std::string_view());
  if (!count) return {};
  return event{*action, f[3], f[5], f[7], has_outcome ? f[9] : std::string_view(), *count};
}

std::optional<event> read_creation(const std::vector<std::string_view>& f, std::string_view provider_id) {
  if (f.size() != 4 || f[0] != "h" || f[2] != "c" || f[1].size() != sizeof(store::handle)) return {};
  return event{audit_action::created, f[1], provider_id, f[3], {}};
}

void append_member(std::string& out, std::string_view quoted_name, std::string_view text) {
  out += quoted_name;
  if (text.empty())
    out += "null";
  else
    append_json_string(out, text);
}

void append_at(std::string& out, std::int64_t ms) {
  out += R"("at":")";
  handlers::append_time(out, ms);
  out += '"';
}

void append_actor(std::string& out, const event& e, const store::handle& h, store::sealer& seals) {
  const auto actor = store::open_actor(seals, h, e.provider_id, e.sealed);
  const bool opened = actor.has_value();
  const bool system = opened && actor->role.empty();
  append_member(out, R"(,"role":)", system ? "system" : opened ? std::string_view(actor->role) : "");
  append_member(out, R"(,"subject":)", opened ? std::string_view(actor->subject) : "");
  append_member(out, R"(,"address":)", opened ? std::string_view(actor->address) : "");
  if (opened) return;
  const bool no_key = actor.error() == store::errc::key_unavailable;
  append_member(out, R"(,"unopened":)", no_key ? "key_unavailable" : "corrupt");
  out += R"(,"sealed":")";
  store::base64url::append(out, store::as_bytes(e.sealed.substr(0, longest_raw)));
  out += '"';
}

void append_event(std::string& out, const event& e, store::group tag, store::sealer& seals) {
  append_member(out, R"(,"action":)", name_of(e.action));
  append_member(out, R"(,"provider_id":)", e.provider_id);
  store::invite_ref ref{tag, {}};
  if (!e.h.empty()) std::memcpy(ref.h.data(), e.h.data(), ref.h.size());
  append_member(out, R"(,"ref":)", e.h.empty() ? std::string() : to_text(ref));
  append_actor(out, e, ref.h, seals);
  append_member(out, R"(,"outcome":)", e.outcome.empty() ? "ok" : e.outcome);
  if (e.count == 1) return;
  out += R"(,"count":)";
  handlers::append_number(out, e.count);
}

/// An entry that somebody else put into the stream, or that is damaged. It is kept unchanged, up to a length.
void append_malformed(std::string& out, const std::vector<std::string_view>& fields) {
  append_member(out, R"(,"action":)", "malformed");
  out += R"(,"raw":[)";
  std::size_t left = longest_raw;
  for (const std::string_view text : fields) {
    if (left == 0) break;
    const std::string_view kept = text.substr(0, left);
    if (left != longest_raw) out += ',';
    out += '"';
    store::base64url::append(out, store::as_bytes(kept));
    out += '"';
    left -= std::min(left, kept.size() + 1);
  }
  out += ']';
}

} // namespace

void append_audit_record(std::string& out, const store::audit_stream& from, const store::redis::node& entry,
                         store::sealer& seals) {
  const std::string_view id = entry.at(0).text();
  const std::vector<std::string_view> fields = texts_of(*++entry.begin());
  const std::optional<event> e =
      from.provider_id.empty() ? read_event(fields) : read_creation(fields, from.provider_id);
  const std::optional<store::index_position> at = store::parse_index_position(id);
  // An id may be anything up to 2^64; a time that RFC 3339 can show ends with the year 9999.
  constexpr std::uint64_t last_time = 253'402'300'799'999;
  append_at(out, at ? static_cast<std::int64_t>(std::min(at->ms, last_time)) : 0);
  if (e)
    append_event(out, *e, from.tag, seals);
  else
    append_malformed(out, fields);
  append_member(out, R"(,"stream":)", from.key);
  append_member(out, R"(,"entry":)", id);
}

void append_note(std::string& out, std::int64_t ms, std::string_view note) {
  append_at(out, ms);
  append_member(out, R"(,"note":)", note);
}

} // namespace invited::server

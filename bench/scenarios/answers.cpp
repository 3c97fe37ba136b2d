#include "bench/scenarios/answers.hpp"

#include "handlers/text/rapidjson.hpp"

#include <rapidjson/document.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace invited::bench {
namespace {

/// RapidJSON's tree of a body, in memory on the stack as long as it is small: an answer's check costs a
/// microsecond.
class tree {
public:
  explicit tree(const std::string& body) {
    document_.Parse<rapidjson::kParseValidateEncodingFlag | handlers::safe_numbers>(body);
  }

  using value = rapidjson::GenericValue<rapidjson::UTF8<>, rapidjson::MemoryPoolAllocator<>>;
  const value& root() const { return document_; }
  bool is_object() const { return !document_.HasParseError() && document_.IsObject(); }

private:
  std::array<char, 8192> memory_;
  std::array<char, 2048> stack_memory_;
  rapidjson::MemoryPoolAllocator<> pool_{memory_.data(), memory_.size()};
  rapidjson::MemoryPoolAllocator<> stack_{stack_memory_.data(), stack_memory_.size()};
  rapidjson::GenericDocument<rapidjson::UTF8<>, rapidjson::MemoryPoolAllocator<>,
                             rapidjson::MemoryPoolAllocator<>>
      document_{&pool_, 1024, &stack_};
};

/// A string member; empty if there is none.
std::string_view text(const tree::value& object, const char* name) {
  const auto found = object.FindMember(name);
  if (found == object.MemberEnd() || !found->value.IsString()) return {};
  return {found->value.GetString(), found->value.GetStringLength()};
}

/// A member that is a whole number, which the tree keeps as text; 0 if there is none.
std::int64_t number(const tree::value& object, const char* name) {
  const std::string_view digits = text(object, name);
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

const tree::value* child(const tree::value& object, const char* name) {
  const auto found = object.FindMember(name);
  return found == object.MemberEnd() ? nullptr : &found->value;
}

/// xxxxxxxx-xxxx-4xxx-[89ab]xxx-xxxxxxxxxxxx
bool is_uuid_v4(std::string_view id) {
  if (id.size() != 36 || id[14] != '4' || std::string_view("89ab").find(id[19]) == id.npos) return false;
  for (std::size_t i = 0; i < id.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool hex = (id[i] >= '0' && id[i] <= '9') || (id[i] >= 'a' && id[i] <= 'f');
    if (dash ? id[i] != '-' : !hex) return false;
  }
  return true;
}

/// What is wrong with a new invite; null if nothing is.
const char* flaw_of_invite(const tree::value& object, bool minimal) {
  const std::string_view id = text(object, "invite_id"), url = text(object, "invite_url");
  if (!is_uuid_v4(id)) return "invite_id is no UUID of version 4";
  if (!url.ends_with(id) || url.find("/invite/") + 8 + id.size() != url.size())
    return "invite_url does not lead to it";
  if (minimal) return nullptr;
  const std::string_view ref = text(object, "ref");
  if (ref.size() != 38 || !ref.starts_with("inv_") || ref.substr(4, 2) != id.substr(0, 2))
    return "ref is none";
  if (!text(object, "expires_at").ends_with('Z')) return "expires_at is missing";
  return nullptr;
}

bool wrong(client& c, std::size_t op, std::string_view why) {
  c.wrong(op, why);
  return false;
}

} // namespace

bool expect(client& c, std::size_t op, const answer& a, unsigned status) {
  if (a.is(status)) return true;
  if (a.what != fate::answered) return false;
  if (a.status == 429 || a.status == 503) {
    c.refused(op);
    return false;
  }
  return wrong(c, op, "status " + std::to_string(a.status) + " instead of " + std::to_string(status));
}

std::optional<std::string> judge_created(client& c, std::size_t op, const answer& a, bool minimal) {
  if (!expect(c, op, a, 200)) return std::nullopt;
  const tree t(a.body);
  const char* const flaw = t.is_object() ? flaw_of_invite(t.root(), minimal) : "it is no JSON object";
  if (!flaw) return std::string(text(t.root(), "invite_id"));
  c.wrong(op, flaw);
  return std::nullopt;
}

std::size_t judge_bulk(client& c, std::size_t op, const answer& a, std::size_t rows) {
  if (!expect(c, op, a, 200)) return 0;
  const tree t(a.body);
  const tree::value* const results = t.is_object() ? child(t.root(), "results") : nullptr;
  if (!results || !results->IsArray() || results->Size() != rows) {
    c.wrong(op, "there is not a result a row");
    return 0;
  }
  std::size_t made = 0;
  for (const tree::value& row : results->GetArray()) {
    const bool good = row.IsObject() && number(row, "status") == 200;
    const char* const flaw = good ? flaw_of_invite(row, false) : nullptr;
    if (flaw) c.wrong(op, flaw);
    if (good && !flaw) ++made;
  }
  const tree::value* const summary = child(t.root(), "summary");
  const bool told = summary && summary->IsObject() && !text(*summary, "created").empty();
  if (!told || number(*summary, "created") != static_cast<std::int64_t>(made))
    c.wrong(op, "summary and results differ");
  return made;
}

bool judge_viewed(client& c, std::size_t op, const answer& a, std::string_view state) {
  if (!expect(c, op, a, 200)) return false;
  const tree t(a.body);
  if (!t.is_object() || text(t.root(), "state") != state)
    return wrong(c, op, "it is not in the state expected");
  if (a.body.find("example.org") != a.body.npos) return wrong(c, op, "a view shows who the patient is");
  return true;
}

bool judge_redeemed(client& c, std::size_t op, const answer& a, std::string_view email, bool minimal) {
  if (!expect(c, op, a, 200)) return false;
  if (minimal) return true;
  const tree t(a.body);
  const tree::value* const patient = t.is_object() ? child(t.root(), "patient") : nullptr;
  if (!patient || !patient->IsObject() || text(*patient, "email") != email)
    return wrong(c, op, "another patient's data");
  return !text(t.root(), "access_token").empty() || wrong(c, op, "there is no access_token");
}

bool judge_listed(client& c, std::size_t op, const answer& a, std::string_view provider) {
  if (!expect(c, op, a, 200)) return false;
  const tree t(a.body);
  const tree::value* const invites = t.is_object() ? child(t.root(), "invites") : nullptr;
  if (!invites || !invites->IsArray()) return wrong(c, op, "there is no list");
  const bool own = std::all_of(invites->Begin(), invites->End(), [&](const auto& i) {
    return i.IsObject() && text(i, "provider_id") == provider;
  });
  return own || wrong(c, op, "another provider's invite");
}

bool judge_analytics(client& c, std::size_t op, const answer& a, std::string_view provider) {
  if (!expect(c, op, a, 200)) return false;
  const tree t(a.body);
  if (!t.is_object() || text(t.root(), "provider_id") != provider)
    return wrong(c, op, "another provider's counts");
  const tree::value* const totals = child(t.root(), "totals");
  if (!totals || !totals->IsObject()) return wrong(c, op, "there are no totals");
  std::int64_t ended = 0;
  for (const char* state : {"redeemed", "revoked", "replaced", "expired"}) ended += number(*totals, state);
  const bool adds_up = number(t.root(), "pending_at_start") + number(*totals, "created") ==
                       number(t.root(), "pending_at_end") + ended;
  return adds_up || wrong(c, op, "the counts do not add up");
}

bool judge_problem(client& c, std::size_t op, const answer& a, unsigned status, std::string_view code) {
  if (!expect(c, op, a, status)) return false;
  const tree t(a.body);
  return (t.is_object() && text(t.root(), "code") == code) || wrong(c, op, "it is a problem of another code");
}

} // namespace invited::bench

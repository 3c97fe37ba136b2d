#include "store/audit/audit_event.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <stdexcept>

namespace invited::store {
namespace {

struct named_action {
  audit_action action;
  std::string_view name;
};

constexpr named_action actions[] = {
#define INVITED_AUDIT_ACTION(name, letter) {audit_action::name, #name},
#include "store/audit/audit_actions.def"
#undef INVITED_AUDIT_ACTION
};

/// Roles in one byte, so that most actors fit into the smallest sealed text, 32 bytes.
struct role_letter {
  char letter;
  std::string_view name;
};
constexpr std::array<role_letter, 5> roles = {
    {{'c', "clinician"}, {'h', "physician"}, {'p', "portal"}, {'a', "admin"}, {'t', "patient"}}};
constexpr char spelled_out = '\0';
constexpr std::size_t longest = 255; // of each part: lengths are one byte

/// The text to seal, built without allocation, because every redeem seals an actor.
class actor_text {
public:
  explicit actor_text(const audit_actor& actor) {
    const auto* const known = std::ranges::find(roles, actor.role, &role_letter::name);
    if (known != roles.end()) {
      text_[size_++] = known->letter;
    } else {
      text_[size_++] = spelled_out;
      add_with_length(actor.role);
    }
    add_with_length(actor.address);
    add(actor.subject);
  }

  operator std::string_view() const { return {text_.data(), size_}; }

private:
  void add_with_length(std::string_view part) {
    if (part.size() > longest) throw std::length_error("audit actor");
    text_[size_++] = static_cast<char>(part.size());
    add(part);
  }

  void add(std::string_view part) {
    if (part.size() > longest) throw std::length_error("audit actor");
    std::ranges::copy(part, text_.data() + size_);
    size_ += part.size();
  }

  std::array<char, 3 * (1 + longest) + 1> text_;
  std::size_t size_ = 0;
};

/// Takes `size` bytes off the front; false when there are not that many.
bool take(std::string_view& text, std::size_t size, std::string& out) {
  if (size > text.size()) return false;
  out = text.substr(0, size);
  text.remove_prefix(size);
  return true;
}

bool take_with_length(std::string_view& text, std::string& out) {
  if (text.empty()) return false;
  const std::size_t size = static_cast<unsigned char>(text.front());
  text.remove_prefix(1);
  return take(text, size, out);
}

bool take_role(std::string_view& text, std::string& out) {
  if (text.empty()) return false;
  const char letter = text.front();
  text.remove_prefix(1);
  if (letter == spelled_out) return take_with_length(text, out);
  const auto* const known = std::ranges::find(roles, letter, &role_letter::letter);
  if (known == roles.end()) return false;
  out = known->name;
  return true;
}

/// A link gives the handle but not the provider, so if there is an invite, only its handle binds.
std::string_view bound_to(const handle& h, std::string_view provider_id) {
  return h == handle{} ? provider_id : std::string_view();
}

} // namespace

std::string_view name_of(audit_action a) {
  const auto* const found = std::ranges::find(actions, a, &named_action::action);
  return found == std::end(actions) ? std::string_view("unknown") : found->name;
}

std::optional<audit_action> audit_action_of(std::string_view letter) {
  if (letter.size() != 1) return {};
  const auto* const found =
      std::ranges::find(actions, static_cast<audit_action>(letter.front()), &named_action::action);
  if (found == std::end(actions)) return {};
  return found->action;
}

std::optional<std::uint64_t> audit_count_of(std::string_view n) {
  if (n.empty()) return 1;
  std::uint64_t count = 0;
  const auto [end, wrong] = std::from_chars(n.data(), n.data() + n.size(), count);
  if (wrong != std::errc() || end != n.data() + n.size() || count == 0) return {};
  return count;
}

std::string seal_actor(sealer& seals, const handle& h, std::string_view provider_id,
                       const audit_actor& actor) {
  if (actor.role.empty()) return {};
  return seal_actor(seals, seals.key_for(h), provider_id, actor);
}

std::string seal_actor(sealer& seals, const handle_key& key, std::string_view provider_id,
                       const audit_actor& actor) {
  std::string out;
  if (actor.role.empty()) return out;
  const actor_text plain(actor);
  const std::string_view text = plain;
  out.reserve(key.under.size() + sealer::sealed_size(text.size()));
  out = as_text(key.under);
  seals.seal(seal_kind::actor, key, bound_to(key.h, provider_id), text, out);
  return out;
}

result<opened_audit_actor> open_actor(sealer& seals, const handle& h, std::string_view provider_id,
                                      std::string_view sealed) {
  opened_audit_actor actor;
  if (sealed.empty()) return actor;
  key_id under;
  if (sealed.size() < under.size()) return errc::corrupt;
  std::memcpy(under.data(), sealed.data(), under.size());
  const result<std::string> plain =
      seals.open(seal_kind::actor, under, h, bound_to(h, provider_id), sealed.substr(under.size()));
  if (!plain) return plain.error();
  std::string_view rest = *plain;
  if (!take_role(rest, actor.role) || !take_with_length(rest, actor.address)) return errc::corrupt;
  actor.subject = rest;
  return actor;
}

} // namespace invited::store

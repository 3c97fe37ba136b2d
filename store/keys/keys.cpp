#include "store/keys/keys.hpp"

#include "store/crypto/hex.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace invited::store {
namespace {

key_name tagged(std::string_view kind, group g) {
  key_name key;
  key += kind;
  std::array<char, 5> tag = {':', '{', ' ', ' ', '}'};
  write_hex(tag.data() + 2, bytes_view(&g, 1));
  key += {tag.data(), tag.size()};
  return key;
}

key_name& append_handle(key_name& key, const handle& h) {
  std::array<char, 1 + 2 * sizeof(handle)> text;
  text[0] = ':';
  write_hex(text.data() + 1, h);
  return key += {text.data(), text.size()};
}

/// `<kind>:{<whose>}:<h>`: in the slot of the key `whose`.
key_name key_beside(const key_name& whose, std::string_view kind, const handle& h) {
  key_name key;
  key += kind;
  key += ":{";
  key += whose;
  key += "}";
  return append_handle(key, h);
}

} // namespace

key_name& key_name::operator+=(std::string_view part) {
  // Provider ids have at most 64 bytes.
  if (part.size() > text_.size() - size_) throw std::length_error("key name");
  std::memcpy(text_.data() + size_, part.data(), part.size());
  size_ = static_cast<std::uint8_t>(size_ + part.size());
  return *this;
}

key_name invite_key(std::string_view kind, group g, const handle& h) {
  key_name key = tagged(kind, g);
  return append_handle(key, h);
}

key_name provider_key(std::string_view kind, group g, std::string_view provider_id) {
  key_name key = tagged(kind, g);
  key += ":";
  return key += provider_id;
}

key_name group_key(std::string_view kind, group g) {
  return tagged(kind, g);
}

key_name idempotency_key_name(group g, const handle& hash) {
  return invite_key("idem", g, hash);
}

key_name day_key(group g, std::int64_t day) {
  std::array<char, 24> text;
  text[0] = ':';
  const auto end = std::to_chars(text.data() + 1, text.data() + text.size(), day).ptr;
  key_name key = tagged("sum", g);
  return key += {text.data(), static_cast<std::size_t>(end - text.data())};
}

key_name staff_key(std::string_view kind, const handle& h) {
  key_name key;
  key += kind;
  return append_handle(key, h);
}

key_name sign_in_key(const handle& account_name, const handle& sign_in) {
  return key_beside(staff_key("usr", account_name), "sin", sign_in);
}

std::string key_pattern(std::string_view form) {
  const std::size_t tag = form.find("{gg}");
  const std::size_t varying = std::min(tag == form.npos ? tag : tag + 1, form.find('<'));
  return std::string(form.substr(0, varying)).append("*");
}

std::string example_key(std::string_view form) {
  static constexpr std::string_view no_hash = "00000000000000000000000000000000";
  static constexpr std::pair<std::string_view, std::string_view> parts[] = {
      {"{gg}", "{00}"}, {"<h>", no_hash}, {"<hash>", no_hash}, {"<day>", "0"}, {"<provider>", "example"}};
  std::string name(form);
  for (const auto& [part, example] : parts) {
    if (const std::size_t at = name.find(part); at != name.npos) name.replace(at, part.size(), example);
  }
  return name;
}

key_name attempt_key(const handle& address, const handle& attempt) {
  return key_beside(staff_key("thr", address), "thr", attempt);
}

key_name gauge_key(group g) {
  key_name key = tagged("sum", g);
  return key += ":now";
}

} // namespace invited::store

#include "handlers/staff/device_cookie.hpp"

#include "store/base/packed_number.hpp"
#include "store/crypto/base64url.hpp"

#include <algorithm>
#include <array>

namespace invited::handlers {
namespace {

constexpr char version = 1;
constexpr std::size_t mac_size = sizeof(store::handle);
constexpr std::size_t signed_size = 1 + sizeof(store::handle) + 8 + sizeof(store::handle) + 8;

store::handle mac_of(const store::sealer& seals, std::string_view what) {
  return store::first_half(seals.blind("sign-in device cookie", {what}));
}

store::handle handle_at(std::string_view bytes, std::size_t at) {
  store::handle h;
  std::ranges::copy(store::as_bytes(bytes.substr(at, h.size())), h.begin());
  return h;
}

/// Calls `see` with each entry, until it returns false.
template <class See>
void each_entry(std::string_view value, const See& see) {
  for (std::size_t n = 0; n < device_cookie::most && !value.empty(); ++n) {
    const std::size_t end = value.find('.');
    if (!see(value.substr(0, end))) return;
    value.remove_prefix(end == std::string_view::npos ? value.size() : end + 1);
  }
}

} // namespace

device_cookie::device_cookie(std::string_view base_url, const store::sealer& seals, store::entropy& random,
                             system_seconds clock)
    : cookie_(base_url, "invited_device"), seals_(seals), random_(random), clock_(std::move(clock)) {}

std::optional<known_device> device_cookie::read(std::string_view entry) const {
  std::array<std::uint8_t, signed_size + mac_size> bytes;
  if (!store::base64url::decode_into(entry, bytes)) return {};
  const std::string_view all = store::as_text(bytes), what = all.substr(0, signed_size);
  if (what[0] != version) return {};
  if (!store::equal_in_constant_time(mac_of(seals_, what), store::as_bytes(all.substr(signed_size))))
    return {};
  const known_device d{.account = handle_at(what, 1),
                       .epoch = static_cast<std::int64_t>(store::number_at(what, 17, 8)),
                       .id = handle_at(what, 25),
                       .issued_at = static_cast<std::int64_t>(store::number_at(what, 41, 8))};
  if (clock_() - d.issued_at >= lives.count()) return {};
  return d;
}

void device_cookie::append(std::string& out, const known_device& d) const {
  std::string bytes(1, version);
  bytes += store::as_text(d.account);
  store::append_number(bytes, static_cast<std::uint64_t>(d.epoch), 8);
  bytes += store::as_text(d.id);
  store::append_number(bytes, static_cast<std::uint64_t>(d.issued_at), 8);
  bytes += store::as_text(mac_of(seals_, bytes));
  if (!out.empty()) out += '.';
  store::base64url::append(out, store::as_bytes(bytes));
}

std::optional<known_device> device_cookie::find(const request& r, const store::handle& account) const {
  std::optional<known_device> found;
  each_entry(cookie_.find(r).value_or(""), [&](std::string_view entry) {
    found = read(entry);
    if (found && found->account != account) found.reset();
    return !found;
  });
  return found;
}

std::string device_cookie::set(const request& r, const store::handle& account, std::int64_t epoch) const {
  known_device own{.account = account, .epoch = epoch, .issued_at = clock_()};
  if (const auto before = find(r, account))
    own.id = before->id;
  else
    random_.fill(own.id);
  std::string value;
  append(value, own);
  std::size_t held = 1;
  each_entry(cookie_.find(r).value_or(""), [&](std::string_view entry) {
    const std::optional<known_device> other = read(entry);
    if (other && other->account != account) {
      append(value, *other);
      ++held;
    }
    return held < most;
  });
  return cookie_.set(value, lives);
}

} // namespace invited::handlers

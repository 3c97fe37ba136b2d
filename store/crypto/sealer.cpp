#include "store/crypto/sealer.hpp"

#include <boost/endian/conversion.hpp>

#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace invited::store {
namespace {

/// The data to which a text is bound, in one piece. All parts except the last have a fixed length, so nothing
/// can shift.
class binding {
public:
  binding(seal_kind kind, const handle_key& key, std::string_view provider_id) {
    bytes_[0] = static_cast<std::uint8_t>(kind);
    std::ranges::copy(key.under, bytes_.begin() + 1);
    std::ranges::copy(key.h, bytes_.begin() + 1 + sizeof(key_id));
    std::ranges::copy(provider_id, bytes_.begin() + fixed);
    size_ = fixed + provider_id.size();
  }

  operator bytes_view() const { return {bytes_.data(), size_}; }

private:
  static constexpr std::size_t fixed = 1 + sizeof(key_id) + sizeof(handle);

  std::array<std::uint8_t, fixed + sealer::max_provider> bytes_;
  std::size_t size_;
};

void add_with_length(hmac_sha256::message& mac, std::string_view part) {
  std::array<std::uint8_t, 4> length;
  boost::endian::store_big_u32(length.data(), static_cast<std::uint32_t>(part.size()));
  mac.add(length);
  mac.add(as_bytes(part));
}

} // namespace

handle_key::handle_key(key_id id, const hmac_sha256& sealing_key, const handle& of)
    : under(id), h(of), bytes(sealing_key({as_bytes("seal"), of})) {}

sealer::sealer(const std::shared_ptr<const key_ring>& keys, entropy& random)
    : random_(random), index_(keys->index_key()), cipher_(make_aead()) {
  load(keys);
}

void sealer::load(const std::shared_ptr<const key_ring>& keys) {
  std::vector<master> loaded;
  std::string ids;
  for (const key_ring::seal_key& key : keys->seal_keys()) {
    loaded.push_back({key.id, hmac_sha256(key.bytes)});
    ids += as_text(key.id);
  }
  index_ = hmac_sha256(keys->index_key());
  keys_ = std::move(loaded);
  held_ids_ = std::move(ids);
}

bool sealer::holds(key_id id) const {
  return find(id) != nullptr;
}

const sealer::master* sealer::find(key_id id) const {
  const auto found = std::ranges::find(keys_, id, &master::id);
  return found == keys_.end() ? nullptr : &*found;
}

handle_key sealer::key_for(const handle& h) const {
  return {keys_.front().id, keys_.front().mac, h};
}

void sealer::seal(seal_kind kind, const handle& h, std::string_view provider_id, std::string_view plain,
                  std::string& out) {
  seal(kind, key_for(h), provider_id, plain, out);
}

void sealer::seal(seal_kind kind, const handle_key& key, std::string_view provider_id, std::string_view plain,
                  std::string& out) {
  out.reserve(out.size() + sealed_size(plain.size()));
  const std::size_t begin = begin_seal(out);
  out += plain;
  end_seal(kind, key, provider_id, out, begin);
}

std::size_t sealer::begin_seal(std::string& out) {
  const std::size_t begin = out.size();
  out.append(nonce_size + length_size, '\0');
  return begin;
}

void sealer::end_seal(seal_kind kind, const handle_key& key, std::string_view provider_id, std::string& out,
                      std::size_t begin) {
  const std::size_t length = out.size() - begin - nonce_size - length_size;
  if (length > max_plain || provider_id.size() > max_provider) {
    wipe({reinterpret_cast<std::uint8_t*>(out.data() + begin), out.size() - begin});
    out.resize(begin); // never leave the plain text where a sealed text is expected
    throw std::length_error("a text to seal, or what to bind it to, is too long");
  }
  const binding bound_to(kind, key, provider_id);
  const std::size_t size = padded_size(length);
  out.resize(begin + sealed_size(length)); // zeros: the padding
  auto* const nonce = reinterpret_cast<std::uint8_t*>(out.data() + begin);
  std::uint8_t* const text = nonce + nonce_size;
  random_.fill({nonce, nonce_size});
  boost::endian::store_big_u16(text, static_cast<std::uint16_t>(length));
  cipher_->seal(key.bytes, aead::nonce_view(nonce, nonce_size), bound_to, {text, size},
                std::span<std::uint8_t, tag_size>(text + size, tag_size));
}

result<std::string> sealer::open(seal_kind kind, key_id id, const handle& h, std::string_view provider_id,
                                 std::string_view sealed) {
  const master* const from = find(id);
  if (from == nullptr) return errc::key_unavailable;
  return open_under(kind, handle_key(from->id, from->mac, h), provider_id, sealed);
}

result<std::string> sealer::open(seal_kind kind, key_id id, const handle_key& key,
                                 std::string_view provider_id, std::string_view sealed) {
  if (id != key.under) return open(kind, id, key.h, provider_id, sealed);
  return open_under(kind, key, provider_id, sealed);
}

result<std::string> sealer::open_under(seal_kind kind, const handle_key& key, std::string_view provider_id,
                                       std::string_view sealed) {
  constexpr std::size_t overhead = nonce_size + tag_size;
  if (sealed.size() <= overhead || sealed.size() > sealed_size(max_plain) ||
      (sealed.size() - overhead) % block != 0 || provider_id.size() > max_provider)
    return errc::corrupt;
  const std::size_t size = sealed.size() - overhead;
  const bytes_view parts = as_bytes(sealed);
  std::string plain(sealed.substr(nonce_size, size));
  const std::span<std::uint8_t> text(reinterpret_cast<std::uint8_t*>(plain.data()), size);
  if (!cipher_->open(key.bytes, parts.first<nonce_size>(), binding(kind, key, provider_id), text,
                     parts.last<tag_size>()))
    return errc::corrupt;
  const std::size_t length = boost::endian::load_big_u16(text.data());
  // A wrong length under a right tag would be our own mistake, but must not become an overrun.
  if (padded_size(length) != size) {
    wipe(text);
    return errc::corrupt;
  }
  std::memmove(plain.data(), plain.data() + length_size, length);
  std::memset(plain.data() + length, 0,
              length_size); // what the move left, because a caller wipes only up to the end
  plain.resize(length);
  return plain;
}

bytes32 sealer::blind(std::string_view label, std::initializer_list<std::string_view> parts) const {
  hmac_sha256::message mac(index_);
  add_with_length(mac, label);
  for (const std::string_view part : parts) add_with_length(mac, part);
  return mac.finish();
}

result<bytes32> sealer::derived_key(key_id id, std::string_view label) const {
  const master* const key = find(id);
  if (key == nullptr) return errc::key_unavailable;
  return key->mac({as_bytes("derived "), as_bytes(label)});
}

} // namespace invited::store

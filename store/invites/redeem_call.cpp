#include "store/invites/redeem_call.hpp"

#include "store/base/script_number.hpp"
#include "store/keys/keys.hpp"

#include <algorithm>
#include <span>

namespace invited::store {

redeem_call::redeem_call(const invite_ref& ref, std::chrono::seconds session, const bond& to, entropy& random)
    : ref_(ref), session_(session) {
  const auto jti = std::span(begun_).first<16>();
  random.fill(jti);
  auto end = std::copy(to.signer.begin(), to.signer.end(), begun_.begin() + jti.size());
  if (to.redeem_key != nullptr) end = std::copy(to.redeem_key->begin(), to.redeem_key->end(), end);
  begun_size_ = static_cast<std::size_t>(end - begun_.begin());
}

void redeem_call::write_to(redis::script_writer& to) const {
  const auto of_invite = [this](std::string_view kind) { return invite_key(kind, ref_.tag, ref_.h); };
  const std::array<key_name, 7> names = {
      of_invite("inv"),         of_invite("log"),    of_invite("ses"),          group_key("due", ref_.tag),
      day_key(ref_.tag, today), gauge_key(ref_.tag), group_key("aud", ref_.tag)};
  const std::array<std::string_view, 7> keys = {names[0], names[1], names[2], names[3],
                                                names[4], names[5], names[6]};
  const script_numbers<2> numbers(today, session_.count());
  std::array<std::string_view, 7> args = {numbers, as_text(ref_.h),
                                          as_text(bytes_view(begun_).first(begun_size_)), held, actor};
  std::size_t size = 5;
  if (answer) args[size++] = as_text(*answer);
  if (answer && older) args[size++] = as_text(*older);
  to.write(keys, std::span(args).first(size));
}

} // namespace invited::store

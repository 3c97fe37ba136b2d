#pragma once

#include "store/crypto/sealer.hpp"
#include "tests/store/crypto/test_keys.hpp"

#include <string>
#include <string_view>

namespace invited::test {

inline constexpr std::string_view provider = "st-marys:derm.1";
inline const store::handle h1{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

/// A sealer with one key, and what it seals for one invite.
struct sealer_fixture {
  counting_entropy random;
  store::sealer seals{ring_of({1}), random};

  std::string seal(std::string_view plain, store::seal_kind kind = store::seal_kind::record) {
    std::string out;
    seals.seal(kind, h1, provider, plain, out);
    return out;
  }
  store::result<std::string> open(std::string_view sealed) {
    return seals.open(store::seal_kind::record, seals.current(), h1, provider, sealed);
  }
};

} // namespace invited::test

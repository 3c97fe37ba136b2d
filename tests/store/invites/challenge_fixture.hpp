#pragma once

#include "store/invites/challenge.hpp"
#include "store/keys/keys.hpp"
#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace invited::test {

inline const store::challenge right{store::challenge_kind::code, "x7k2"};

inline store::challenge guess(int n) {
  return {store::challenge_kind::code, "guess" + std::to_string(n)};
}

inline std::vector<std::string> with_debug() {
  std::vector<std::string> lines = strict_config;
  lines.emplace_back("enable-debug-command yes");
  return lines;
}

/// Invites that ask for a code, on a Redis that may be asked for the digest of all its data.
struct challenged {
  redis_server redis{with_debug()};
  store_side side{redis};

  store::created_invite made(const store::challenge& fact = right) {
    store::new_invite wanted = some_invite();
    wanted.challenge = &fact;
    return side.create(wanted).invite;
  }
  store::redeem_outcome answer(const store::created_invite& invite, const store::challenge* given,
                               std::string_view key = "0123456789abcdef") {
    return side.run(side.invites().redeem(invite.ref, key, given, a_patient)).value();
  }
  store::redeem_outcome answer(const store::created_invite& invite, const store::challenge& given) {
    return answer(invite, &given);
  }
  void guess_wrong(const store::created_invite& invite, int times) {
    for (int i = 0; i < times; ++i)
      BOOST_TEST((answer(invite, guess(i)).what == store::redeem_outcome::kind::wrong_answer));
  }
  store::invite_details find(const store::created_invite& invite) {
    const store::provider_scope all = store::provider_scope::all();
    return side.run(side.invites().find(invite.ref, all, a_silent_look)).value().value();
  }
  std::string log_key(const store::created_invite& invite) {
    return std::string(store::invite_key("log", invite.ref.tag, invite.ref.h));
  }
  std::string count(std::string_view event) {
    const std::string day(store::day_key(store::group_of("clinic-1"), store_side::real_today()));
    return redis.command({"HGET", day, std::string(event) + "|clinic-1"});
  }
};

} // namespace invited::test

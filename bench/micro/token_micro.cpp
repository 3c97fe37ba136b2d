// Staff tokens: a full check by each algorithm, and a token that was seen before.
#include "handlers/tokens/staff_token.hpp"
#include "handlers/tokens/token_cache.hpp"
#include "tests/handlers/tokens/signing_key.hpp"

#include <benchmark/benchmark.h>

namespace invited::handlers {
namespace {

constexpr std::int64_t now = 1'800'000'000;
constexpr std::string_view secret = "a secret of at least thirty-two bytes";
constexpr std::string_view claims =
    R"({"sub":"dr.grey","role":"clinician","provider_id":"clinic-1","iat":1800000000,"exp":1800003600})";

void verify(benchmark::State& state, const std::shared_ptr<staff_keys>& keys, const std::string& token) {
  staff_verifier verifier(keys, {}, [] { return now; });
  for (auto _ : state) {
    const auto who = verifier.verify(token);
    if (!who) state.SkipWithError("the token is refused");
    benchmark::DoNotOptimize(who);
  }
}

void token_hs256(benchmark::State& state) {
  const auto keys = std::make_shared<staff_keys>();
  keys->add_secret(secret);
  verify(state, keys, test::hmac_token(secret, R"({"alg":"HS256","typ":"JWT"})", claims));
}
BENCHMARK(token_hs256);

void by_key(benchmark::State& state, const test::signing_key& key, const char* header) {
  const auto keys = std::make_shared<staff_keys>();
  keys->add_public_key("key.pem", key.public_pem());
  verify(state, keys, test::signed_token(key, header, claims));
}

void token_rs256(benchmark::State& state) {
  by_key(state, test::signing_key::rsa(), R"({"alg":"RS256","typ":"JWT"})");
}
BENCHMARK(token_rs256);

void token_es256(benchmark::State& state) {
  by_key(state, test::signing_key::ec(), R"({"alg":"ES256","typ":"JWT"})");
}
BENCHMARK(token_es256);

void token_eddsa(benchmark::State& state) {
  by_key(state, test::signing_key::ed25519(), R"({"alg":"EdDSA","typ":"JWT"})");
}
BENCHMARK(token_eddsa);

void token_cached(benchmark::State& state) {
  const auto keys = std::make_shared<staff_keys>();
  keys->add_secret(secret);
  staff_verifier verifier(keys, {}, [] { return now; });
  const std::string token = test::hmac_token(secret, R"({"alg":"HS256","typ":"JWT"})", claims);
  token_cache cache;
  cache.put(token, std::make_shared<principal>(*verifier.verify(token)), now);
  for (auto _ : state) {
    const auto who = cache.find(token, now);
    if (!who) state.SkipWithError("it is not in the cache");
    benchmark::DoNotOptimize(who);
  }
}
BENCHMARK(token_cached);

} // namespace
} // namespace invited::handlers

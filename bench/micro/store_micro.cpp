// RESP, sealing and ids.
#include "store/crypto/sealer.hpp"
#include "store/keys/invite_id.hpp"
#include "store/resp/resp_reader.hpp"
#include "store/resp/resp_writer.hpp"

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace invited::store {
namespace {

std::shared_ptr<const key_ring> new_keys(entropy& random) {
  std::vector<std::string> problems;
  return key_ring::parse(new_seal_line(random) + new_index_line(random), problems);
}

/// About as much as a creation sends.
void resp_encode(benchmark::State& state) {
  const std::string key(60, 'k'), record(220, 'r');
  std::string out;
  for (auto _ : state) {
    out.clear();
    redis::resp_writer w(out);
    w.begin(20);
    for (int i = 0; i < 9; ++i) w.arg(key);
    for (int i = 0; i < 10; ++i) w.arg(std::int64_t{1'800'000'000'000});
    w.arg(record);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * out.size()));
}
BENCHMARK(resp_encode);

/// Sixteen replies of a script, as they come in one read.
void resp_parse(benchmark::State& state) {
  const std::string one =
      "*5\r\n$2\r\nok\r\n:1800000000000\r\n:999\r\n$-1\r\n$220\r\n" + std::string(220, 'r') + "\r\n";
  std::string bytes;
  for (int i = 0; i < 16; ++i) bytes += one;
  redis::resp_reader reader;
  redis::reply r;
  for (auto _ : state) {
    reader.feed(bytes);
    while (reader.next(r) == redis::resp_reader::outcome::reply) benchmark::DoNotOptimize(r);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * 16);
}
BENCHMARK(resp_parse);

void seal(benchmark::State& state) {
  system_entropy random;
  sealer seals(new_keys(random), random);
  const std::string plain(120, 'p');
  std::string out;
  for (auto _ : state) {
    const handle h = handle_of(new_invite_id(7, random)); // each record has a key of its own
    out.clear();
    seals.seal(seal_kind::record, h, "clinic-1", plain, out);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(seal);

void open_sealed(benchmark::State& state) {
  system_entropy random;
  sealer seals(new_keys(random), random);
  std::vector<std::pair<handle, std::string>> sealed(64);
  for (auto& [h, text] : sealed) {
    h = handle_of(new_invite_id(7, random));
    seals.seal(seal_kind::record, h, "clinic-1", std::string(120, 'p'), text);
  }
  std::size_t i = 0;
  for (auto _ : state) {
    const auto& [h, text] = sealed[i++ % sealed.size()];
    const result<std::string> plain = seals.open(seal_kind::record, seals.current(), h, "clinic-1", text);
    if (!plain) state.SkipWithError("it does not open");
    benchmark::DoNotOptimize(plain);
  }
}
BENCHMARK(open_sealed);

void uuid_new(benchmark::State& state) {
  system_entropy random;
  for (auto _ : state) benchmark::DoNotOptimize(new_invite_id(7, random));
}
BENCHMARK(uuid_new);

void uuid_to_text_and_back(benchmark::State& state) {
  system_entropy random;
  const invite_id id = new_invite_id(7, random);
  for (auto _ : state) {
    const std::string text = to_text(id);
    benchmark::DoNotOptimize(parse_invite_id(text));
  }
}
BENCHMARK(uuid_to_text_and_back);

void uuid_to_handle(benchmark::State& state) {
  system_entropy random;
  const invite_id id = new_invite_id(7, random);
  for (auto _ : state) benchmark::DoNotOptimize(handle_of(id));
}
BENCHMARK(uuid_to_handle);

} // namespace
} // namespace invited::store

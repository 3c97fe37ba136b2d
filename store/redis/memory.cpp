#include "store/redis/memory.hpp"

#include "store/redis/info_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace invited::store::redis {

std::optional<memory_use> read_memory_use(std::string_view info) {
  std::optional<std::uint64_t> used, limit, buffers;
  for_each_fact(info, [&](std::string_view name, std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (wrong != std::errc() || end != text.data() + text.size()) return;
    if (name == "used_memory") used = value;
    if (name == "maxmemory") limit = value;
    if (name == "mem_not_counted_for_evict") buffers = value;
  });
  if (!used || !limit) return {};
  return memory_use{*used - std::min(*used, buffers.value_or(0)), *limit};
}

task<result<memory_use>> ask_memory_use(connection& redis) {
  constexpr std::array<std::string_view, 2> command = {"INFO", "memory"};
  const result<reply> told = co_await redis.execute(command);
  if (!told) co_return told.error();
  const std::optional<memory_use> use = read_memory_use(told->text());
  if (!use) co_return errc::unexpected;
  co_return *use;
}

} // namespace invited::store::redis

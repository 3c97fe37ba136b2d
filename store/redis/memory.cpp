#include "store/redis/memory.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace invited::store::redis {

std::optional<memory_use> read_memory_use(std::string_view info) {
  std::optional<std::uint64_t> used, limit, buffers;
  while (!info.empty()) {
    std::string_view line = info.substr(0, info.find('\n'));
    info.remove_prefix(std::min(info.size(), line.size() + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view name = line.substr(0, colon), text = line.substr(colon + 1);
    std::uint64_t value = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (wrong != std::errc() || end != text.data() + text.size()) continue;
    if (name == "used_memory") used = value;
    if (name == "maxmemory") limit = value;
    if (name == "mem_not_counted_for_evict") buffers = value;
  }
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

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace invited::bench {

/// What became of a request.
enum class fate { answered, not_connected, closed, timed_out, malformed };
inline constexpr std::size_t fates = 5;
std::string_view name_of(fate f) noexcept;

/// What a server answered. Without `fate::answered` only the fate counts.
struct answer {
  fate what = fate::answered;
  unsigned status = 0;
  bool replayed = false; ///< it has Idempotent-Replayed: true
  std::string body{};

  bool is(unsigned expected) const noexcept { return what == fate::answered && status == expected; }
};

} // namespace invited::bench

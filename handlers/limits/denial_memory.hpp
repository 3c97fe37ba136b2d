#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace invited::handlers {

/// Remembers until when a provider's bucket is empty, so that a provider far past its limit is refused
/// without asking Redis. One object a core, not thread-safe; bounded.
class denial_memory {
public:
  using clock = std::chrono::steady_clock;

  /// How long `provider_id` is still refused; nothing when it is not.
  std::optional<std::chrono::milliseconds> refused_for(std::string_view provider_id, clock::time_point now);

  void remember(std::string_view provider_id, clock::time_point until, clock::time_point now);

private:
  static constexpr std::size_t most = 4096;

  struct text_hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };

  std::unordered_map<std::string, clock::time_point, text_hash, std::equal_to<>> until_;
};

} // namespace invited::handlers

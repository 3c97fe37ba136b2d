#include "handlers/limits/denial_memory.hpp"

namespace invited::handlers {

std::optional<std::chrono::milliseconds> denial_memory::refused_for(std::string_view provider_id,
                                                                    clock::time_point now) {
  if (until_.empty()) return {};
  const auto it = until_.find(provider_id);
  if (it == until_.end()) return {};
  if (it->second <= now) {
    until_.erase(it);
    return {};
  }
  return std::chrono::ceil<std::chrono::milliseconds>(it->second - now);
}

void denial_memory::remember(std::string_view provider_id, clock::time_point until, clock::time_point now) {
  if (until_.size() >= most) {
    std::erase_if(until_, [now](const auto& entry) { return entry.second <= now; });
    if (until_.size() >= most) return; // it costs Redis a call, no more
  }
  const auto it = until_.find(provider_id);
  if (it != until_.end()) {
    it->second = until;
  } else {
    until_.emplace(provider_id, until);
  }
}

} // namespace invited::handlers

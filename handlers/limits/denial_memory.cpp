#include "handlers/limits/denial_memory.hpp"

namespace invited::handlers {

std::optional<std::chrono::milliseconds>
denial_memory::refused_for(std::string_view who, const store::rate& limit, clock::time_point now) {
  if (denials_.empty()) return {};
  const auto it = denials_.find(who);
  if (it == denials_.end()) return {};
  if (it->second.until <= now || it->second.limit != limit) {
    denials_.erase(it);
    return {};
  }
  ++refusals_;
  return std::chrono::ceil<std::chrono::milliseconds>(it->second.until - now);
}

void denial_memory::remember(std::string_view who, const store::rate& limit, clock::time_point until,
                             clock::time_point now) {
  if (denials_.size() >= most) {
    std::erase_if(denials_, [now](const auto& entry) { return entry.second.until <= now; });
    if (denials_.size() >= most) return; // it only costs Redis a call
  }
  const auto it = denials_.find(who);
  if (it != denials_.end()) {
    it->second = {limit, until};
  } else {
    denials_.emplace(who, denial{limit, until});
  }
}

} // namespace invited::handlers

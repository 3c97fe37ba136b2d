#include "store/audit/repeat_table.hpp"

#include <stdexcept>

namespace invited::store {
namespace {

constexpr std::string_view several = "several"; // the role of callers that are counted together

std::string_view take_part(std::string_view& rest) {
  const std::size_t size = static_cast<unsigned char>(rest.front());
  const std::string_view part = rest.substr(1, size);
  rest.remove_prefix(1 + size);
  return part;
}

} // namespace

/// The name of a line. It begins with the names of the coarser lines above it: the action's letter, outcome |
/// provider | role, subject | address. Each text has its length before it, so no two lines share a name.
class repeat_table::key {
public:
  explicit key(const repeatable_event& e) {
    text_.reserve(8 + e.outcome.size() + e.provider_id.size() + e.actor.role.size() + e.actor.subject.size() +
                  e.actor.address.size());
    text_ += static_cast<char>(e.action);
    add(e.outcome);
    end(level::action);
    add(e.provider_id);
    end(level::provider);
    add(e.actor.role);
    add(e.actor.subject);
    end(level::subject);
    add(e.actor.address);
    end(level::address);
  }

  std::string_view up_to(level at) const {
    return std::string_view(text_).substr(0, ends_[static_cast<std::size_t>(at)]);
  }

private:
  void add(std::string_view part) {
    constexpr std::size_t longest = 255;
    if (part.size() > longest) throw std::length_error("audit event");
    text_ += static_cast<char>(part.size());
    text_ += part;
  }
  void end(level at) { ends_[static_cast<std::size_t>(at)] = text_.size(); }

  std::string text_;
  std::array<std::size_t, levels> ends_{};
};

repeat_table::entry* repeat_table::find(std::string_view text) {
  const auto found = all_.find(text);
  return found == all_.end() ? nullptr : &*found;
}

/// The finest line if there is room for it, otherwise the finest one that exists or has room.
repeat_table::entry& repeat_table::line_of(const repeatable_event& e, clock::time_point now) {
  const key k(e);
  for (const level at : {level::address, level::subject, level::provider}) {
    entry* const there = find(k.up_to(at));
    if (there != nullptr && there->second.counts) return *there;
    if (has_room(k, at)) return make(k, at, now);
  }
  entry* const last = find(k.up_to(level::action));
  return last != nullptr && last->second.counts ? *last : make(k, level::action, now);
}

bool repeat_table::has_room(const key& k, level at) {
  if (counting_ >= limits_.lines + (at == level::provider ? limits_.providers : 0)) return false;
  if (at == level::provider) return true;
  const entry* const of_provider = find(k.up_to(level::provider));
  if (of_provider != nullptr && of_provider->second.lines_below >= limits_.lines_of_provider) return false;
  if (at == level::subject) return true;
  const entry* const of_subject = find(k.up_to(level::subject));
  return of_subject == nullptr || of_subject->second.lines_below < limits_.addresses_of_subject;
}

repeat_table::entry& repeat_table::make(const key& k, level at, clock::time_point now) {
  entry& made = node_of(k, at);
  due_.push_back({now + limits_.window, &made});
  made.second.counts = true;
  ++counting_;
  for (entry* above = made.second.parent; above != nullptr; above = above->second.parent)
    ++above->second.lines_below;
  return made;
}

/// Makes all lines above it, too.
repeat_table::entry& repeat_table::node_of(const key& k, level at) {
  const std::string_view name = k.up_to(at);
  if (entry* const there = find(name)) return *there;
  entry* const parent =
      at == level::action ? nullptr : &node_of(k, static_cast<level>(static_cast<std::uint8_t>(at) - 1));
  entry& made = *all_.emplace(name, line{.at = at}).first;
  made.second.parent = parent;
  return made;
}

/// Also forgets the lines above it that lead to nothing else.
void repeat_table::forget(entry& of) {
  of.second.counts = of.second.written = false;
  --counting_;
  entry* at = &of;
  for (entry* above = of.second.parent; above != nullptr; above = above->second.parent)
    --above->second.lines_below;
  while (at != nullptr && !at->second.counts && at->second.lines_below == 0) {
    entry* const above = at->second.parent;
    all_.erase(all_.find(at->first));
    at = above;
  }
}

std::vector<repeat_table::entry*> repeat_table::take_due(clock::time_point now, std::size_t most) {
  std::vector<entry*> taken;
  while (!due_.empty() && due_.front().at <= now && taken.size() < most) {
    entry& next = *due_.front().of;
    due_.pop_front();
    if (next.second.count == 0 && next.second.users == 0) {
      forget(next);
      continue;
    }
    next.second.leaving = next.second.count;
    taken.push_back(&next);
  }
  return taken;
}

void repeat_table::settle(entry& of, bool written, clock::time_point now) {
  line& l = of.second;
  if (written) l.count -= l.leaving;
  l.leaving = 0;
  if (l.count == 0 && l.users == 0) return forget(of);
  due_.push_back({now + limits_.window, &of});
}

repeatable_event repeat_table::event_of(const entry& of) {
  std::string_view rest = of.first;
  repeatable_event e{{}, static_cast<audit_action>(rest.front()), {}, {several, {}, {}}};
  rest.remove_prefix(1);
  e.outcome = take_part(rest);
  if (of.second.at >= level::provider) e.provider_id = take_part(rest);
  if (of.second.at < level::subject) return e;
  e.actor.role = take_part(rest);
  e.actor.subject = take_part(rest);
  if (of.second.at == level::address) e.actor.address = take_part(rest);
  return e;
}

audit_actor repeat_table::actor_at(level at, const audit_actor& actor) {
  switch (at) {
  case level::address: return actor;
  case level::subject: return {actor.role, actor.subject, {}};
  default: return {several, {}, {}};
  }
}

std::uint64_t repeat_table::events() const {
  std::uint64_t sum = 0;
  for (const entry& e : all_) sum += e.second.count;
  return sum;
}

} // namespace invited::store

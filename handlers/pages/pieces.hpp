#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>
#include <string_view>

namespace invited::handlers {

/// A place for a value. {name} takes text, which is escaped; {{name}} takes html.
struct slot_key {
  std::string_view name; ///< small letters and '_'
  bool ready;            ///< whether it takes html

  constexpr bool operator==(const slot_key&) const = default;
};

/// The text before a slot, and the slot; its name is empty if no slot follows.
struct source_piece {
  std::string_view before;
  slot_key slot;
};

/// Reads a page's file, or a text, piece by piece at compile time. Whatever is wrong throws, and so does not
/// compile. A part, `<!-- part name -->…<!-- end name -->`, is a slot {{name}} of what is around it. Any
/// other comment is for people and left out, together with the line end after it.
class piece_reader {
public:
  constexpr explicit piece_reader(std::string_view source) : rest_(source) {}

  /// False at the end.
  constexpr bool next(source_piece& out) {
    if (rest_.empty()) return false;
    out = {take(std::min(rest_.find('{'), rest_.find(comment))), {}};
    if (out.before.find('}') != out.before.npos) throw std::logic_error("a '}' closes no slot");
    if (rest_.starts_with('{')) {
      out.slot = take_slot();
    } else if (!rest_.empty()) {
      const marker m = take_comment();
      if (m.kind == "end") throw std::logic_error("an end of no part");
      if (m.kind == "part") {
        take_part(m.name);
        out.slot = {m.name, true};
      }
    }
    return true;
  }

  /// The content of a part, wherever in the file it is.
  static constexpr std::string_view part(std::string_view file, std::string_view name) {
    piece_reader all(file);
    while (all.skip_to_comment()) {
      const marker m = all.take_comment();
      if (m.kind == "part" && m.name == name) return all.take_part(name);
    }
    throw std::logic_error("the file has no such part");
  }

private:
  static constexpr std::string_view comment = "<!--";

  struct marker {
    std::string_view kind, name; ///< both empty in a comment for people
  };

  constexpr std::string_view take(std::size_t n) {
    const std::string_view taken = rest_.substr(0, n);
    rest_.remove_prefix(taken.size());
    return taken;
  }

  constexpr bool skip_to_comment() {
    take(rest_.find(comment));
    return !rest_.empty();
  }

  constexpr slot_key take_slot() {
    const bool ready = rest_.starts_with("{{");
    take(ready ? 2 : 1);
    const std::string_view close = ready ? "}}" : "}";
    const std::size_t end = rest_.find(close);
    if (end == rest_.npos) throw std::logic_error("a '{' opens no slot");
    const std::string_view name = take(end);
    take(close.size());
    if (name.empty() || !std::ranges::all_of(name, [](char c) { return c == '_' || (c >= 'a' && c <= 'z'); }))
      throw std::logic_error("a slot's name has small letters and '_' only");
    return {name, ready};
  }

  constexpr marker take_comment() {
    const std::size_t end = rest_.find("-->");
    if (end == rest_.npos) throw std::logic_error("a comment without end");
    std::string_view inner = take(end).substr(comment.size());
    take(3);
    if (rest_.starts_with('\n')) take(1);
    for (; inner.starts_with(' '); inner.remove_prefix(1)) {
    }
    for (; inner.ends_with(' '); inner.remove_suffix(1)) {
    }
    const std::size_t space = std::min(inner.find(' '), inner.size());
    const std::string_view kind = inner.substr(0, space);
    if (kind != "part" && kind != "end") return {};
    return {kind, inner.substr(std::min(space + 1, inner.size()))};
  }

  /// Takes the content of a part up to its end, and the end, too.
  constexpr std::string_view take_part(std::string_view name) {
    const std::string_view from = rest_;
    while (skip_to_comment()) {
      const std::size_t size = from.size() - rest_.size();
      const marker m = take_comment();
      if (m.kind == "end" && m.name == name) return from.substr(0, size);
    }
    throw std::logic_error("a part without end");
  }

  std::string_view rest_;
};

/// The slot that a text consists of. Does not search: GCC 12 with UBSan takes no address of a template's
/// argument for a constant when it is compared with null.
constexpr slot_key only_slot(std::string_view text) {
  const bool ready = text.starts_with("{{");
  const std::size_t brace = ready ? 2 : 1;
  if (text.size() <= 2 * brace || text.front() != '{' || text.back() != '}')
    throw std::logic_error("not a slot");
  return {text.substr(brace, text.size() - 2 * brace), ready};
}

/// All pieces of `source`. The function object `source`, which has no state, returns it.
template <class Source>
consteval auto pieces_of(Source source) {
  constexpr std::size_t n = [] {
    std::size_t count = 0;
    piece_reader reader(Source{}());
    for (source_piece p; reader.next(p);) ++count;
    return count;
  }();
  std::array<source_piece, n> all;
  piece_reader reader(source());
  for (source_piece& p : all) reader.next(p);
  return all;
}

} // namespace invited::handlers

#pragma once

#include "store/resp/reply.hpp"
#include "store/resp/resp_reader.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

namespace invited::test {

/// A value as one readable line: nil, 7, +OK, -ERR x, "bulk", [a, b].
inline std::string show(const store::redis::node& n) {
  using store::redis::kind;
  switch (n.kind()) {
  case kind::nil: return "nil";
  case kind::integer: return std::to_string(n.integer());
  case kind::status: return "+" + std::string(n.text());
  case kind::error: return "-" + std::string(n.text());
  case kind::bulk: return '"' + std::string(n.text()) + '"';
  case kind::array: break;
  }
  std::string out = "[";
  for (const store::redis::node element : n) out += (out.size() > 1 ? ", " : "") + show(element);
  return out + "]";
}

inline std::string show(const store::redis::reply& r) {
  return show(r.root());
}

/// Parses `bytes` as one reply.
inline store::redis::reply parse(std::string_view bytes) {
  store::redis::resp_reader reader;
  store::redis::reply r;
  reader.feed(bytes);
  if (reader.next(r) != store::redis::resp_reader::outcome::reply) throw std::logic_error("not a reply");
  return r;
}

} // namespace invited::test

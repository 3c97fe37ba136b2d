#pragma once

#include "handlers/http/response.hpp"
#include "handlers/text/json_text.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace invited::handlers {

/// A page of a list: `{"<name>":[item,...],"next_cursor":<cursor or null>}`. `append` appends an item's JSON
/// to a string, usually about `usual_size` bytes. An empty `next` means that this is the last page.
template <class Items, class Append>
response json_page(std::string_view name, const Items& items, std::size_t usual_size, Append append,
                   std::string_view next) {
  response out{.content_type = "application/json"};
  out.body.reserve(64 + usual_size * items.size());
  ((out.body += "{\"") += name) += "\":[";
  bool first = true;
  for (const auto& item : items) {
    if (!first) out.body += ',';
    first = false;
    append(out.body, item);
  }
  append_json_member(out.body, R"(],"next_cursor":)", next);
  out.body += '}';
  return out;
}

} // namespace invited::handlers

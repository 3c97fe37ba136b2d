#pragma once

#include "handlers/http/response.hpp"
#include "handlers/text/json_writer.hpp"

#include <cstddef>
#include <string_view>

namespace invited::handlers {

/// A page of a list: `{"<name>":[item,...],"next_cursor":<cursor or null>}`. `write` writes an item to a
/// json_writer as one value, usually about `usual_size` bytes. An empty `next` means that this is the last
/// page.
template <class Items, class Write>
response json_page(std::string_view name, const Items& items, std::size_t usual_size, Write write,
                   std::string_view next) {
  response out{.content_type = "application/json"};
  out.body.reserve(64 + usual_size * items.size());
  json_writer to(out.body);
  to.open_object();
  to.name(name);
  to.open_array();
  for (const auto& item : items) write(to, item);
  to.close_array();
  to.member("next_cursor", next);
  to.close_object();
  return out;
}

} // namespace invited::handlers

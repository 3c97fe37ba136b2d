#include "handlers/http/response.hpp"

#include "handlers/text/byte_scan.hpp"

#include <algorithm>
#include <array>

namespace invited::handlers {

namespace {

constexpr std::size_t usual_fields = 256; // bytes: most answers' fields take one allocation

constexpr bool is_forbidden(char c) {
  return c == '\r' || c == '\n' || c == '\0';
}

/// True for nearly every value. It is false for a few clean ones, such as those with a tab.
bool is_surely_clean(std::string_view value) {
  return byte_scan::run_length(value, [](byte_scan::word w) { return byte_scan::below(w, '\r' + 1); }) ==
         value.size();
}

} // namespace

void response::set_ref(const store::invite_ref& about) {
  std::array<char, store::ref_text_size> text;
  store::write_text(text.data(), about);
  ref = std::string_view(text.data(), text.size());
}

void response::add(std::string_view name, std::string_view value) {
  if (fields.empty()) fields.reserve(usual_fields);
  const std::size_t start = fields.size();
  fields.resize(start + name.size() + value.size() + 4);
  char* to = std::copy(name.begin(), name.end(), fields.data() + start);
  *to++ = ':';
  *to++ = ' ';
  to = is_surely_clean(value) ? std::copy(value.begin(), value.end(), to)
                              : std::remove_copy_if(value.begin(), value.end(), to, is_forbidden);
  *to++ = '\r';
  *to++ = '\n';
  fields.resize(static_cast<std::size_t>(to - fields.data()));
}

} // namespace invited::handlers

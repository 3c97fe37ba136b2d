#include "server/config/option_table.hpp"
#include "server/config/network.hpp"
#include "server/config/urls.hpp"
#include "server/config/values.hpp"

#include <algorithm>
#include <stdexcept>

namespace invited::server {

namespace {

template <class T>
void assign(T& member, T value) {
  member = std::move(value);
}

template <class T>
void assign(std::vector<T>& member, T value) {
  member.push_back(std::move(value));
}

/// Makes one function of a member and a reader for its value.
template <auto Member, auto Read>
parsed<void> set(options& target, std::string_view text) {
  auto value = Read(text);
  if (!value) return value.error();
  assign(target.*Member, std::move(*value));
  return {};
}

constexpr std::int64_t minute = 60;
constexpr std::int64_t day = 86'400;
constexpr std::int64_t ten_years = 3'650 * day;
constexpr std::uint64_t mebibyte = 1024 * 1024; // what the largest body takes

template <class T>
constexpr bool is_list = false;
template <class T>
constexpr bool is_list<std::vector<T>> = true;

constexpr option_entry table[] = {
    {{"config", "FILE", "", "read options from FILE: lines `name = value`, `#` starts a comment"},
     [](options&, std::string_view) -> parsed<void> { return {}; }}, // it is read before all others
#define INVITED_OPTION(member, type, name, kind, fallback, help, ...)                                        \
  {{name, kind, fallback, help, is_list<type>}, set<&options::member, __VA_ARGS__>},
#include "server/config/options.def"
#undef INVITED_OPTION
};

} // namespace

std::span<const option_entry> option_table() {
  return table;
}

std::vector<option_info> serve_options() {
  std::vector<option_info> infos;
  for (const auto& entry : table) infos.push_back(entry.info);
  return infos;
}

const option_info& option_named(std::string_view name) {
  const auto* const found = std::ranges::find(table, name, [](const option_entry& e) { return e.info.name; });
  if (found == std::end(table)) throw std::logic_error("no option " + std::string{name});
  return found->info;
}

} // namespace invited::server

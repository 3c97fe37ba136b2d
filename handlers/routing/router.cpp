#include "handlers/routing/router.hpp"

namespace invited::handlers {

router::shape::shape(std::string_view pattern)
    : before(pattern.substr(0, pattern.find('{'))), is_open(before.size() < pattern.size()) {
  if (is_open) after = pattern.substr(pattern.find('}') + 1);
}

bool router::shape::matches(std::string_view path, std::string_view& param) const {
  if (!is_open) return path == before;
  if (path.size() <= before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after))
    return false;
  param = path.substr(before.size(), path.size() - before.size() - after.size());
  return param.find('/') == param.npos;
}

router::router(route_table table) : table_(std::move(table)) {
  for (const route& r : all()) shapes_.emplace_back(r.pattern);
}

router::match router::find(verb method, std::string_view path) const {
  if (method == verb::head) method = verb::get;
  match m;
  const std::span<const route> routes = all();
  for (std::size_t i = 0; i < routes.size(); ++i) {
    if (routes[i].method != method || !shapes_[i].matches(path, m.param)) continue;
    m.found = &routes[i];
    break;
  }
  return m;
}

std::string router::allow(std::string_view path) const {
  std::string methods;
  std::string_view param;
  const std::span<const route> routes = all();
  for (std::size_t i = 0; i < routes.size(); ++i) {
    if (!shapes_[i].matches(path, param)) continue;
    methods += name_of(routes[i].method);
    methods += routes[i].method == verb::get ? ", HEAD, " : ", ";
  }
  if (!methods.empty()) methods += "OPTIONS";
  return methods;
}

std::string_view name_of(verb method) {
  switch (method) {
  case verb::get: return "GET";
  case verb::head: return "HEAD";
  case verb::post: return "POST";
  case verb::put: return "PUT";
  case verb::del: return "DELETE";
  case verb::options: return "OPTIONS";
  }
  return {};
}

} // namespace invited::handlers

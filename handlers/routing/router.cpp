#include "handlers/routing/router.hpp"

namespace invited::handlers {
namespace {

/// Whether `path` is an instance of `pattern`; `param` is then what its `{...}` stood for.
bool matches(std::string_view pattern, std::string_view path, std::string_view& param) {
  const std::size_t open = pattern.find('{');
  if (open == pattern.npos) return pattern == path;
  const std::string_view before = pattern.substr(0, open), after = pattern.substr(pattern.find('}') + 1);
  if (path.size() <= before.size() + after.size() || !path.starts_with(before) || !path.ends_with(after))
    return false;
  param = path.substr(before.size(), path.size() - before.size() - after.size());
  return param.find('/') == param.npos;
}

} // namespace

router::router(std::vector<route> routes) : routes_(std::move(routes)) {}

router::match router::find(verb method, std::string_view path) const {
  if (method == verb::head) method = verb::get;
  match m;
  for (const route& r : routes_) {
    if (r.method != method || !matches(r.pattern, path, m.param)) continue;
    m.found = &r;
    break;
  }
  return m;
}

std::string router::allow(std::string_view path) const {
  std::string methods;
  std::string_view param;
  for (const route& r : routes_) {
    if (!matches(r.pattern, path, param)) continue;
    methods += name_of(r.method);
    methods += r.method == verb::get ? ", HEAD, " : ", ";
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

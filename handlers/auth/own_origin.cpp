#include "handlers/auth/own_origin.hpp"

#include "store/base/ascii.hpp"

namespace invited::handlers {
namespace {

/// Host and port, without a default or empty port (RFC 3986 §6.2.3).
std::string_view without_default_port(std::string_view authority, std::string_view scheme) {
  const std::string_view usual = scheme == "https" ? ":443" : ":80";
  if (authority.ends_with(usual)) return authority.substr(0, authority.size() - usual.size());
  if (authority.ends_with(':')) authority.remove_suffix(1);
  return authority;
}

} // namespace

bool is_own_origin(std::string_view origin, std::string_view host, std::string_view base_url) {
  constexpr std::string_view separator = "://";
  const std::string_view scheme = base_url.substr(0, base_url.find(':'));
  if (!origin.starts_with(scheme)) return false;
  origin.remove_prefix(scheme.size());
  if (!origin.starts_with(separator)) return false;
  origin = without_default_port(origin.substr(separator.size()), scheme);
  if (origin.empty()) return false;

  std::string_view known = base_url.substr(scheme.size() + separator.size());
  known = known.substr(0, known.find('/'));
  return store::equal_ignoring_case(origin, without_default_port(known, scheme)) ||
         store::equal_ignoring_case(origin, without_default_port(host, scheme));
}

} // namespace invited::handlers

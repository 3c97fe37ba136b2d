#pragma once

#include <string>
#include <string_view>

namespace invited::handlers {

/// What a page may do, as its Content-Security-Policy says: have its style, and whatever is named here.
struct page_policy {
  std::string_view form_action = "'none'"; ///< where its forms may lead, also by redirects
  bool session_script = false;             ///< runs the script of /assessment, which asks this server
};

std::string policy_text(const page_policy& allowed);

/// A CSP source that allows an inline style or script of exactly this text (CSP 3 §2.3.1): 'sha256-…'.
std::string hash_source(std::string_view text);

} // namespace invited::handlers

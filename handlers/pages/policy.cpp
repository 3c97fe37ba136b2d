#include "handlers/pages/policy.hpp"

#include "handlers/assets/asset.hpp"
#include "store/crypto/base64url.hpp"
#include "store/crypto/digest.hpp"

#include <algorithm>

namespace invited::handlers {

std::string hash_source(std::string_view text) {
  // CSP allows base64url, too, but not every tool that checks a policy does. 32 bytes leave one '='.
  std::string hash = store::base64url::encode(store::sha256({store::as_bytes(text)}));
  std::ranges::replace(hash, '-', '+');
  std::ranges::replace(hash, '_', '/');
  return "'sha256-" + hash + "='";
}

std::string policy_text(const page_policy& allowed) {
  static const std::string style = hash_source(assets::page_style);
  static const std::string script = hash_source(assets::assessment_script);
  std::string text = "default-src 'none'; style-src " + style + "; img-src data:; ";
  if (allowed.session_script) text += "script-src " + script + "; connect-src 'self'; ";
  return text.append("base-uri 'none'; frame-ancestors 'none'; form-action ").append(allowed.form_action);
}

} // namespace invited::handlers

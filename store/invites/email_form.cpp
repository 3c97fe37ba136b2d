#include "store/invites/email_form.hpp"

#include "store/base/ascii.hpp"
#include "store/base/unicode.hpp"

#include <memory>

#include <idn2.h>

namespace invited::store {
namespace {

std::string domain_form(std::string_view domain) {
  if (is_ascii(domain)) return ascii_lower(domain);
  char* made = nullptr;
  const int failed =
      idn2_to_ascii_8z(std::string(domain).c_str(), &made, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  const std::unique_ptr<char, void (*)(void*)> owned(made, idn2_free);
  return ascii_lower(failed != IDN2_OK ? domain : std::string_view(made));
}

} // namespace

std::string email_form(std::string_view email) {
  if (is_ascii(email)) return ascii_lower(email);
  const std::size_t at = email.rfind('@');
  if (at == email.npos) return ascii_lower(email);
  const std::string_view local = email.substr(0, at);
  std::string out = is_ascii(local) ? ascii_lower(local) : folded(local);
  out += '@';
  out += domain_form(email.substr(at + 1));
  return out;
}

std::string older_email_form(std::string_view email) {
  return ascii_lower(email);
}

} // namespace invited::store

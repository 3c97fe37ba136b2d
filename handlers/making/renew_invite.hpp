#pragma once

#include "handlers/auth/staff_endpoint.hpp"
#include "handlers/making/creation_replies.hpp"
#include "handlers/providers/provider_terms.hpp"
#include "handlers/values/create_rules.hpp"
#include "store/invites/invites.hpp"

#include <optional>
#include <string>

namespace invited::handlers {

/// POST /invites/{ref}/renew: a new link for the same patient, on the same terms but for those that the body
/// names (expires_in, locale, external_id). It replaces an invite that is pending or has expired. It answers
/// and charges as a create does, including Idempotency-Key.
class renew_invite final : public staff_endpoint {
public:
  /// References must outlive the object; all are this core's.
  renew_invite(creation_judge& judge, const creation_replies& replies, store::invites& invites,
               provider_terms& terms, const create_rules& rules)
      : judge_(judge), replies_(replies), invites_(invites), terms_(terms), rules_(rules) {}
  task<response> handle(request& r, const principal& who) override;

private:
  /// What the caller wishes, checked.
  struct wish {
    std::string idempotency_key; ///< empty: none
    std::optional<std::chrono::milliseconds> lives;
    std::string locale;           ///< empty: as before
    std::string_view external_id; ///< the same; a view into the body
  };
  step<wish> read(const request& r) const;

  creation_judge& judge_;
  const creation_replies& replies_;
  store::invites& invites_;
  provider_terms& terms_;
  const create_rules& rules_;
};

} // namespace invited::handlers

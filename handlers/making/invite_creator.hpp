#pragma once

#include "handlers/answers/answer.hpp"
#include "handlers/http/request.hpp"
#include "handlers/making/create_input.hpp"
#include "handlers/making/creation_judge.hpp"
#include "handlers/providers/provider_terms.hpp"
#include "handlers/tokens/principal.hpp"
#include "store/async/task.hpp"
#include "store/invites/invites.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// What new invites get unless their creator or their provider's settings say otherwise.
struct create_policy {
  create_rules rules;
  create_terms usual;
};

/// Makes invites from checked input. POST /generate_invite uses it once, and a bulk call for each row. One
/// object a core.
class invite_creator {
public:
  /// References must outlive the object; all are this core's.
  invite_creator(creation_judge& judge, store::invites& invites, provider_terms& terms, create_rules rules);

  const create_rules& rules() const { return rules_; }

  /// `idempotency_key` may be empty: no key. `route` is part of the key's scope. Everything except the key
  /// must live until the task is done.
  task<creation_result> make(const create_input& input, const principal& who, const store::audit_actor& actor,
                             std::string_view route, std::string_view idempotency_key);

private:
  creation_judge& judge_;
  store::invites& invites_;
  provider_terms& terms_;
  create_rules rules_;
};

/// Reads what a request that makes invites has besides its body: it must have a JSON media type, and may have
/// an Idempotency-Key, which is the result (empty: there is none).
step<std::string> read_creation_fields(const request& r);

} // namespace invited::handlers

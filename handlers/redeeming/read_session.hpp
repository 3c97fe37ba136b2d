#pragma once

#include "handlers/http/endpoint.hpp"
#include "handlers/tokens/session_token.hpp"
#include "store/invites/invites.hpp"

namespace invited::handlers {

/// GET /session: the patient who redeemed, for the assessment that holds the session token. 401 after the
/// session has ended.
class read_session final : public endpoint {
public:
  /// References must outlive the object; both are this core's.
  read_session(store::invites& invites, session_tokens& tokens);
  task<response> handle(request& r) override;

private:
  store::invites& invites_;
  session_tokens& tokens_;
};

} // namespace invited::handlers

#pragma once

#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "handlers/making/creation_judge.hpp"
#include "store/invites/invites.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace invited::handlers {

/// Writes the answers to calls that make invites. One object a core, but constant: any thread may use it.
class creation_replies {
public:
  /// `base_url` is without a trailing slash.
  explicit creation_replies(std::string_view base_url);

  /// The answer to a call about one invite.
  response answer_to(const creation_result& m, const request& r, std::string_view provider_id) const;

  /// Appends what the answer says about a new invite: four members, from "invite_id" on, without braces.
  void append_made(std::string& out, const store::created_invite& invite) const;

private:
  response made(const store::created_invite& invite) const;

  /// What append_made() appends, with blanks for the texts that differ for each invite, and the places of
  /// these blanks.
  std::string form_;
  std::size_t id_at_, link_at_, ref_at_, expiry_at_;
};

} // namespace invited::handlers

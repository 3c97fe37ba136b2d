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

  /// Writes what the answer says about a new invite: four members of the open object, from "invite_id" on.
  void write_made(json_writer& to, const store::created_invite& invite) const;

private:
  response made(const store::created_invite& invite) const;

  std::string links_; ///< what every link begins with

  /// The answer about some invite. A create is the hot path, so made() copies this and writes over the texts
  /// that differ for each invite, at these places.
  std::string form_;
  std::size_t id_at_, link_at_, ref_at_, expiry_at_;
};

} // namespace invited::handlers

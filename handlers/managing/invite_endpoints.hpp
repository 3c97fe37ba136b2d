#pragma once

#include "handlers/auth/staff_endpoint.hpp"
#include "handlers/values/managed_ref.hpp"
#include "store/invites/invites.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// GET /invites/{ref}: one invite, without its link.
class read_invite final : public staff_endpoint {
public:
  /// Here and below, `invites` must outlive the object and is this core's.
  explicit read_invite(store::invites& invites) : invites_(invites) {}
  task<response> handle(request& r, const principal& who) override;

private:
  store::invites& invites_;
};

/// GET /invites/{ref}/link: the link again, for people (a portal has its own copy), and only while it works.
class read_link final : public staff_endpoint {
public:
  /// `base_url` is without a trailing slash.
  read_link(store::invites& invites, std::string base_url)
      : invites_(invites), base_url_(std::move(base_url)) {}
  task<response> handle(request& r, const principal& who) override;

private:
  store::invites& invites_;
  std::string base_url_;
};

/// POST /invites/{ref}/revoke and /end_session, DELETE /invites/{ref} (erase).
class end_invite final : public staff_endpoint {
public:
  end_invite(store::invites& invites, store::ending act) : invites_(invites), act_(act) {}
  task<response> handle(request& r, const principal& who) override;

private:
  store::invites& invites_;
  store::ending act_;
};

/// POST /invites/{ref}/clear_asked: ticks off that the patient has asked for a new link.
class clear_asked final : public staff_endpoint {
public:
  explicit clear_asked(store::invites& invites) : invites_(invites) {}
  task<response> handle(request& r, const principal& who) override;

private:
  store::invites& invites_;
};

} // namespace invited::handlers

#pragma once

#include "handlers/assets/asset.hpp"
#include "handlers/http/endpoint.hpp"

namespace invited::handlers {

/// GET /, /invite, /sign-in, /password: the shell of a page of the staff's. It is the same for everybody:
/// what there is to see, its script asks the API for.
class staff_page final : public endpoint {
public:
  explicit staff_page(const assets::asset& shell) : shell_(shell) {}
  task<response> handle(request& r) override;

private:
  const assets::asset& shell_;
};

/// GET /assets/{file}: what those pages need. Its name carries a hash of its content, so it is kept for good.
class page_file final : public endpoint {
public:
  task<response> handle(request& r) override;
};

} // namespace invited::handlers

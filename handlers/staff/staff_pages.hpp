#pragma once

#include "handlers/assets/asset.hpp"
#include "handlers/http/endpoint.hpp"
#include "handlers/service/packed_files.hpp"

namespace invited::handlers {

/// GET /, /invite, /sign-in, /password: the shell of a staff page. It is the same for everybody; its script
/// asks the API for the content.
class staff_page final : public endpoint {
public:
  explicit staff_page(const assets::asset& shell) : shell_(shell) {}
  task<response> handle(request& r) override;

private:
  const assets::asset& shell_;
};

/// GET /assets/{file}: the files of those pages. A name has a hash of the file's content, so clients keep the
/// file for good.
class page_file final : public endpoint {
public:
  task<response> handle(request& r) override;

private:
  packed_files files_{assets::page_files(), keeping::forever};
};

} // namespace invited::handlers

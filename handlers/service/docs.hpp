#pragma once

#include "handlers/http/endpoint.hpp"
#include "handlers/service/packed_files.hpp"

namespace invited::handlers {

/// GET /docs: a page to read the OpenAPI document and try the calls. Everything comes from this server,
/// because its policy allows nothing else.
class show_docs final : public endpoint {
public:
  task<response> handle(request& r) override;
};

/// GET /docs/{file}: the files of that page.
class docs_file final : public endpoint {
public:
  task<response> handle(request& r) override;

private:
  packed_files files_{assets::docs_files(), keeping::ask_again};
};

} // namespace invited::handlers

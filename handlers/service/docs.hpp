#pragma once

#include "handlers/http/endpoint.hpp"

namespace invited::handlers {

/// GET /docs: a page to read the OpenAPI document and try the calls. Everything comes from this server,
/// because its policy allows nothing else.
class show_docs final : public endpoint {
public:
  task<response> handle(request& r) override;
};

/// GET /docs/{file}: the files of that page. They are kept only compressed, as every browser accepts them;
/// other clients get 406.
class docs_file final : public endpoint {
public:
  task<response> handle(request& r) override;
};

} // namespace invited::handlers

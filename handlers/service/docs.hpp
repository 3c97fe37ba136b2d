#pragma once

#include "handlers/http/endpoint.hpp"

namespace invited::handlers {

/// GET /docs: the OpenAPI document, to read and to try. Everything comes from this server: its policy allows
/// nothing else.
class show_docs final : public endpoint {
public:
  task<response> handle(request& r) override;
};

/// GET /docs/{file}: what that page needs. Kept compressed only, as any browser takes it; 406 for whoever
/// does not.
class docs_file final : public endpoint {
public:
  task<response> handle(request& r) override;
};

} // namespace invited::handlers

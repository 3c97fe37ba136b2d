#include "handlers/endpoints/assessment.hpp"

#include "handlers/pages.hpp"

namespace invited::handlers {

boost::asio::awaitable<response> assessment::handle(request&) {
  co_return assessment_page();
}

} // namespace invited::handlers

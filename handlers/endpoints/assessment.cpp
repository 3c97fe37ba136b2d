#include "handlers/endpoints/assessment.hpp"

#include "handlers/pages.hpp"

namespace invited::handlers {

task<response> assessment::handle(request&) {
  co_return assessment_page();
}

} // namespace invited::handlers

#include "handlers/redeeming/assessment.hpp"

#include "handlers/pages/assessment_page.hpp"

namespace invited::handlers {

task<response> assessment::handle(request& r) {
  co_return assessment_page(language_for(r));
}

} // namespace invited::handlers

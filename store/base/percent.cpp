#include "store/base/percent.hpp"

#include <boost/url/pct_string_view.hpp>

namespace invited::store {

std::optional<std::string> percent_decode(std::string_view text) {
  const auto encoded = boost::urls::make_pct_string_view(text);
  if (!encoded) return std::nullopt;
  return encoded->decode();
}

} // namespace invited::store

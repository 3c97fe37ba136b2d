#include "handlers/http/accept.hpp"

#include "handlers/http/list_text.hpp"
#include "handlers/text/charset.hpp"

#include <algorithm>
#include <optional>

namespace invited::handlers {

namespace {

/// Weight in thousandths (RFC 9110 §12.4.2: at most 1, at most three decimals); -1 if it is not a weight.
int read_weight(std::string_view text) {
  constexpr charset digits("0-9");
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return -1;
  if (text.size() > 1 && text[1] != '.') return -1;
  const std::string_view decimals = text.size() > 2 ? text.substr(2) : std::string_view();
  if (!digits.holds_all(decimals)) return -1;
  int weight = text[0] - '0';
  for (std::size_t i = 0; i < 3; ++i) weight = weight * 10 + (i < decimals.size() ? decimals[i] - '0' : 0);
  return weight <= 1000 ? weight : -1;
}

struct media_range {
  std::string_view type;
  int weight = 1000; ///< -1: unreadable
};

media_range read_range(std::string_view element) {
  media_range range;
  range.type = take_until(';', element);
  while (!element.empty()) {
    const std::string_view parameter = take_until(';', element);
    if (parameter.size() >= 2 && (parameter[0] == 'q' || parameter[0] == 'Q') && parameter[1] == '=')
      range.weight = read_weight(parameter.substr(2));
  }
  return range;
}

bool is_language(std::string_view range, std::string_view language) {
  return equals_ignoring_case(range.substr(0, range.find('-')), language);
}

/// The weight that a field gives to one language, and where it says so.
struct wish {
  int weight = 0;
  std::size_t place = 0;
};

wish wish_for(std::string_view language, std::string_view field) {
  wish named, any;
  bool is_named = false;
  for (std::size_t place = 0; !field.empty(); ++place) {
    const media_range range = read_range(take_until(',', field));
    if (is_language(range.type, language)) {
      is_named = is_named || range.weight >= 0;
      if (range.weight > named.weight) named = {range.weight, place};
    } else if (range.type == "*" && range.weight > any.weight) {
      any = {range.weight, place};
    }
  }
  return is_named ? named : any;
}

} // namespace

answer_type negotiate(std::string_view field) {
  int html = 0, any_text = 0;
  // The most specific range that covers JSON decides its weight (§12.5.1): exact, application/*, */*.
  int json = 0;
  int json_precision = 0;
  const auto covers_json = [&](int precision, int weight) {
    if (precision < json_precision) return;
    json = precision == json_precision ? std::max(json, weight) : weight;
    json_precision = precision;
  };

  while (!field.empty()) {
    const media_range range = read_range(take_until(',', field));
    if (range.weight < 0) continue;
    if (equals_ignoring_case(range.type, "text/html") ||
        equals_ignoring_case(range.type, "application/xhtml+xml")) {
      html = std::max(html, range.weight);
    } else if (equals_ignoring_case(range.type, "text/*")) {
      any_text = std::max(any_text, range.weight);
    } else if (equals_ignoring_case(range.type, "application/json")) {
      covers_json(3, range.weight);
    } else if (equals_ignoring_case(range.type, "application/*")) {
      covers_json(2, range.weight);
    } else if (range.type == "*/*") {
      covers_json(1, range.weight);
    }
  }
  return (html > 0 && html >= json) || any_text > json ? answer_type::html : answer_type::json;
}

bool takes_gzip(std::string_view field) {
  std::optional<int> gzip;
  int any = 0;
  while (!field.empty()) {
    const media_range range = read_range(take_until(',', field));
    if (equals_ignoring_case(range.type, "gzip") || equals_ignoring_case(range.type, "x-gzip")) {
      gzip = range.weight;
    } else if (range.type == "*") {
      any = range.weight;
    }
  }
  return gzip.value_or(any) > 0;
}

std::optional<std::size_t> best_language(std::string_view field, std::span<const std::string_view> offered) {
  std::optional<std::size_t> best;
  wish most;
  for (std::size_t i = 0; i < offered.size(); ++i) {
    const wish here = wish_for(offered[i], field);
    if (here.weight == 0) continue;
    if (best && (here.weight < most.weight || (here.weight == most.weight && here.place >= most.place)))
      continue;
    best = i;
    most = here;
  }
  return best;
}

} // namespace invited::handlers

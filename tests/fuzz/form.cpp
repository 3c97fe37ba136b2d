#include "handlers/fields/form.hpp"
#include "handlers/redeeming/redeem_input.hpp"
#include "handlers/staff/sign_in_input.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/body.hpp"

#include <array>
#include <string>

using namespace invited;
using namespace invited::handlers;
using namespace invited::fuzz;

namespace {

constexpr std::array<field_rule, 3> rules{
    {{.name = "a", .required = true}, {.name = "b"}, {.name = "n", .kind = field_kind::integer}}};

struct read_fields {
  std::string storage;
  std::array<field_value, rules.size()> values{};
  std::vector<field_error> errors;
  bool good;

  explicit read_fields(std::string_view query)
      : good(read_query(query, storage, rules, values, errors).has_value()) {}
};

} // namespace

/// Forms and query strings. What was read, and is written again, is read as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  const read_fields first(text);
  handlers::test::body form(text), grant(text), redeem(text);
  std::array<field_value, rules.size()> values{};
  std::vector<field_error> errors;
  demand(first.good == read_form(form, rules, values, errors).has_value(), "a form is read as a query is");
  static_cast<void>(read_password_grant(grant));
  request r;
  r.fields[static_cast<std::size_t>(field::content_type)] = "application/x-www-form-urlencoded";
  r.body = redeem;
  static_cast<void>(read_redeem(r));
  if (!first.good) return 0;

  std::string again;
  for (std::size_t i = 0; i < 2; ++i)
    if (first.values[i].good())
      again.append(rules[i].name).append("=").append(escaped(first.values[i].text)) += '&';
  const read_fields second(again);
  demand(second.good, "what was escaped can be read");
  for (std::size_t i = 0; i < 2; ++i) {
    demand(first.values[i].text == second.values[i].text, "what was escaped is read the same");
    demand(first.values[i].text == values[i].text, "a form has a query's values");
  }
  return 0;
}

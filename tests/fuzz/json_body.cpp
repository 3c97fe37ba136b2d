#include "handlers/fields/json_object.hpp"
#include "handlers/fields/json_rows.hpp"
#include "handlers/making/create_input.hpp"
#include "handlers/providers/provider_input.hpp"
#include "handlers/redeeming/redeem_input.hpp"
#include "handlers/staff/sign_in_input.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/body.hpp"

using namespace invited;
using namespace invited::handlers;
using namespace invited::fuzz;

namespace {

const create_rules rules{.ttl_min = std::chrono::minutes{1},
                         .ttl_max = std::chrono::days{30},
                         .default_region = "US",
                         .clock = [] { return std::int64_t{1'800'000'000}; }};

template <class T>
void demand_proper(const result<T>& read) {
  if (read) return;
  const problem& p = read.error();
  demand(p.status == 400 || p.status == 422 || p.status == 415, "a refusal is the caller's fault");
  demand(!p.code.empty() && (p.status == 422) == !p.errors.empty(), "a refusal says why");
}

} // namespace

/// Every body in JSON, of one object and of rows. An array with one body is judged like that body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  handlers::test::body one(text), settings(text), sign_in(text), sign_out(text), redeem(text), rows(text);
  const auto create = read_create(one, rules);
  demand_proper(create);
  demand_proper(read_provider_settings(settings, "clinic-1", rules));
  demand_proper(read_credentials(sign_in));
  demand_proper(read_sign_out(sign_out));
  request r;
  r.fields[static_cast<std::size_t>(field::content_type)] = "application/json";
  r.body = redeem;
  demand_proper(read_redeem(r));
  json_rows many(create_fields);
  demand_proper(many.read(rows, 1000));

  handlers::test::body wrapped('[' + std::string(text) + ']');
  json_rows row(create_fields);
  const auto read = row.read(wrapped, 1);
  if (!create && create.error().status == 400) return 0; // "1,2" is not one text, but it is two rows
  if (!read && read.error().status == 400) return 0;     // one level too deep
  demand(read && row.size() == 1, "an array of one object is one row");
  create_input again;
  check_create(row.values(0), rules, again, row.errors(0));
  demand((create ? 0 : create.error().errors.size()) == row.errors(0).size(), "a row is judged as a body is");
  demand(!create || (create->email == again.email && create->external_id == again.external_id),
         "a row is read as a body is");
  demand(!create || !(create->email.empty() && create->phone.empty()),
         "there is an e-mail address or a phone");
  return 0;
}

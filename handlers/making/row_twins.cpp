#include "handlers/making/row_twins.hpp"

#include "store/base/ascii.hpp"

namespace invited::handlers {

std::optional<std::size_t> row_twins::first_before(const create_input& row, std::size_t index) {
  std::string patient = row.email.empty() ? row.phone : store::ascii_lower(row.email);
  for (const std::string_view part : {row.provider_id, row.first_name, row.last_name})
    patient.append(1, '\0').append(part); // no part holds a NUL
  const auto [first, is_new] = first_.try_emplace(std::move(patient), index);
  return is_new ? std::nullopt : std::optional(first->second);
}

} // namespace invited::handlers

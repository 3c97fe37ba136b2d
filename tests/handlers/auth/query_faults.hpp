#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/tokens/principal.hpp"
#include "tests/handlers/fields/body.hpp"

#include <boost/test/unit_test.hpp>

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace invited::handlers::test {

/// A caller whose token is valid for these providers. With none it is an admin.
inline principal speaks_for(std::vector<std::string> providers) {
  principal who;
  who.providers = std::move(providers);
  return who;
}

/// "/limit out_of_range" for each wrong field; for a query that is wrong as a whole, its code.
inline std::vector<std::string> faults_of(const result<void>& read) {
  std::vector<std::string> found;
  if (read) return found;
  const problem& p = read.error();
  if (p.errors.empty()) found.emplace_back(p.code);
  for (const field_error& e : p.errors) found.push_back(e.pointer + ' ' + std::string(e.code));
  return found;
}

/// A query, and the only thing that is wrong with it.
struct query_fault {
  std::string query, fault;
};

/// Each query has its fault and no other. `read(query)` reads it for a caller with one provider.
template <class Read>
void check_faults(std::span<const query_fault> rows, Read read) {
  for (const query_fault& row : rows) {
    BOOST_TEST_CONTEXT(row.query) {
      const std::vector<std::string> found = faults_of(read(row.query));
      BOOST_REQUIRE(found.size() == 1u);
      BOOST_TEST(found.front() == row.fault);
    }
  }
}

} // namespace invited::handlers::test

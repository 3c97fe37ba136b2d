#pragma once

#include "bench/generator/answer.hpp"
#include "bench/generator/client.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace invited::bench {

// Each function judges an answer for `op` of `c`. It notes a refused (429, 503) or wrong answer there, and
// returns what a good answer holds.

/// Whether the answer has that status. 429 and 503, from a limit or the store, are refusals; every other
/// status is wrong. Without an answer nothing is judged.
bool expect(client& c, std::size_t op, const answer& a, unsigned status);

/// The invite_id of a new invite; the answer must be a whole and consistent one. `minimal`: the original
/// contract.
std::optional<std::string> judge_created(client& c, std::size_t op, const answer& a, bool minimal);

/// How many rows of a bulk answer were created. The answer must have `rows` rows, each of them right.
std::size_t judge_bulk(client& c, std::size_t op, const answer& a, std::size_t rows);

bool judge_viewed(client& c, std::size_t op, const answer& a, std::string_view state);

/// The answer must open the invite of the patient with that e-mail.
bool judge_redeemed(client& c, std::size_t op, const answer& a, std::string_view email, bool minimal);

bool judge_listed(client& c, std::size_t op, const answer& a, std::string_view provider);
bool judge_analytics(client& c, std::size_t op, const answer& a, std::string_view provider);

/// The answer must be a problem document with this code.
bool judge_problem(client& c, std::size_t op, const answer& a, unsigned status, std::string_view code);

} // namespace invited::bench

#pragma once

#include "bench/generator/answer.hpp"
#include "bench/generator/client.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace invited::bench {

// Each judges an answer for `op` of `c`: notes it as refused (429, 503) or wrong there, and returns what it
// is good for.

/// Whether it has that status. What the store or a limit may say (429, 503) is a refusal, all else is wrong;
/// without any answer nothing can be judged.
bool expect(client& c, std::size_t op, const answer& a, unsigned status);

/// The invite_id of a new invite; the answer must be a whole and consistent one. `minimal`: the original
/// contract.
std::optional<std::string> judge_created(client& c, std::size_t op, const answer& a, bool minimal);

/// How many rows of a bulk answer were made; there must be `rows` of them, each right by itself.
std::size_t judge_bulk(client& c, std::size_t op, const answer& a, std::size_t rows);

bool judge_viewed(client& c, std::size_t op, const answer& a, std::string_view state);

/// It must open the invite of the patient with that e-mail.
bool judge_redeemed(client& c, std::size_t op, const answer& a, std::string_view email, bool minimal);

bool judge_listed(client& c, std::size_t op, const answer& a, std::string_view provider);
bool judge_analytics(client& c, std::size_t op, const answer& a, std::string_view provider);

/// A problem document with this code.
bool judge_problem(client& c, std::size_t op, const answer& a, unsigned status, std::string_view code);

} // namespace invited::bench

#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "handlers/pages/problem_page.hpp"

#include <chrono>

namespace invited::handlers {

/// When a client should try again after a 503: long enough for a reconnect, short enough for a waiting
/// person.
inline constexpr std::chrono::milliseconds store_retry{1000};

/// 503 `busy`: too much work waits for the worker threads.
problem busy();

/// Answers `r` with a problem, and with the fields that its status requires: Retry-After for 503. It is a
/// page for whoever asks for HTML, as browsers do when they go to an address, and otherwise problem+json. It
/// is problem+json also for programs that claim to want HTML, as Java's do by default: they have a token or
/// send JSON.
response answer(const problem& p, const request& r);

/// The same, always as a page.
response answer_page(const problem& p, const request& r, const problem_subject& about = {});

} // namespace invited::handlers

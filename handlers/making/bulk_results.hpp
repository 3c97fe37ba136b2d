#pragma once

#include "handlers/making/create_answers.hpp"

#include <cstddef>
#include <string>

namespace invited::handlers {

/// The answer to a bulk call, written as its rows are done.
class bulk_results {
public:
  /// `answers` outlives the object. Room is made for `rows`.
  bulk_results(const create_answers& answers, std::size_t rows);

  /// The next row's.
  void add(const making& m);

  /// The whole, once.
  response take();

private:
  void append_failed(const making& m);

  const create_answers& answers_;
  std::string rows_;
  std::size_t created_ = 0;
  std::size_t failed_ = 0;
  bool replayed_ = false; ///< at least one row
};

} // namespace invited::handlers

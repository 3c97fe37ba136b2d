#pragma once

#include "handlers/making/creation_replies.hpp"

#include <cstddef>
#include <string>

namespace invited::handlers {

/// The answer to a bulk call, written as its rows are done.
class bulk_results {
public:
  /// `answers` outlives the object. Room is made for `rows`.
  bulk_results(const creation_replies& replies, std::size_t rows);

  /// The next row's.
  void add(const creation_result& m);

  /// The whole, once.
  response take();

private:
  void append_failed(const creation_result& m);

  const creation_replies& replies_;
  std::string rows_;
  std::size_t created_ = 0;
  std::size_t failed_ = 0;
  bool replayed_ = false; ///< at least one row
};

} // namespace invited::handlers

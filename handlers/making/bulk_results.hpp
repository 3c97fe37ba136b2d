#pragma once

#include "handlers/making/creation_replies.hpp"
#include "handlers/text/json_writer.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace invited::handlers {

/// The answer to a bulk call. It is written while the rows are done.
class bulk_results {
public:
  /// `replies` must outlive the object. It makes room for `rows`.
  bulk_results(const creation_replies& replies, std::size_t rows);

  /// Adds the next row. `twin` is an earlier row for the same patient: a made one warns of it.
  void add(const creation_result& m, std::optional<std::size_t> twin = {});

  /// The whole answer. Call it once.
  response take();

private:
  void write_failed(const creation_result& m);
  void write_warning(std::size_t twin);

  const creation_replies& replies_;
  std::string rows_; ///< apart from the rest, because the counts come first
  json_writer to_{rows_};
  std::size_t created_ = 0;
  std::size_t failed_ = 0;
  bool replayed_ = false; ///< at least one row
};

} // namespace invited::handlers

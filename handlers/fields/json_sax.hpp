#pragma once

#include "handlers/http/problem.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace invited::handlers {

enum class json_kind : std::uint8_t { null, boolean, number, string, object, array };

/// Receives a JSON text in document order. Every view points into the parsed buffer and lives as long as that
/// does.
class json_events {
public:
  virtual void key(std::string_view name) = 0; ///< decoded
  /// null, boolean, number or string; `text` is the decoded string, or the number as written.
  virtual void scalar(json_kind kind, std::string_view text) = 0;
  virtual void open(json_kind kind) = 0; ///< object or array
  virtual void close() = 0;

protected:
  ~json_events() = default;
};

/// The deepest nesting that is read; a flat object has 1.
inline constexpr unsigned deepest_json = 8;

/// Parses `text` in place (RFC 8259); text.data()[text.size()] must be '\0' unless `text` is empty. The
/// buffer is changed. Allocates nothing unless there is a problem: 400 `malformed_json`, whose detail says
/// where and why. The caller must ignore the events that came before the problem.
result<void> parse_json(std::span<char> text, json_events& events);

} // namespace invited::handlers

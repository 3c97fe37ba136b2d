#pragma once

#include "handlers/fields/json_sax.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace invited::handlers {

/// A member of a token's header or payload.
struct token_member {
  std::string_view name;
  json_kind kind = json_kind::null;
  std::string_view text{};               ///< of a string, decoded; of a number, as written
  std::vector<std::string_view> items{}; ///< of an array: its strings, in order
  bool only_strings = true;              ///< of an array: it holds only strings

  bool is_text() const { return kind == json_kind::string; }

  /// A number without fraction and exponent that fits; otherwise nothing.
  std::optional<std::int64_t> whole() const;

  /// A number that a double can hold; otherwise nothing.
  std::optional<double> number() const;
};

/// The JSON object of a token's header or payload (RFC 7519 §7.2). Its bytes may come from a stranger,
/// because they are read before any signature is checked. Used once. Not movable, because members view its
/// text.
class token_object final : private json_events {
public:
  token_object() = default;
  token_object(const token_object&) = delete;
  token_object& operator=(const token_object&) = delete;

  /// False for everything that two readers could understand differently: anything but one object, bad UTF-8,
  /// lone surrogates, NUL, duplicate members at any depth. Also false for what only an attack needs: more
  /// than `deepest_json` levels, or more than `most_members` in an object.
  bool read(std::string_view json);

  /// The member; null if there is none. Valid as long as this object.
  const token_member* find(std::string_view name) const;

  static constexpr std::size_t most_members = 100; ///< few, because they are compared pairwise

private:
  void key(std::string_view name) override;
  void scalar(json_kind kind, std::string_view text) override;
  void open(json_kind kind) override;
  void close() override;
  void take(json_kind kind, std::string_view text);

  std::string text_;
  std::vector<token_member> members_;
  std::array<std::vector<std::string_view>, deepest_json> names_; ///< of the open objects
  std::size_t depth_ = 0;
  bool good_ = true;
};

} // namespace invited::handlers

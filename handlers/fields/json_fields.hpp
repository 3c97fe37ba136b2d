#pragma once

#include "handlers/fields/fields.hpp"
#include "handlers/fields/json_sax.hpp"

namespace invited::handlers {

/// Reads one object by its table: fills `values` (one for each rule, in the same order) and notes every
/// error. Fields may be objects of such fields, but no deeper. It takes the object's events from open() to
/// close(), so a reader of arrays can pass each row to such an object. For something that is not an object,
/// it notes `wrong_type` for the whole.
class json_fields final : public json_events {
public:
  /// All three must outlive this object; `values` must be fresh and as many as `rules`.
  json_fields(std::span<const field_rule> rules, std::span<field_value> values,
              std::vector<field_error>& errors)
      : rules_(rules), values_(values), errors_(errors) {}

  void key(std::string_view name) override;
  void scalar(json_kind kind, std::string_view text) override;
  void open(json_kind kind) override;
  void close() override;

private:
  bool is_reading() const;
  std::string_view within() const;
  void refuse_whole(json_kind found);
  bool take(json_kind kind, std::string_view text);
  void note_wrong_type(const field_rule& rule, json_kind found);

  std::span<const field_rule> rules_;
  std::span<field_value> values_;
  std::vector<field_error>& errors_;
  unsigned depth_ = 0;
  std::size_t current_ = 0;           ///< the rule of the last key; rules_.size(): skip its value
  const field_rule* inner_ = nullptr; ///< the declared object that is open at depth 2
  bool not_object_ = false;
};

} // namespace invited::handlers

#include "handlers/input/json_fields.hpp"

#include <utility>

namespace invited::handlers {

namespace {

std::string_view called(json_kind kind) {
  switch (kind) {
  case json_kind::null: return "null";
  case json_kind::boolean: return "a boolean";
  case json_kind::number: return "a number";
  case json_kind::string: return "a string";
  case json_kind::object: return "an object";
  default: return "an array";
  }
}

} // namespace

void json_fields::key(std::string_view name) {
  if (depth_ != 1 || not_object_) return;
  current_ = find_rule(rules_, name);
  if (current_ == rules_.size()) {
    note_unknown(errors_, name);
    return;
  }
  if (values_[current_].seen) {
    note_duplicate(errors_, name);
    current_ = rules_.size(); // the first value stands; the call is refused anyway
    return;
  }
  values_[current_].seen = true;
}

void json_fields::scalar(json_kind kind, std::string_view text) {
  if (depth_ == 0) refuse_whole(kind);
  if (depth_ == 1 && !not_object_) take(kind, text);
}

void json_fields::open(json_kind kind) {
  if (depth_ == 0 && kind != json_kind::object) refuse_whole(kind);
  if (depth_ == 1 && !not_object_) take(kind, {});
  ++depth_;
}

void json_fields::close() {
  --depth_;
  if (depth_ == 0 && !not_object_) note_missing(rules_, values_, errors_);
}

void json_fields::refuse_whole(json_kind found) {
  not_object_ = true;
  std::string message = "This must be an object, not ";
  message += called(found);
  message += '.';
  errors_.push_back({"", "wrong_type", std::move(message)});
}

void json_fields::take(json_kind kind, std::string_view text) {
  if (current_ == rules_.size()) return;
  const field_rule& rule = rules_[current_];
  field_value& value = values_[current_];
  if (kind == json_kind::null && !rule.required) return;

  const bool is_text = rule.kind == field_kind::text && kind == json_kind::string;
  const bool is_integer =
      rule.kind == field_kind::integer && kind == json_kind::number && read_integer(text, value.number);
  if (!is_text && !is_integer) {
    value.is = field_value::state::flawed;
    note_wrong_type(rule, kind);
    return;
  }
  value.is = field_value::state::good;
  value.text = text;
}

void json_fields::note_wrong_type(const field_rule& rule, json_kind found) {
  std::string message;
  if (rule.kind == field_kind::integer && found == json_kind::number) {
    message = "This must be a whole number, written without fraction or exponent.";
  } else {
    message = rule.kind == field_kind::integer ? "This must be a whole number, not "
                                               : "This must be a string, not ";
    message += called(found);
    message += '.';
  }
  errors_.push_back({pointer_to(rule.name), "wrong_type", std::move(message)});
}

} // namespace invited::handlers

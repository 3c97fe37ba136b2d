#include "handlers/fields/json_fields.hpp"

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

std::string_view should_be(field_kind kind) {
  switch (kind) {
  case field_kind::text: return "This must be a string, not ";
  case field_kind::integer: return "This must be a whole number, not ";
  case field_kind::boolean: return "This must be true or false, not ";
  case field_kind::number: return "This must be a number, not ";
  default: return "This must be an object, not ";
  }
}

} // namespace

/// Whether the next event belongs to the body itself or to an object that the table declares.
bool json_fields::is_reading() const {
  return !not_object_ && (depth_ == 1 || (depth_ == 2 && inner_ != nullptr));
}

std::string_view json_fields::within() const {
  return inner_ == nullptr ? std::string_view() : inner_->name;
}

void json_fields::key(std::string_view name) {
  if (!is_reading()) return;
  current_ = find_rule(rules_, name, within());
  if (current_ == rules_.size()) {
    note_unknown(errors_, name, within());
    return;
  }
  if (values_[current_].seen) {
    note_duplicate(errors_, name, within());
    current_ = rules_.size(); // the first value stays; the call is refused anyway
    return;
  }
  values_[current_].seen = true;
}

void json_fields::scalar(json_kind kind, std::string_view text) {
  if (depth_ == 0) refuse_whole(kind);
  if (is_reading()) take(kind, text);
}

void json_fields::open(json_kind kind) {
  if (depth_ == 0 && kind != json_kind::object) refuse_whole(kind);
  if (is_reading() && take(kind, {})) inner_ = &rules_[current_];
  ++depth_;
}

void json_fields::close() {
  --depth_;
  if (depth_ == 1 && inner_ != nullptr) {
    note_missing(rules_, values_, errors_, within());
    inner_ = nullptr;
  }
  if (depth_ == 0 && !not_object_) note_missing(rules_, values_, errors_);
}

void json_fields::refuse_whole(json_kind found) {
  not_object_ = true;
  std::string message = "This must be an object, not ";
  message += called(found);
  message += '.';
  errors_.push_back({"", "wrong_type", std::move(message)});
}

/// Returns whether it was what the rule wants.
bool json_fields::take(json_kind kind, std::string_view text) {
  if (current_ == rules_.size()) return false;
  const field_rule& rule = rules_[current_];
  field_value& value = values_[current_];
  if (kind == json_kind::null && !rule.required) return false;

  const bool is_text = rule.kind == field_kind::text && kind == json_kind::string;
  const bool is_integer =
      rule.kind == field_kind::integer && kind == json_kind::number && read_json_integer(text, value.number);
  const bool is_object = rule.kind == field_kind::object && kind == json_kind::object;
  const bool is_number = rule.kind == field_kind::number && kind == json_kind::number;
  const bool is_boolean = rule.kind == field_kind::boolean && kind == json_kind::boolean;
  if (is_boolean) value.number = text == "true" ? 1 : 0;
  if (!is_text && !is_integer && !is_object && !is_number && !is_boolean) {
    value.is = field_value::state::flawed;
    note_wrong_type(rule, kind);
    return false;
  }
  value.is = field_value::state::good;
  value.text = text;
  return true;
}

void json_fields::note_wrong_type(const field_rule& rule, json_kind found) {
  std::string message;
  if (rule.kind == field_kind::integer && found == json_kind::number) {
    message = "This must be a whole number.";
  } else {
    message = should_be(rule.kind);
    message += called(found);
    message += '.';
  }
  errors_.push_back({pointer_to(rule), "wrong_type", std::move(message)});
}

} // namespace invited::handlers

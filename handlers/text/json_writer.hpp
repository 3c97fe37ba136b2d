#pragma once

#include "handlers/text/json_text.hpp"
#include "handlers/text/rapidjson.hpp"

#include <rapidjson/writer.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// Appends one JSON value to `out`, which must outlive the writer; nothing else may write to it meanwhile.
/// Names and texts must be UTF-8, and are escaped as by append_json_string(). Brackets and names in the wrong
/// order throw rapidjson_fault. It allocates, so answers on the hot path are written by hand.
class json_writer {
public:
  explicit json_writer(std::string& out) : to_{out}, writer_(to_) {}
  json_writer(const json_writer&) = delete;
  json_writer& operator=(const json_writer&) = delete;

  void open_object() { writer_.StartObject(); }
  void close_object() { writer_.EndObject(); }
  void open_array() { writer_.StartArray(); }
  void close_array() { writer_.EndArray(); }

  /// Begins a member of the open object. An object or an array must follow.
  void name(std::string_view name) { put(name); }

  /// A string, or null if the text is empty.
  void member(std::string_view name, std::string_view text);
  /// A number, or null if there is none.
  void member(std::string_view name, std::optional<std::int64_t> value);
  void null_member(std::string_view name);
  /// A number that is already text (RFC 8259 §6). `digits` is not checked.
  void number_member(std::string_view name, std::string_view digits);

private:
  /// The stream that RapidJSON writes to.
  struct stream {
    using Ch = char;
    void Put(char c) { out += c; }
    void Flush() {}
    std::string& out;
  };

  void put(std::string_view text);

  stream to_;
  rapidjson::Writer<stream> writer_;
};

} // namespace invited::handlers

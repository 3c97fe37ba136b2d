#pragma once

#include "handlers/text/json_text.hpp"
#include "handlers/text/number_text.hpp"
#include "handlers/text/rapidjson.hpp"
#include "handlers/text/short_text.hpp"

#include <rapidjson/writer.h>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// Appends one JSON value to `out`, which must outlive the writer; nothing else may write to it meanwhile.
/// Names and texts must be UTF-8, and are escaped as by append_json_string(). Brackets and names in the wrong
/// order throw rapidjson_fault. The writer itself allocates nothing in a document of usual depth.
class json_writer {
public:
  explicit json_writer(std::string& out) : to_{out} {}
  json_writer(const json_writer&) = delete;
  json_writer& operator=(const json_writer&) = delete;

  void open_object() { writer_.StartObject(); }
  void close_object() { writer_.close_object(); }
  void open_array() { writer_.StartArray(); }
  void close_array() { writer_.EndArray(); }

  /// Begins a member of the open object. Its value must follow.
  void name(std::string_view name) { writer_.put_string(name); }
  /// A string, also if the text is empty: an item of the open array, or the value of a member.
  void text(std::string_view text) { writer_.put_string(text); }
  /// The value that another writer has finished in a text of its own. Throws rapidjson_fault if it has not.
  void value_of(const json_writer& other) { writer_.put_value(other.writer_); }

  /// A string, or null if the text is empty.
  void member(std::string_view name, std::string_view text);
  /// A number, or null if there is none.
  void member(std::string_view name, std::optional<std::int64_t> value);
  /// An object of strings, or null for each text that is empty.
  void member(std::string_view name, const text_members& texts);
  void null_member(std::string_view name);
  /// A string, also if the text is empty.
  void text_member(std::string_view name, std::string_view text);
  /// A number that is already text (RFC 8259 §6). `digits` is not checked.
  void number_member(std::string_view name, std::string_view digits);
  /// A number of any type, which must be finite, as by append_number().
  template <class Number>
  requires std::integral<Number> || std::floating_point<Number>
  void number_member(std::string_view name, Number value) {
    short_text<32> digits;
    append_number(digits, value);
    number_member(name, std::string_view(digits));
  }

private:
  /// The stream that RapidJSON writes to.
  struct stream {
    using Ch = char;
    void Put(char c) { out += c; }
    void Flush() {}
    std::string& out;
  };

  /// The open brackets.
  using levels = rapidjson::MemoryPoolAllocator<>;
  static constexpr std::size_t usual_depth = 8;

  class writer : public rapidjson::Writer<stream, rapidjson::UTF8<>, rapidjson::UTF8<>, levels> {
  public:
    using Writer::Writer;

    // RapidJSON would leave a name without its value.
    void close_object() {
      RAPIDJSON_ASSERT(!level_stack_.Empty() && level_stack_.template Top<Level>()->valueCount % 2 == 0);
      EndObject();
    }
    // Not by String(), because RapidJSON does not escape "<" and DEL, and the other writers of this project
    // do; and nothing in pieces of one byte, as by RawValue().
    void put_string(std::string_view text) {
      Prefix(rapidjson::kStringType);
      append_json_string(os_->out, text);
    }
    void put_value(const writer& other) {
      RAPIDJSON_ASSERT(other.IsComplete());
      Prefix(rapidjson::kObjectType);
      os_->out += other.os_->out;
    }
    void put_number(std::string_view digits) {
      Prefix(rapidjson::kNumberType);
      os_->out += digits;
    }
  };

  stream to_;
  alignas(std::max_align_t) std::array<char, 256> memory_; // for the usual depth
  levels levels_{memory_.data(), memory_.size()};
  writer writer_{to_, &levels_, usual_depth};
};

} // namespace invited::handlers

#include "handlers/fields/json_sax.hpp"

#include "handlers/fields/fields.hpp"
#include "handlers/text/byte_scan.hpp"
#include "handlers/text/rapidjson.hpp"
#include "handlers/text/utf8.hpp"

#include <rapidjson/error/error.h>

#include <cstddef>
#include <cstring>

namespace invited::handlers {

namespace {

constexpr std::string_view code = "malformed_json";

/// RapidJSON's stream in place. It skips the part before the first escape of a string, eight bytes at a time,
/// because nothing has to move there. (RapidJSON's own steps of sixteen read past the end of the buffer.)
struct json_stream : rapidjson::InsituStringStream {
  explicit json_stream(std::span<char> text)
      : rapidjson::InsituStringStream(text.data()), end(text.data() + text.size()) {}

  /// Called after the opening quote of a string, and also after a number. There it must not look ahead for
  /// quotes: they may never come, and each search would go through the whole text.
  Ch* PutBegin() {
    Ch* const begin = rapidjson::InsituStringStream::PutBegin();
    if (begin == head_ || begin[-1] != '"') return begin;
    using namespace byte_scan;
    for (; end - src_ >= static_cast<std::ptrdiff_t>(sizeof(word)); src_ += sizeof(word)) {
      const word w = load(src_);
      if (const word found = marked(w, below(w, 0x20) | equal(w, '"') | equal(w, '\\'))) {
        src_ += lowest(found);
        break;
      }
    }
    dst_ = src_;
    return begin;
  }

  Ch* end;
};

} // namespace
} // namespace invited::handlers

/// It is as small as its base, so the reader may work on a copy in registers. It must do so to find where a
/// number began.
template <>
struct rapidjson::StreamTraits<invited::handlers::json_stream> {
  enum { copyOptimization = 1 };
};

namespace invited::handlers {
namespace {

/// What escapes can add after the check of the raw bytes. RapidJSON refuses a lone high surrogate but takes a
/// lone low one and writes its three bytes (0xED 0xA0-0xBF ..), which no well-formed text contains.
std::string_view forbidden_escape(std::string_view text) {
  if (std::memchr(text.data(), '\0', text.size()) != nullptr) return "a string holds the character U+0000.";
  for (std::size_t i = text.find('\xED'); i != std::string_view::npos; i = text.find('\xED', i + 1))
    if (static_cast<unsigned char>(text[i + 1]) >= 0xA0) return "a string holds a lone surrogate.";
  return {};
}

/// Between RapidJSON's handler concept and json_events. Returning false stops the reader; `why` then says the
/// reason.
class bridge {
public:
  bridge(json_events& events, bool has_escapes) : events_(events), has_escapes_(has_escapes) {}

  bool Null() { return scalar(json_kind::null, {}); }
  bool Bool(bool b) { return scalar(json_kind::boolean, b ? "true" : "false"); }
  bool RawNumber(const char* s, rapidjson::SizeType n, bool) { return scalar(json_kind::number, {s, n}); }
  bool String(const char* s, rapidjson::SizeType n, bool) {
    return clean({s, n}) && scalar(json_kind::string, {s, n});
  }
  bool Key(const char* s, rapidjson::SizeType n, bool) {
    if (!clean({s, n})) return false;
    events_.key({s, n});
    return true;
  }
  bool StartObject() { return open(json_kind::object); }
  bool StartArray() { return open(json_kind::array); }
  bool EndObject(rapidjson::SizeType) { return close(); }
  bool EndArray(rapidjson::SizeType) { return close(); }

  // Never called with safe_numbers, but the concept wants them.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

  std::string_view why;

private:
  bool scalar(json_kind kind, std::string_view text) {
    events_.scalar(kind, text);
    return true;
  }
  // RapidJSON calls this before it recurses, so this bounds its stack, too.
  bool open(json_kind kind) {
    if (depth_ == deepest_json) {
      why = "the text is nested too deeply.";
      return false;
    }
    ++depth_;
    events_.open(kind);
    return true;
  }
  bool close() {
    --depth_;
    events_.close();
    return true;
  }
  bool clean(std::string_view text) {
    if (has_escapes_) why = forbidden_escape(text);
    return why.empty();
  }

  json_events& events_;
  const bool has_escapes_;
  unsigned depth_ = 0;
};

std::string_view explain(rapidjson::ParseErrorCode e) {
  switch (e) {
  case rapidjson::kParseErrorDocumentEmpty: return "the body is empty, JSON was expected.";
  case rapidjson::kParseErrorDocumentRootNotSingular: return "something follows the end of the JSON text.";
  case rapidjson::kParseErrorObjectMissName: return "the name of a member, in double quotes, was expected.";
  case rapidjson::kParseErrorObjectMissColon: return "a colon was expected after the name of a member.";
  case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket: return "a comma or '}' was expected.";
  case rapidjson::kParseErrorArrayMissCommaOrSquareBracket: return "a comma or ']' was expected.";
  case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex: return "four hex digits were expected after \\u.";
  case rapidjson::kParseErrorStringUnicodeSurrogateInvalid: return "a string holds a lone surrogate.";
  case rapidjson::kParseErrorStringEscapeInvalid:
    return "a string holds an unknown escape or a raw control character.";
  case rapidjson::kParseErrorStringMissQuotationMark: return "a string does not end.";
  case rapidjson::kParseErrorNumberTooBig: return "a number is too large.";
  case rapidjson::kParseErrorNumberMissFraction: return "digits were expected after the decimal point.";
  case rapidjson::kParseErrorNumberMissExponent: return "digits were expected in the exponent.";
  default: return "this is not a JSON value.";
  }
}

} // namespace

result<void> parse_json(std::span<char> text, json_events& events) {
  const std::span<char> all = text;
  // RFC 8259 §8.1: a byte order mark may be ignored rather than refused. Offsets still count from the first
  // byte.
  const std::size_t mark = std::string_view(text.data(), text.size()).starts_with("\xEF\xBB\xBF") ? 3 : 0;
  text = text.subspan(mark);
  if (text.empty()) return malformed(code, mark, explain(rapidjson::kParseErrorDocumentEmpty));
  // The reader takes a NUL for the end, and would not read the rest.
  if (const void* nul = std::memchr(text.data(), '\0', text.size()))
    return malformed(code, static_cast<std::size_t>(static_cast<const char*>(nul) - all.data()),
                     "there is a NUL byte.");
  const std::size_t valid = utf8_valid_prefix({text.data(), text.size()});
  if (valid != text.size()) return malformed(code, mark + valid, "this is not UTF-8.");

  const bool has_escapes = std::memchr(text.data(), '\\', text.size()) != nullptr;
  bridge handler(events, has_escapes);
  json_stream in_place(text);
  rapidjson::Reader reader;
  try {
    // The encoding was checked above, in one pass, eight bytes at a step: kParseValidateEncodingFlag would
    // only repeat it byte by byte.
    const auto parsed = reader.Parse<rapidjson::kParseInsituFlag | safe_numbers>(in_place, handler);
    if (!parsed.IsError()) return {};
    return malformed(code, mark + parsed.Offset(),
                     handler.why.empty() ? explain(parsed.Code()) : handler.why);
  } catch (const rapidjson_fault&) {
    return malformed(code, mark + in_place.Tell(), "this cannot be read.");
  }
}

} // namespace invited::handlers

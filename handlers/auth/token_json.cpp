#include "handlers/auth/token_json.hpp"

#include <rapidjson/encodedstream.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace invited::handlers {
namespace {

constexpr std::size_t max_depth = 8;
constexpr rapidjson::SizeType max_members = 100; // they are compared pairwise

/// RapidJSON takes `\u0000` and a lone `\udc00`; the latter comes out as the three bytes of a surrogate.
bool is_clean(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\0') return false;
    if (text[i] == '\xed' && i + 1 < text.size() && static_cast<std::uint8_t>(text[i + 1]) >= 0xa0)
      return false;
  }
  return true;
}

/// Stands between reader and document and stops the reader at what it would let through.
template <class Next>
class strict_filter {
public:
  using Ch = char;
  explicit strict_filter(Next& next) : next_(next) {}

  bool Null() { return next_.Null(); }
  bool Bool(bool b) { return next_.Bool(b); }
  bool Int(int i) { return next_.Int(i); }
  bool Uint(unsigned u) { return next_.Uint(u); }
  bool Int64(std::int64_t i) { return next_.Int64(i); }
  bool Uint64(std::uint64_t u) { return next_.Uint64(u); }
  bool Double(double d) { return next_.Double(d); }
  bool RawNumber(const char* s, rapidjson::SizeType n, bool copy) { return next_.RawNumber(s, n, copy); }
  bool String(const char* s, rapidjson::SizeType n, bool copy) {
    return is_clean({s, n}) && next_.String(s, n, copy);
  }
  bool Key(const char* s, rapidjson::SizeType n, bool copy) {
    return is_clean({s, n}) && next_.Key(s, n, copy);
  }
  bool StartObject() { return enter() && next_.StartObject(); }
  bool EndObject(rapidjson::SizeType n) { return leave() && n <= max_members && next_.EndObject(n); }
  bool StartArray() { return enter() && next_.StartArray(); }
  bool EndArray(rapidjson::SizeType n) { return leave() && next_.EndArray(n); }

private:
  bool enter() { return ++depth_ <= max_depth; }
  bool leave() {
    --depth_;
    return true;
  }

  Next& next_;
  std::size_t depth_ = 0;
};

/// At most max_depth deep by then, so recursion is bounded.
bool has_duplicates(const rapidjson::Value& value) {
  if (value.IsArray()) {
    for (const rapidjson::Value& item : value.GetArray())
      if (has_duplicates(item)) return true;
  } else if (value.IsObject()) {
    for (auto a = value.MemberBegin(); a != value.MemberEnd(); ++a) {
      for (auto b = value.MemberBegin(); b != a; ++b)
        if (text_of(a->name) == text_of(b->name)) return true;
      if (has_duplicates(a->value)) return true;
    }
  }
  return false;
}

} // namespace

bool parse_token_json(std::string_view text, rapidjson::Document& out) {
  if (text.find('\0') != std::string_view::npos) return false; // RapidJSON would take it for the end
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> input(stream);
  rapidjson::Reader reader;
  const auto read = [&](auto& document) {
    strict_filter filter(document);
    return !reader.Parse<rapidjson::kParseValidateEncodingFlag>(input, filter).IsError();
  };
  out.Populate(read);
  return !reader.HasParseError() && out.IsObject() && !has_duplicates(out);
}

const rapidjson::Value* find_member(const rapidjson::Value& object, std::string_view name) {
  for (auto member = object.MemberBegin(); member != object.MemberEnd(); ++member)
    if (text_of(member->name) == name) return &member->value;
  return nullptr;
}

} // namespace invited::handlers

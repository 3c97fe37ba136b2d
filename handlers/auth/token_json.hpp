#pragma once

#include <rapidjson/document.h>

#include <string_view>

namespace invited::handlers {

/// Reads the JSON object of a token's header or payload into `out`. False for everything two readers could
/// understand differently: anything but one object, bad UTF-8, lone surrogates, NUL, duplicate members; and
/// for what only a bomb needs: more than 8 levels, more than 100 members in an object. For .cpp files of this
/// folder: RapidJSON is slow to compile.
bool parse_token_json(std::string_view text, rapidjson::Document& out);

/// The member, or null when there is none.
const rapidjson::Value* find_member(const rapidjson::Value& object, std::string_view name);

inline std::string_view text_of(const rapidjson::Value& string) {
  return {string.GetString(), string.GetStringLength()};
}

} // namespace invited::handlers

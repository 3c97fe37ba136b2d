#include "handlers/http/accept.hpp"
#include "handlers/http/content_type.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <array>
#include <string>

using namespace invited;
using namespace invited::handlers;
using namespace invited::fuzz;

/// What is negotiated: Accept, Accept-Encoding, Accept-Language and Content-Type.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  const auto names = [&lower](std::string_view name) { return lower.find(name) != lower.npos; };

  const bool html = negotiate(text) == answer_type::html;
  demand(!html || names("html") || names("text/*"), "pages go to whoever names them");
  demand(!takes_gzip(text) || names("gzip") || names("*"), "gzip goes to who names it");
  static constexpr std::array<std::string_view, 2> offered{"en", "es"};
  if (const auto best = best_language(text, offered)) {
    demand(*best < offered.size(), "a language is one of those offered");
    demand(names(offered[*best]) || names("*"), "a language was asked for");
  }
  const body_type type = read_content_type(text);
  demand((type == body_type::none) == text.empty(), "no type without a field");
  demand(type != body_type::json || lower.find("application/json") < 64 || text.size() > 64, "JSON says so");
  demand((type == body_type::json) == expect_json(text).has_value(), "JSON is what is expected");
  demand(read_content_type(lower) == type, "the case of letters does not count");
  demand((negotiate(lower) == answer_type::html) == html, "the case of letters does not count");
  return 0;
}

#include "handlers/pages/files.hpp"
#include "handlers/pages/fill.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <type_traits>
#include <vector>

namespace invited::handlers {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view file = R"(<!-- For people: {no_slot} -->
<head></head>
<!-- part main -->
<p title="{text}">{text}{{part}}</p>
<!-- part again -->
<b>{text}</b>
<!-- end again -->
<!-- Also for people. -->
<i></i>
<!-- end main -->
)";
constexpr std::string_view bare = "nothing to fill";

template <fixed_text name>
using text_in = slot_value<name, false>;
template <fixed_text name>
using html_in = slot_value<name, true>;

// What must not compile.
static_assert(can_fill<file, "main", text_in<"text">, html_in<"part">, html_in<"again">>);
static_assert(can_fill<file, "main", html_in<"again">, html_in<"part">, text_in<"text">>); // in any order
static_assert(!can_fill<file, "main", text_in<"text">, html_in<"part">>);                  // without a value
static_assert(!can_fill<file, "main", text_in<"texts">, html_in<"part">, html_in<"again">>);
static_assert(!can_fill<file, "main", text_in<"text">, html_in<"part">, html_in<"again">, text_in<"more">>);
static_assert(!can_fill<file, "main", text_in<"text">, text_in<"text">, html_in<"part">, html_in<"again">>);
static_assert(!can_fill<file, "main", text_in<"text">, text_in<"part">, html_in<"again">>); // text for html
static_assert(!can_fill<file, "main", html_in<"text">, html_in<"part">, html_in<"again">>); // html for text

// Where escaping would not help.
constexpr std::string_view quoted = R"(<a href="{a}" title="x > {a}">{a}</a>)";
constexpr std::string_view unquoted = "<a href={a}>";
constexpr std::string_view one_quote = "<a href='{a}'>";
constexpr std::string_view name = "<a {a}>";
constexpr std::string_view ready_attribute = R"(<a title="{{a}}">)";
constexpr std::string_view script = "<script>{a}</script>";
constexpr std::string_view ready_script = "<script>{{a}}</script>";
constexpr std::string_view open_tag = "{a}<a";
static_assert(can_fill<quoted, "", text_in<"a">>);
static_assert(!can_fill<unquoted, "", text_in<"a">>);
static_assert(!can_fill<one_quote, "", text_in<"a">>);
static_assert(!can_fill<name, "", text_in<"a">>);
static_assert(!can_fill<ready_attribute, "", html_in<"a">>);
static_assert(!can_fill<script, "", text_in<"a">>);
static_assert(can_fill<ready_script, "", html_in<"a">>);
static_assert(!can_fill<open_tag, "", text_in<"a">>);

// Only the filler makes html.
static_assert(!std::is_constructible_v<html_in<"part">, std::string_view>);
static_assert(!std::is_constructible_v<html_in<"part">, std::string>);
static_assert(!std::is_constructible_v<html, std::string_view>);
static_assert(!std::is_constructible_v<html, std::string>);
static_assert(!std::is_convertible_v<html, std::string_view>);
static_assert(!std::is_aggregate_v<html_in<"part">>);

std::string filled_main(std::string_view value, const html& ready) {
  return std::string(
      fill<file, "main">(slot<"text">(value), slot<"part">(ready), slot<"again">(html())).view());
}

std::string broken(std::string_view source) {
  try {
    piece_reader reader(source);
    for (source_piece p; reader.next(p);) {
    }
  } catch (const std::logic_error& e) {
    return e.what();
  }
  return "";
}

BOOST_AUTO_TEST_SUITE(fills)

BOOST_AUTO_TEST_CASE(a_part_takes_text_and_html) {
  const html again = fill<file, "again">(slot<"text">("a < b"));
  BOOST_TEST(again.view() == "<b>a &lt; b</b>\n");
  const html main = fill<file, "main">(slot<"again">(again), slot<"part">(escaped("&")), slot<"text">("x"));
  BOOST_TEST(main.view() == "<p title=\"x\">x&amp;</p>\n<b>a &lt; b</b>\n<i></i>\n");
  BOOST_TEST(fill<bare>().view() == bare);
  BOOST_TEST(whole_file<file>().view() == file);
}

BOOST_AUTO_TEST_CASE(no_value_is_more_than_text) {
  for (const auto& [value, escaped] :
       {std::pair{"<script>alert(1)</script>"sv, "&lt;script&gt;alert(1)&lt;/script&gt;"sv},
        {"\" onclick=\"x\" '"sv, "&quot; onclick=&quot;x&quot; '"sv},
        {"{text}{{part}}{"sv, "{text}{{part}}{"sv},
        {"<!-- part main -->"sv, "&lt;!-- part main --&gt;"sv},
        {"&lt;&amp;"sv, "&amp;lt;&amp;amp;"sv},
        {"a\0<b"sv, "a\0&lt;b"sv},
        {"\xff\xc3<\xe2\x80"sv, "\xff\xc3&lt;\xe2\x80"sv},
        {""sv, ""sv}}) {
    const std::string wanted(escaped);
    BOOST_TEST(filled_main(value, html()) == "<p title=\"" + wanted + "\">" + wanted + "</p>\n<i></i>\n");
    BOOST_TEST(handlers::escaped(value).view() == escaped);
  }
  const std::string much(1000, '"');
  BOOST_TEST(filled_main(much, html()).size() == 12'000U + filled_main("", html()).size());
}

BOOST_AUTO_TEST_CASE(html_is_not_filled_again) {
  BOOST_TEST(filled_main("x", escaped("{text}{{part}}")) == "<p title=\"x\">x{text}{{part}}</p>\n<i></i>\n");
}

BOOST_AUTO_TEST_CASE(texts_are_filled) {
  static constexpr text_with<"{n}", "{{clinic}}"> both = "x < {{clinic}}: {n}.";
  const html name = fill<file, "again">(slot<"text">("<"));
  BOOST_TEST(filled(both, slot<"n">("{n}<"), slot<"clinic">(name)).view() ==
             "x &lt; <b>&lt;</b>\n: {n}&lt;.");
  static constexpr text_with<"{n}"> alone = "{n}";
  BOOST_TEST(filled(alone, slot<"n">("3")).view() == "3");
}

BOOST_AUTO_TEST_CASE(broken_files_are_refused) {
  for (const std::string_view source :
       {"{", "}", "a } b", "{}", "{{}}", "{a", "{{a}", "{A}", "{a b}", "{a.b}", "{ a}", "{{{a}}}", "<!-- x",
        "<!-- part a -->", "<!-- end a -->", "<!-- part a --><!-- end b -->"})
    BOOST_TEST_CONTEXT(source) BOOST_TEST(!broken(source).empty());
  for (const std::string_view source :
       {"", "a", "{a_b}", "{{a}}", "<!-- { -->", "<!-- party { -->", "<!-- part a -->{b}<!-- end a -->"})
    BOOST_TEST_CONTEXT(source) BOOST_TEST(broken(source) == "");
  BOOST_CHECK_THROW(piece_reader::part(file, "mai"), std::logic_error);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

#include "server/config/configuration.hpp"
#include "server/config/help.hpp"
#include "server/config/option_table.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <sstream>
#include <string>

using namespace invited::server;

BOOST_AUTO_TEST_SUITE(config_option_table)

BOOST_AUTO_TEST_CASE(every_entry_is_complete) {
  std::set<std::string_view> names;
  for (const auto& entry : option_table()) BOOST_TEST_CONTEXT(entry.info.name) {
      BOOST_TEST(names.insert(entry.info.name).second);
      BOOST_TEST(entry.info.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos);
      BOOST_TEST(!entry.info.kind.empty());
      BOOST_TEST(!entry.info.help.empty());
      BOOST_TEST((entry.apply != nullptr));
      // With a default, a list that was given would look like one that was not.
      if (entry.info.repeatable) BOOST_TEST(entry.info.fallback.empty());
    }
}

BOOST_AUTO_TEST_CASE(every_default_is_a_value) {
  for (const auto& entry : option_table()) BOOST_TEST_CONTEXT(entry.info.name) {
      options target;
      if (!entry.info.fallback.empty()) BOOST_TEST(entry.apply(target, entry.info.fallback).has_value());
    }
}

BOOST_AUTO_TEST_CASE(every_option_but_config_refuses_an_empty_text) {
  for (const auto& entry : option_table()) {
    if (entry.info.name == "config") continue;
    options target;
    BOOST_TEST_CONTEXT(entry.info.name) BOOST_TEST(!entry.apply(target, "").has_value());
  }
}

BOOST_AUTO_TEST_CASE(lists_grow_and_single_values_are_replaced) {
  options target;
  for (const auto& entry : option_table()) {
    if (entry.info.name == "cors-origin") {
      entry.apply(target, "https://a.example");
      entry.apply(target, "https://b.example");
    }
    if (entry.info.name == "rate") {
      entry.apply(target, "1");
      entry.apply(target, "2");
    }
  }
  BOOST_TEST(target.cors_origins.size() == 2u);
  BOOST_TEST(target.rate == 2.0);
}

BOOST_AUTO_TEST_CASE(options_are_found_by_name) {
  BOOST_TEST(option_named("ttl-min").fallback == "60s");
  BOOST_CHECK_THROW(option_named("ttl_min"), std::logic_error);
  BOOST_TEST(serve_options().size() == option_table().size());
}

BOOST_AUTO_TEST_CASE(help_shows_every_option_in_lines_that_fit) {
  const auto text = option_help(serve_options());
  for (const auto& entry : option_table()) BOOST_TEST_CONTEXT(entry.info.name) {
      BOOST_TEST(text.find("  --" + std::string{entry.info.name} + " ") != std::string::npos);
      if (!entry.info.fallback.empty())
        BOOST_TEST(text.find(std::string{entry.info.fallback} + ")") != std::string::npos);
    }
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) BOOST_TEST_CONTEXT(line) {
      BOOST_TEST(line.size() <= 100u);
      BOOST_TEST(!line.ends_with(' '));
    }
}

BOOST_AUTO_TEST_CASE(help_wraps_between_words) {
  const std::vector<option_info> one{
      {"name", "VALUE", "7",
       "a text that is so long that it cannot possibly stand in a single line of one hundred columns", true},
      {"switch", "", "", "a switch", false},
      {"a-name-that-is-longer-than-its-column", "X", "", "text", false}};
  BOOST_TEST(
      option_help(one) ==
      "  --name VALUE                    a text that is so long that it cannot possibly stand in a single\n"
      "                                  line of one hundred columns; repeatable (default 7)\n"
      "  --switch                        a switch\n"
      "  --a-name-that-is-longer-than-its-column X text\n");
}

BOOST_AUTO_TEST_SUITE_END()

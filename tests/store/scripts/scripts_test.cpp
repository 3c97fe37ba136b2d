#include "store/scripts.hpp"

#include "tests/support/redis_server.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <regex>
#include <set>
#include <string>

using namespace invited::store;

namespace {

std::string sha1_hex(std::string_view text) {
  std::array<unsigned char, 20> hash{};
  BOOST_TEST_REQUIRE(EVP_Digest(text.data(), text.size(), hash.data(), nullptr, EVP_sha1(), nullptr) == 1);
  std::string hex;
  for (const unsigned char b : hash) hex.append({"0123456789abcdef"[b >> 4], "0123456789abcdef"[b & 15]});
  return hex;
}

} // namespace

BOOST_AUTO_TEST_SUITE(store_scripts)

BOOST_AUTO_TEST_CASE(what_is_sent_is_what_was_hashed_and_redis_agrees) {
  const invited::test::redis_server server;
  std::set<std::string_view> names;
  BOOST_TEST_REQUIRE(!scripts::all().empty());
  for (const script& s : scripts::all()) {
    BOOST_TEST_CONTEXT(s.name) {
      BOOST_TEST(names.insert(s.name).second);
      BOOST_TEST(s.sha1 == sha1_hex(s.source));
      BOOST_TEST(server.command({"SCRIPT", "LOAD", std::string(s.source)}) ==
                 "$40\r\n" + std::string(s.sha1) + "\r\n");
    }
  }
}

BOOST_AUTO_TEST_CASE(the_key_count_in_the_name_is_the_highest_key_used) {
  for (const script& s : scripts::all()) {
    BOOST_TEST_CONTEXT(s.name) {
      int highest = 0;
      const std::string source(s.source);
      const std::regex key(R"(KEYS\[([0-9]+)\]|-- of KEYS (?:[0-9]+, )*([0-9]+)\n)"); // of a list: its number
      for (std::sregex_iterator it(source.begin(), source.end(), key), end; it != end; ++it)
        highest = std::max(highest, std::stoi((*it)[(*it)[1].matched ? 1 : 2]));
      BOOST_TEST(highest == s.keys);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

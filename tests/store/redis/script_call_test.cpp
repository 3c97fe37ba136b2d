#include "store/redis/script_call.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace invited::store::redis {
namespace {

const script some_script{"some", "return 1", "e0e1f9fabfc9d4800c877a703b823ac0578ff8db", 2};

BOOST_AUTO_TEST_SUITE(store_redis_script_call)

BOOST_AUTO_TEST_CASE(a_call_names_the_script_by_its_hash_or_by_its_source) {
  const std::vector<std::string_view> keys = {"k1", "k2"}, args = {"a"};
  std::string by_hash, by_source;
  script_writer(resp_writer(by_hash), some_script, false).write(keys, args);
  script_writer(resp_writer(by_source), some_script, true).write(keys, args);
  BOOST_TEST(by_hash ==
             "*6\r\n$7\r\nEVALSHA\r\n$40\r\ne0e1f9fabfc9d4800c877a703b823ac0578ff8db\r\n$1\r\n2\r\n"
             "$2\r\nk1\r\n$2\r\nk2\r\n$1\r\na\r\n");
  BOOST_TEST(by_source == "*6\r\n$4\r\nEVAL\r\n$8\r\nreturn 1\r\n$1\r\n2\r\n"
                          "$2\r\nk1\r\n$2\r\nk2\r\n$1\r\na\r\n");
}

BOOST_AUTO_TEST_CASE(a_call_that_is_written_one_by_one_is_the_same) {
  using strings = std::vector<std::string_view>;
  const struct {
    const char* what;
    strings keys, args;
  } cases[] = {{"neither", {}, {}},
               {"no argument", {"k"}, {}},
               {"no key", {}, {"a"}},
               {"more keys than one digit counts", strings(12, "k"), strings(101, "a")},
               {"empty ones", {"", ""}, {""}}};
  for (const auto& c : cases) {
    BOOST_TEST_CONTEXT(c.what) {
      std::string whole = "before", one_by_one = "before";
      script_writer(resp_writer(whole), some_script, false).write(c.keys, c.args);
      script_writer to(resp_writer(one_by_one), some_script, false);
      to.begin(c.keys.size(), c.args.size());
      for (const strings& part : {c.keys, c.args})
        for (const std::string_view text : part) to.add(text);
      BOOST_TEST(one_by_one == whole);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::store::redis

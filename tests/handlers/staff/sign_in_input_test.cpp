#include "handlers/staff/sign_in_input.hpp"

#include "tests/handlers/fields/body.hpp"

#include <boost/test/unit_test.hpp>

using namespace invited::handlers;
using invited::handlers::test::body;
using invited::handlers::test::summary;

namespace {

using reader = result<credentials> (*)(std::span<char>);

struct input_case {
  std::string text, verdict;
};

void check(reader read, std::span<const input_case> cases) {
  for (const input_case& c : cases) {
    body b(c.text);
    BOOST_TEST(summary(read(b)) == c.verdict, c.text.substr(0, 100));
  }
}

} // namespace

BOOST_AUTO_TEST_SUITE(sign_in_input)

BOOST_AUTO_TEST_CASE(json) {
  const std::string user(254, 'u'), password(1024, 'p');
  const input_case cases[] = {
      {R"({"username":"a","password":"b"})", "ok"},
      {R"({"username":")" + user + R"(","password":")" + password + "\"}", "ok"},
      {R"({"username":"no rule here \u00e9","password":" "})", "ok"},
      {R"({})", "422 /username required; /password required"},
      {R"({"username":"","password":""})", "422 /username empty; /password empty"},
      {R"({"username":")" + user + R"(u","password":")" + password + "p\"}",
       "422 /username too_long; /password too_long"},
      {R"({"username":1,"password":null})", "422 /username wrong_type; /password wrong_type"},
      {R"({"username":"a","password":"b","grant_type":"password"})", "422 /grant_type unknown_field"},
      {R"({"username":"a","username":"b","password":"b"})", "422 /username duplicate_field"},
      {R"([])", "422  wrong_type"},
      {R"({"username":"a","password":"\u0000"})", "400 malformed_json"},
      {"{", "400 malformed_json"},
      {"", "400 malformed_json"},
  };
  check(read_credentials, cases);
}

BOOST_AUTO_TEST_CASE(a_paste_may_leave_blanks_around_the_user_name_and_none_around_the_password) {
  for (const std::string_view around : {" ", "\u00A0", "\u200B", "\uFEFF"}) {
    const std::string name = std::string(around) + "grey@clinic.example" + std::string(around),
                      password = std::string(around) + "secret";
    body json(R"({"username":")" + name + R"(","password":")" + password + "\"}");
    const auto read = read_credentials(json);
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST(read->username == "grey@clinic.example");
    BOOST_TEST(read->password == password);
  }
  body form("username=+grey%40clinic.example%C2%A0&password=+b");
  BOOST_TEST(read_password_grant(form).value().username == "grey@clinic.example");
  body blank(R"({"username":" ","password":"b"})");
  BOOST_TEST(summary(read_credentials(blank)) == "422 /username empty");
}

BOOST_AUTO_TEST_CASE(form) {
  const input_case cases[] = {
      {"username=a&password=b", "ok"},
      {"grant_type=password&username=a&password=b&scope=&client_id=x&client_secret=y", "ok"},
      {"grant_type=client_credentials&username=a&password=b", "422 /grant_type unknown_kind"},
      {"grant_type=&username=a&password=b", "422 /grant_type unknown_kind"},
      {"grant_type=password", "422 /username required; /password required"},
      {"username=&password=", "422 /username empty; /password empty"},
      {"username=a&password=b&x=y", "422 /x unknown_field"},
      {"username=a&password=b&password=c", "422 /password duplicate_field"},
      {"username=a&password=%ff", "400 malformed_form"},
      {"username=a&password=%00", "400 malformed_form"},
  };
  check(read_password_grant, cases);
  body b("username=grey%40clinic.example&password=a+b%2Bc");
  const credentials given = read_password_grant(b).value();
  BOOST_TEST(given.username == "grey@clinic.example");
  BOOST_TEST(given.password == "a b+c");
}

BOOST_AUTO_TEST_CASE(the_body_keeps_no_password) {
  for (const std::string_view text :
       {R"({"username":"a","password":"hunter2hunter2"})", R"({"username":1,"password":"hunter2hunter2"})"}) {
    body b(text);
    static_cast<void>(read_credentials(b));
    const std::string left(b.span().data(), b.span().size());
    BOOST_TEST(left.find("hunter2") == left.npos);
  }
}

BOOST_AUTO_TEST_CASE(sign_out) {
  const std::tuple<std::string_view, std::string_view, bool> cases[] = {
      {"", "ok", false},
      {"{}", "ok", false},
      {R"({"everywhere":true})", "ok", true},
      {R"({"everywhere":false})", "ok", false},
      {R"({"everywhere":null})", "ok", false},
      {R"({"everywhere":"true"})", "422 /everywhere wrong_type", false},
      {R"({"everywhere":1})", "422 /everywhere wrong_type", false},
      {R"({"x":1})", "422 /x unknown_field", false},
      {"true", "422  wrong_type", false},
      {"{", "400 malformed_json", false},
  };
  for (const auto& [text, verdict, wanted] : cases) {
    body b(text);
    const result<signed_out> read = read_sign_out(b);
    BOOST_TEST(summary(read) == verdict, text);
    if (read) BOOST_TEST((*read == signed_out::everywhere) == wanted, text);
  }
}

BOOST_AUTO_TEST_CASE(another_password) {
  const std::string longest(1024, 'p');
  const input_case cases[] = {
      {R"({"old_password":"a","new_password":"b"})", "ok"}, // its rules are checked elsewhere
      {R"({"old_password":")" + longest + R"(","new_password":")" + longest + "\"}", "ok"},
      {R"({"old_password":")" + longest + R"(p","new_password":")" + longest + "p\"}",
       "422 /old_password too_long; /new_password too_long"},
      {R"({"old_password":"","new_password":""})", "422 /old_password empty; /new_password empty"},
      {"{}", "422 /old_password required; /new_password required"},
      {R"({"old_password":1,"new_password":null})", "422 /old_password wrong_type; /new_password wrong_type"},
      {R"({"old_password":"a","new_password":"b","username":"c"})", "422 /username unknown_field"},
      {R"({"old_password":"a","new_password":"b","new_password":"c"})", "422 /new_password duplicate_field"},
      {R"({"old_password":"\u0000","new_password":"b"})", "400 malformed_json"},
      {"[]", "422  wrong_type"},
      {"", "400 malformed_json"},
  };
  for (const input_case& c : cases) {
    body b(c.text);
    const result<password_change> wanted = read_password_change(b);
    BOOST_TEST(summary(wanted) == c.verdict, c.text.substr(0, 100));
    const std::string left(b.span().data(), b.span().size());
    BOOST_TEST(left.find("pppp") == left.npos);
    if (wanted) BOOST_TEST(!wanted->old_password.empty());
  }
}

BOOST_AUTO_TEST_CASE(what_an_account_may_have) {
  for (const std::string& good :
       {std::string("a"), std::string("grey@clinic.example"), std::string(254, '~')})
    BOOST_TEST(check_username(good).has_value(), good);
  for (const std::string& bad : {std::string(), std::string("a b"), std::string("\xC3\xA9"),
                                 std::string("a\t"), std::string(255, 'a')})
    BOOST_TEST(!check_username(bad).has_value(), bad);
}

BOOST_AUTO_TEST_SUITE_END()

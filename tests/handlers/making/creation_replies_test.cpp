#include "handlers/making/creation_replies.hpp"
#include "handlers/text/json_writer.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

const store::created_invite invite{
    .id = {{0xab, 1, 2, 3, 4, 5, 0x46, 7, 0x88, 9, 10, 11, 12, 13, 14, 0xff}},
    .ref = {.tag = 0xab, .h = {0xf0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}},
    .expires_at = 1'796'660'516'244,
    .replayed = false};

constexpr std::string_view id = "ab010203-0405-4607-8809-0a0b0c0d0eff";
constexpr std::string_view rest =
    R"(","ref":"inv_abf00102030405060708090a0b0c0d0e0f","expires_at":"2026-12-07T16:21:56.244Z")";

std::string members(std::string_view url) {
  return R"("invite_id":")" + std::string(id) + R"(","invite_url":")" + std::string(url) + std::string(id) +
         std::string(rest);
}

BOOST_AUTO_TEST_SUITE(making_replies)

BOOST_AUTO_TEST_CASE(what_the_answer_says_of_a_new_invite) {
  const struct {
    std::string_view base_url, url;
  } rows[] = {
      {"https://invite.example.org", "https://invite.example.org/invite/"},
      {"https://example.org/a/b", "https://example.org/a/b/invite/"},
      {"https://example.org/\"\\<", R"(https://example.org/\"\\\u003c/invite/)"},
      {"https://example.org/00000000-0000-0000-0000-000000000000/1970-01-01T00:00:00.000Z",
       "https://example.org/00000000-0000-0000-0000-000000000000/1970-01-01T00:00:00.000Z/invite/"},
  };
  for (const auto& row : rows) {
    const creation_replies replies(row.base_url);
    std::string out;
    json_writer to(out);
    to.open_object();
    replies.write_made(to, invite);
    to.close_object();
    BOOST_TEST(out == "{" + members(row.url) + "}");
    BOOST_TEST(replies.answer_to({.invite = invite}, request{}, "clinic-1").body == out);
  }
}

BOOST_AUTO_TEST_CASE(the_answer) {
  const creation_replies replies("https://a");
  const creation_result m{.invite = invite,
                          .limit = {.per_second = 0.5, .burst = 4'294'967'295},
                          .tokens = store::bucket{4'294'967'295, 7, std::chrono::milliseconds(1001)}};
  const response out = replies.answer_to(m, request{}, "clinic-1");
  BOOST_TEST(out.status == 200u);
  BOOST_TEST(out.content_type == "application/json");
  BOOST_TEST(out.body == "{" + members("https://a/invite/") + "}");
  BOOST_TEST(std::string_view(out.ref) == "inv_abf00102030405060708090a0b0c0d0e0f");
  BOOST_TEST(std::string_view(out.provider) == "clinic-1");
  BOOST_TEST(out.fields == "RateLimit-Policy: \"create\";q=4294967295;w=8589934590\r\n"
                           "RateLimit: \"create\";r=7;t=2\r\n");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

// What a stranger may put into a bearer token, against the whole server.
#include "store/crypto/base64url.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::test {
namespace {

/// A token with no valid signature; its payload is "{}".
http_fields bearer_with_header(std::string_view header) {
  const std::string token = store::base64url::encode(store::as_bytes(header)) + ".e30.AA";
  return {{"Authorization", "Bearer " + token}};
}

BOOST_AUTO_TEST_SUITE(hostile_tokens)

// CVE-2024-38517: this ended the process on every route that reads a token, before it checked a signature.
BOOST_AUTO_TEST_CASE(a_number_in_a_tokens_header_ends_nobody) {
  redis_server redis;
  test_server server(redis.url());
  BOOST_REQUIRE(server.wait_ready());
  http_client client(server.port());
  for (const std::string_view number : {"0.000000000001e-2147483639", "1.00000000000000001e-2147483639"}) {
    const http_fields stranger = bearer_with_header(R"({"alg":"HS256","x":)" + std::string(number) + "}");
    for (const std::string_view path : {"/session", "/invites", "/users/me", "/analytics"})
      BOOST_TEST(client.get(path, stranger).status == 401, path);
    BOOST_TEST(client.post_json("/generate_invite", "{}", stranger).status == 401);
    http_client early(server.port()); // a large body is refused by its head
    BOOST_TEST(early.post_json("/generate_invites", std::string(100'000, ' '), stranger).status == 401);
  }
  BOOST_TEST(client.get("/healthz").status == 200);
  BOOST_TEST(server.stop() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test

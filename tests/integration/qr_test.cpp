// An invite's link as a QR code, over HTTP.
#include "tests/support/http_client.hpp"
#include "tests/support/qr_reader.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"

#include <boost/test/unit_test.hpp>

#include <thread>

namespace invited::test {
namespace {

http_fields as(std::string_view role, std::vector<std::string> providers = {"clinic-1"}) {
  return {{"Authorization", "Bearer " + staff_token(role, std::move(providers))}};
}

http_answer make(http_client& client) {
  http_answer made = client.post_json(
      "/generate_invite",
      R"({"email":"ada@example.org","first_name":"Ada","last_name":"Lovelace","provider_id":"clinic-1"})",
      as("clinician"));
  BOOST_REQUIRE_MESSAGE(made.status == 200, made.body);
  return made;
}

struct desk {
  redis_server redis;
  test_server server{redis.url()};
  http_client client{server.port()};

  desk() { BOOST_REQUIRE(server.wait_ready()); }
};

BOOST_FIXTURE_TEST_SUITE(qr, desk)

BOOST_AUTO_TEST_CASE(a_long_base_url_reads_too) {
  const std::string base = "https://portal.example.org/" + std::string(1900, 'p');
  test_server far(redis.url(), {"--base-url=" + base});
  BOOST_REQUIRE(far.wait_ready());
  http_client there(far.port());
  const http_answer made = make(there);
  const std::string path = "/invites/" + made.json("ref") + "/qr.";
  BOOST_TEST(made.json("invite_url").starts_with(base));
  BOOST_TEST(read_qr_png(there.get(path + "png?scale=4", as("clinician")).body) == made.json("invite_url"));
  BOOST_TEST(read_qr_svg(there.get(path + "svg?scale=4", as("clinician")).body) == made.json("invite_url"));
}

BOOST_AUTO_TEST_CASE(many_are_drawn_while_others_are_served) {
  const http_answer made = make(client);
  const std::string path = "/invites/" + made.json("ref") + "/qr.png?scale=32";
  std::vector<std::string> images(8);
  std::vector<std::thread> threads;
  const http_fields who = as("clinician");
  for (std::string& image : images) {
    threads.emplace_back([&] {
      http_client one(server.port());
      for (int i = 0; i < 5; ++i) image = one.get(path, who).body;
    });
  }
  for (int i = 0; i < 20; ++i) BOOST_TEST(client.get("/healthz").status == 200);
  for (std::thread& t : threads) t.join();
  for (const std::string& image : images) BOOST_TEST(image == images[0]);
  BOOST_TEST(read_qr_png(images[0]) == made.json("invite_url"));
}

BOOST_AUTO_TEST_CASE(a_stop_lets_drawing_end_and_a_caller_that_leaves_harms_nobody) {
  const http_answer made = make(client);
  const std::string request = "GET /invites/" + made.json("ref") +
                              "/qr.png?scale=32 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " +
                              staff_token("clinician") + "\r\n\r\n";
  for (int i = 0; i < 10; ++i) http_client(server.port()).send(request);
  http_client stays(server.port());
  stays.send(request);
  BOOST_TEST(stays.receive().status == 200);
  BOOST_TEST(server.stop() == 0);
}

BOOST_AUTO_TEST_CASE(the_log_names_the_invite_and_not_its_link) {
  const http_answer made = make(client);
  client.get("/invites/" + made.json("invite_id") + "/qr.svg", as("clinician"));
  const std::string log = server.log();
  const std::size_t line = log.find(R"("route":"/invites/{ref}/qr.svg")");
  BOOST_REQUIRE(line != std::string::npos);
  BOOST_TEST(log.find(made.json("ref"), line) != std::string::npos);
  BOOST_TEST(log.find(made.json("invite_id")) == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test

#include "store/keys/invite_id.hpp"
#include "store/keys/keys.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"
#include "tests/support/wait_until.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <latch>
#include <map>
#include <string>
#include <thread>
#include <vector>

namespace invited::test {
namespace {

constexpr std::string_view html =
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"; // as browsers send it

struct running_server {
  redis_server redis;
  test_server server{redis.url()};
  http_client client{server.port()};

  running_server() { BOOST_REQUIRE(server.wait_ready()); }

  http_answer make(http_client& by, std::string_view expires_in = "86400") {
    const std::string body =
        R"({"email":"ada@example.org","first_name":"Ada \"Countess\"","last_name":"Lovelace","provider_id":"clinic-1","locale":"es","expires_in":)" +
        std::string(expires_in) + "}";
    http_answer made = by.post_json("/generate_invite", body, {{"Authorization", "Bearer " + staff_token()}});
    BOOST_REQUIRE_MESSAGE(made.status == 200, made.body);
    return made;
  }
  std::string link(std::string_view expires_in = "86400") {
    return "/invite/" + make(client, expires_in).json("invite_id");
  }

  http_answer redeem(const std::string& path, std::string_view body = "{}") {
    return client.post_json(path + "/redeem", body);
  }
};

BOOST_FIXTURE_TEST_SUITE(redeem, running_server)

BOOST_AUTO_TEST_CASE(two_hundred_at_once_have_one_winner) {
  constexpr int rivals = 200, threads = 8;
  const std::string path = link();
  std::atomic<int> won{0}, used{0}, other{0};
  std::latch start(threads);
  std::vector<std::thread> runners;
  for (int t = 0; t < threads; ++t) {
    runners.emplace_back([&] {
      std::vector<std::unique_ptr<http_client>> clients;
      for (int i = 0; i < rivals / threads; ++i)
        clients.push_back(std::make_unique<http_client>(server.port()));
      start.arrive_and_wait();
      for (const auto& c : clients) {
        c->send(
            "POST " + path +
            "/redeem HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
      }
      for (const auto& c : clients) {
        const int status = c->receive().status;
        ++(status == 200 ? won : status == 409 ? used : other);
      }
    });
  }
  for (std::thread& r : runners) r.join();
  BOOST_TEST(won == 1);
  BOOST_TEST(used == rivals - 1);
  BOOST_TEST(other == 0);
}

BOOST_AUTO_TEST_CASE(the_same_redeem_key_gets_identical_bytes) {
  const std::string path = link(), body = R"({"redeem_key":"0123456789abcdef"})";
  const http_answer first = redeem(path, body);
  BOOST_REQUIRE(first.status == 200);
  for (int i = 0; i < 5; ++i) { // each on a new connection, so on either core
    http_client later(server.port());
    const http_answer again = later.post_json(path + "/redeem", body);
    BOOST_TEST(again.status == 200);
    BOOST_TEST(again.body == first.body);
  }
  http_client by_header(server.port());
  BOOST_TEST(by_header.post_json(path + "/redeem", "{}", {{"Idempotency-Key", "0123456789abcdef"}}).body ==
             first.body);
  BOOST_TEST(redeem(path, R"({"redeem_key":"another-redeem-key"})").status == 409);
  BOOST_TEST(redeem(path).status == 409);
}

/// Acts as a browser without script: it reads the page's form, and keeps the cookie.
struct form {
  std::string action, key, cookie;

  explicit form(const http_answer& page) {
    const auto between = [&page](std::string_view before, char after) {
      const std::size_t at = page.body.find(before);
      BOOST_REQUIRE(at != page.body.npos);
      const std::size_t from = at + before.size();
      return page.body.substr(from, page.body.find(after, from) - from);
    };
    action = "/invite/" + between("action=\"", '"');
    key = between("name=\"redeem_key\" value=\"", '"');
    cookie = page.field("set-cookie").substr(0, page.field("set-cookie").find(';'));
  }
};

BOOST_AUTO_TEST_CASE(works_without_javascript) {
  const std::string path = link();
  const http_fields browser = {{"Accept", std::string(html)}};
  const http_answer page = client.get(path, browser);
  BOOST_REQUIRE(page.status == 200);
  const form f(page);
  BOOST_TEST(f.cookie == "invited_redeem=" + f.key);
  const std::string set = page.field("set-cookie");
  BOOST_TEST(set.find("; Path=" + path + ";") != set.npos);
  BOOST_TEST(set.find("; HttpOnly; SameSite=Lax") != set.npos);

  http_fields post = browser;
  post.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  const http_answer opened = client.request("POST", f.action, post, "redeem_key=" + f.key);
  BOOST_REQUIRE(opened.status == 303);
  const std::string location = opened.field("location");
  BOOST_TEST(location.starts_with("http://localhost:4321/assessment#access_token="));
  BOOST_TEST(location.find("&token_type=Bearer&expires_in=14400") != location.npos);
  BOOST_TEST(opened.field("set-cookie") == set); // the session begins now, and so does its cookie
  BOOST_TEST(page.field("content-security-policy").find("form-action 'self' http://localhost:4321") !=
             std::string::npos);

  // Back, reload and a lost answer: the cookie alone gets the same answer.
  http_fields with_cookie = browser;
  with_cookie.emplace_back("Cookie", f.cookie);
  const http_answer back = client.get(path, with_cookie);
  BOOST_TEST(back.status == 200);
  BOOST_TEST(back.body.find("Continuar") != std::string::npos);
  with_cookie.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  const http_answer reload = client.request("POST", f.action, with_cookie, "");
  BOOST_TEST(reload.status == 303);
  BOOST_TEST(reload.field("location") == location);

  // A restored tab asks by GET for the address of the form's answer.
  const http_answer restored = client.get(f.action, with_cookie);
  BOOST_TEST(restored.status == 303);
  BOOST_TEST(restored.field("location") == "../" + path.substr(8) + "?lang=es");

  // Another browser gets a friendly page.
  const http_answer stranger = client.get(path, browser);
  BOOST_TEST(stranger.status == 410);
  BOOST_TEST(stranger.body.find("ya se ha utilizado") != std::string::npos);
  const http_answer late = client.request("POST", f.action, post, "redeem_key=another-redeem-key");
  BOOST_TEST(late.status == 409);
  BOOST_TEST(late.field("content-type") == "text/html; charset=utf-8");
  BOOST_TEST(late.body.find("ya se ha utilizado") != std::string::npos);
  BOOST_TEST(late.body.find("action=\"ask?lang=es\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_store_that_is_away_loses_nothing) {
  const std::string path = link();
  const form f(client.get(path, {{"Accept", std::string(html)}}));
  redis.stop();
  const http_fields post = {{"Content-Type", "application/x-www-form-urlencoded"}};
  const http_answer away = client.request("POST", f.action, post, "redeem_key=" + f.key);
  BOOST_TEST(away.status == 503);
  BOOST_TEST(!away.field("retry-after").empty());
  BOOST_TEST(away.field("content-language") == "es"); // from the form, because the invite cannot be read
  BOOST_TEST(away.body.find("No se ha perdido nada") != std::string::npos);
  BOOST_TEST(away.body.find("<a class=\"button\" href=\"\">") != std::string::npos);
  BOOST_TEST(client.get(f.action).status == 303); // the link on that page
}

BOOST_AUTO_TEST_CASE(links_expire_by_themselves) {
  test_server quick(redis.url(), {"--ttl-min=1s"});
  BOOST_REQUIRE(quick.wait_ready());
  http_client c(quick.port());
  const std::string path = "/invite/" + make(c, "1").json("invite_id");
  BOOST_REQUIRE(wait_until([&] { return http_client(quick.port()).get(path).json("state") == "expired"; }));
  const http_answer late = redeem(path);
  BOOST_TEST(late.status == 410);
  BOOST_TEST(late.json("code") == "expired");
  BOOST_TEST(client.get(path, {{"Accept", std::string(html)}}).status == 410);
}

BOOST_AUTO_TEST_CASE(keys_turn_over_two_servers) {
  const std::string both = std::string(first_seal_line).append(second_seal_line).append(test_index_line);
  const std::string turned = std::string(second_seal_line).append(first_seal_line).append(test_index_line);
  test_server a(redis.url(), {}, both), b(redis.url(), {}, turned);
  BOOST_REQUIRE(a.wait_ready());
  BOOST_REQUIRE(b.wait_ready());
  http_client to_a(a.port()), to_b(b.port());
  const std::string by_b = "/invite/" + make(to_b).json("invite_id"),
                    body = R"({"redeem_key":"0123456789abcdef"})";
  const http_answer refused = redeem(by_b, body); // `server` has the first key only
  BOOST_TEST(refused.status == 503);
  BOOST_TEST(refused.json("code") == "key_unavailable");
  BOOST_TEST(!refused.field("retry-after").empty());
  const http_answer first = to_a.post_json(by_b + "/redeem", body),
                    again = to_b.post_json(by_b + "/redeem", body);
  BOOST_TEST(first.status == 200);
  BOOST_TEST(first.body == again.body); // signed under the key of the session, not under the server's first
}

/// An invite was made, guessed at, opened and looked at, with texts that are easy to find again.
struct secrets_in_use : running_server {
  std::string ref;
  std::vector<std::string> secrets{"ada.secret",   "Adamantia",   "Lovelorn",        "4155550177",
                                   "invisible",    "ight-Answer", "right-answer",    "rightanswer",
                                   "wrong-answer", "wronganswer", "my-own-idem-key", "my-own-redeem-key-1",
                                   "utm=",         "order-secret"};

  secrets_in_use() {
    const std::string token = staff_token("clinician", {"clinic-1"}, "dr.invisible.grey");
    const std::string body =
        R"({"email":"ada.secret@example.org","first_name":"Adamantia","last_name":"Lovelorn",)"
        R"("phone":"+14155550177","provider_id":"clinic-1","external_id":"order-secret-77",)"
        R"("challenge":{"kind":"code","answer":"Right-Answer"}})";
    redis.command({"CONFIG", "SET", "slowlog-log-slower-than", "0"});
    redis.command({"CONFIG", "SET", "slowlog-max-len", "1000"});
    const http_answer made =
        client.post_json("/generate_invite", body,
                         {{"Authorization", "Bearer " + token}, {"Idempotency-Key", "my-own-idem-key"}});
    ref = made.json("ref");
    const http_answer found =
        client.get("/invites?external_id=order-secret-77", {{"Authorization", "Bearer " + token}});
    BOOST_TEST(found.body.find(ref) != found.body.npos);
    const std::string id = made.json("invite_id"), link = "/invite/" + id + "/redeem?utm=Adamantia";
    BOOST_TEST(client.post_json(link, R"({"answer":"wrong-answer"})").status == 403);
    const http_answer opened =
        client.post_json(link, R"({"redeem_key":"my-own-redeem-key-1","answer":"right-answer"})");
    BOOST_REQUIRE(opened.status == 200);
    client.get("/session", {{"Authorization", "Bearer " + opened.json("access_token")}});
    client.get("/invite/" + id);
    client.get("/nothing/" + id);
    client.get("/assessment");

    const auto parsed = store::parse_invite_id(id);
    std::string digits = id;
    std::erase(digits, '-');
    for (const std::string& more :
         {id, digits, std::string(parsed->begin(), parsed->end()), token, opened.json("access_token")})
      secrets.push_back(more);
  }

  void check_hidden_in(const std::string& text) {
    for (const std::string& secret : secrets)
      BOOST_TEST_CONTEXT(secret) BOOST_TEST(text.find(secret) == text.npos);
  }
};

BOOST_FIXTURE_TEST_CASE(redis_holds_nothing_readable, secrets_in_use) {
  std::string all = redis.command({"SLOWLOG", "GET", "1000"});
  redis.stop(); // so that the append-only file is complete
  for (const auto& file : std::filesystem::recursive_directory_iterator(redis.folder())) {
    if (!file.is_regular_file()) continue;
    std::ifstream in(file.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(in), {});
  }
  BOOST_TEST(all.find("clinic-1") != all.npos); // this is the right place to look
  check_hidden_in(all);
}

BOOST_FIXTURE_TEST_CASE(the_log_names_the_invite_and_a_patients_network_alone, secrets_in_use) {
  server.stop();
  const std::string log = server.log();
  BOOST_TEST(log.find(ref) != log.npos);
  check_hidden_in(log);
  // A patient's address is health information, so only its network is logged, whichever page was read.
  for (std::size_t at = 0; (at = log.find("\"route\":\"/assessment\"", at)) != log.npos; ++at) {
    BOOST_TEST(log.substr(at, log.find('\n', at) - at).find("\"address\":\"127.0.0.0/24\"") != log.npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test

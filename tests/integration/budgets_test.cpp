// How much memory one address, one caller, and all of them together may make the server hold.
#include "tests/integration/bulk_calls.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/exposition_reader.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/wait_until.hpp"

#include <deque>
#include <memory>

namespace invited::test {
namespace {

constexpr std::size_t mebibyte = 1024 * 1024;

struct budgeted {
  redis_server redis;
  test_server server;

  explicit budgeted(std::vector<std::string> extra) : server(redis.url(), with_admin(std::move(extra))) {
    BOOST_REQUIRE(server.wait_ready());
    BOOST_REQUIRE(becomes("invited_connections_open", 0)); // that of wait_ready() holds no place any more
  }

  static std::vector<std::string> with_admin(std::vector<std::string> extra) {
    extra.push_back("--admin-listen=127.0.0.1:0");
    return extra;
  }

  double metric(const std::string& name, const std::map<std::string, std::string>& labels = {}) {
    const http_answer page = http_client(server.admin_port()).get("/metrics");
    return exposition_reader(page.body)(name, labels);
  }

  bool becomes(const std::string& name, double value) {
    return wait_until([&] { return metric(name) == value; });
  }

  /// A connection that has announced `length` bytes and sent all but two.
  http_client& begin_bulk(std::string_view subject, std::size_t length) {
    clients.emplace_back(server.port());
    try {
      clients.back().send(bulk_head(as_another(subject), length));
      clients.back().send(std::string(length - 2, ' '));
    } catch (const std::exception&) { // refused, and closed while the test was sending
    }
    return clients.back();
  }

  std::deque<http_client> clients{};
};

/// The status of the answer; 0 if a reset came first.
int status_of(http_client& c) {
  try {
    return c.receive().status;
  } catch (const std::exception&) {
    return 0;
  }
}

BOOST_AUTO_TEST_SUITE(budgets)

BOOST_AUTO_TEST_CASE(an_address_has_256_connections_by_default) {
  budgeted world({});
  for (int i = 0; i < 256; ++i) world.clients.emplace_back(world.server.port());
  BOOST_TEST(world.becomes("invited_connections_open", 256));
  for (int i = 0; i < 5; ++i) {
    http_client over(world.server.port());
    const http_answer refused = over.receive(); // it is answered without a request
    BOOST_TEST(refused.status == 503);
    BOOST_TEST(refused.field("retry-after") == "1");
    BOOST_TEST(over.closed_by_server());
  }
  BOOST_TEST(world.metric("invited_connections_refused_total", {{"limit", "address"}}) == 5);
  BOOST_TEST(world.metric("invited_connections_refused_total", {{"limit", "all"}}) == 0);
  BOOST_TEST(world.metric("invited_connections_open") == 256);
  BOOST_TEST(world.clients[0].get("/healthz").status == 200);
  world.clients.clear();
  BOOST_TEST(world.becomes("invited_connections_open", 0));
  BOOST_TEST(http_client(world.server.port()).get("/healthz").status == 200);
  const std::string log = world.server.log();
  const std::size_t line =
      log.find(R"("event":"connections_refused","limit":"max-connections-per-address",)");
  BOOST_REQUIRE(line != log.npos);
  std::size_t lines = 0;
  for (std::size_t at = line; at != log.npos; at = log.find("connections_refused", at + 40)) ++lines;
  BOOST_TEST(lines <= 2U); // one a minute for each of the two cores
  BOOST_TEST(log.substr(line, log.find('\n', line) - line).ends_with(R"("client":"127.0.0.0/24"})"));
}

BOOST_AUTO_TEST_CASE(a_trusted_proxy_has_as_many_as_there_are) {
  budgeted world({"--max-connections-per-address=2", "--trusted-proxy=127.0.0.1"});
  for (int i = 0; i < 10; ++i) world.clients.emplace_back(world.server.port());
  for (http_client& c : world.clients) BOOST_TEST(c.get("/healthz").status == 200);
}

BOOST_AUTO_TEST_CASE(when_all_places_are_taken_the_idle_make_room_on_every_core) {
  // There are two threads, and the kernel chooses which one accepts, so clients come to a full and to an
  // empty core.
  budgeted world({"--max-connections=8", "--threads=2"});
  for (int i = 0; i < 60; ++i) {
    world.clients.emplace_back(world.server.port());
    BOOST_TEST(world.clients.back().get("/healthz").status == 200);
  }
  BOOST_TEST(world.metric("invited_connections_max") == 8);
  BOOST_TEST(world.metric("invited_connections_open") == 8);
  BOOST_TEST(world.metric("invited_connections_ended_for_room_total") == 52);
  BOOST_TEST(world.metric("invited_connections_refused_total", {{"limit", "all"}}) == 0);
  BOOST_TEST(world.clients[0].closed_by_server());
}

BOOST_AUTO_TEST_CASE(a_request_under_way_makes_no_room) {
  budgeted world({"--max-connections=4"});
  for (int i = 0; i < 4; ++i) {
    // The answer to the first request shows that the server has read the beginning of the second.
    world.clients.emplace_back(world.server.port());
    world.clients.back().send("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\nGET /healthz HTTP/1.1\r\n");
    BOOST_TEST(world.clients.back().receive().status == 200);
  }
  BOOST_TEST(world.metric("invited_connections_open") == 4);
  BOOST_TEST(http_client(world.server.port()).receive().status == 503);
  for (http_client& c : world.clients) {
    c.send("Host: h\r\n\r\n");
    BOOST_TEST(c.receive().status == 200);
  }
}

// The attack: many connections with one valid token, each of them nearly at the end of a mebibyte.
BOOST_AUTO_TEST_CASE(one_token_holds_one_content) {
  budgeted world({"--max-body-memory=64MiB"});
  http_client& first = world.begin_bulk("portal", mebibyte);
  BOOST_TEST(world.becomes("invited_body_memory_bytes", mebibyte));
  constexpr int attempts = 40;
  int told = 0;
  for (int i = 0; i < attempts; ++i) {
    http_client& again = world.begin_bulk("portal", mebibyte);
    const int status = status_of(again);
    BOOST_TEST((status == 429 || status == 0));
    told += status == 429;
  }
  BOOST_TEST(told > 0);
  BOOST_TEST(world.metric("invited_limited_total", {{"limit", "bulk"}}) == attempts);
  BOOST_TEST(world.metric("invited_body_memory_bytes") == mebibyte);
  const http_answer small =
      http_client(world.server.port()).post_json("/generate_invites", rows(1), as_another("portal"));
  BOOST_TEST(small.status == 429);
  BOOST_TEST(small.json("code") == "bulk_in_progress");
  BOOST_TEST(small.field("retry-after") == "1");
  http_client other(world.server.port());
  BOOST_TEST(other.post_json("/generate_invites", rows(1), as_another("neighbour")).status == 200);
  BOOST_TEST(other.post_json("/generate_invite", row("Ada"), as_another("portal")).status == 200);
  first.send("[]");
  BOOST_TEST(first.receive().status == 200);
  BOOST_TEST(other.post_json("/generate_invites", rows(1), as_another("portal")).status == 200);
  BOOST_TEST(world.becomes("invited_body_memory_bytes", 0));
}

BOOST_AUTO_TEST_CASE(above_the_budget_large_contents_wait_and_small_ones_do_not) {
  budgeted world({"--max-body-memory=4MiB"});
  for (int i = 0; i < 4; ++i) world.begin_bulk("portal-" + std::to_string(i), mebibyte);
  BOOST_TEST(world.becomes("invited_body_memory_bytes", 4 * mebibyte));
  http_client fifth(world.server.port());
  fifth.send(bulk_head(as_another("portal-4"), mebibyte)); // by its head alone
  const http_answer refused = fifth.receive();
  BOOST_TEST(refused.status == 503);
  BOOST_TEST(refused.json("code") == "busy");
  BOOST_TEST(refused.field("retry-after") == "1");
  BOOST_TEST(world.metric("invited_limited_total", {{"limit", "body_memory"}}) == 1);

  http_client other(world.server.port()); // it needs only one of the connections
  const http_answer made = other.post_json("/generate_invite", row("Ada"), as_another("portal-0"));
  BOOST_TEST(made.status == 200);
  BOOST_TEST(other.post_json("/invite/" + made.json("invite_id") + "/redeem", "{}").status == 200);
  BOOST_TEST(other.post_json("/generate_invites", rows(3), as_another("portal-4")).status == 200);

  world.clients.pop_front(); // a place that one leaves is free for another
  BOOST_TEST(world.becomes("invited_body_memory_bytes", 3 * mebibyte));
  std::string body = rows(1);
  body.insert(1, std::string(mebibyte - body.size(), ' '));
  BOOST_TEST(other.post_json("/generate_invites", body, as_another("portal-4")).status == 200);
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_read_slowly_keeps_its_callers_place) {
  budgeted world({"--burst=100000"});
  // The largest answer: a thousand rows with nothing but unknown fields.
  std::string fields;
  for (int i = 10; i < 42; ++i)
    fields += (i > 10 ? ",\"" : "\"") + std::string(22, 'a') + std::to_string(i) + "\":0";
  const std::string body = rows(std::vector<std::string>(1000, "{" + fields + "}"));
  http_client slow(world.server.port());
  for (int i = 0; i < 3; ++i)
    slow.send(bulk_head(as_another("portal"), body.size()) + body); // 4 MB of answer each
  // More than the kernel's buffers take. The rest is ours, and counts.
  BOOST_TEST(wait_until([&] { return world.metric("invited_body_memory_bytes") > 2 * mebibyte; }));
  http_client other(world.server.port());
  BOOST_TEST(other.post_json("/generate_invites", rows(1), as_another("portal")).status == 429);
  BOOST_TEST(other.post_json("/generate_invites", rows(1), as_another("neighbour")).status == 200);
  for (int i = 0; i < 3; ++i) BOOST_TEST(slow.receive().status == 200);
  BOOST_TEST(world.becomes("invited_body_memory_bytes", 0));
  BOOST_TEST(other.post_json("/generate_invites", rows(1), as_another("portal")).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(descriptors)

struct few_files {
  redis_server redis;
  temp_folder folder;
  std::string keys = folder.write("keys", test_key_file()), secret = folder.write("jwt", test_jwt_secret);

  std::unique_ptr<child_process> serve(const std::string& option) {
    const std::string command =
        "ulimit -n 400; exec " INVITED_EXECUTABLE
        " serve --listen 127.0.0.1:0 --admin-listen=127.0.0.1:0 --threads 1 --redis " +
        redis.url() + " --key-file " + keys + " --jwt-secret-file " + secret + " " + option;
    return std::make_unique<child_process>("/bin/sh", std::vector<std::string>{"-c", command});
  }
};

BOOST_FIXTURE_TEST_CASE(more_connections_than_files_are_refused_at_the_start, few_files) {
  const auto p = serve("--max-connections 500");
  BOOST_TEST(p->wait() == 1);
  for (const char* part : {"--max-connections 500", "756", "400", "ulimit -n", "LimitNOFILE"})
    BOOST_TEST(p->err().find(part) != std::string::npos, part);
}

BOOST_FIXTURE_TEST_CASE(the_default_is_lowered_to_what_there_is, few_files) {
  const auto p = serve("");
  BOOST_REQUIRE(wait_until([&] { return p->err().find(R"("event":"listening")") != std::string::npos; }));
  const std::string log = p->err();
  BOOST_TEST(log.find(R"("event":"connections_lowered","max_connections":144,)") != log.npos);
  const auto port = static_cast<std::uint16_t>(std::stoi(log.substr(log.find(R"("admin_port":)") + 13)));
  const http_answer page = http_client(port).get("/metrics");
  BOOST_TEST(exposition_reader(page.body)("invited_connections_max") == 144);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test

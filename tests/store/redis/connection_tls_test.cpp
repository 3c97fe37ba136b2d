#include "store/base/errc.hpp"
#include "store/redis/connection.hpp"
#include "tests/store/redis/client.hpp"
#include "tests/support/redis_server.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <string>

using namespace invited::store;
using namespace invited::store::redis;
using namespace invited::test;

namespace {

/// A folder with an authority's certificate, and a key with a certificate of that authority for `names`.
struct certificates {
  explicit certificates(const std::string& names) {
    std::string name = (std::filesystem::temp_directory_path() / "invited-tls-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    folder = name;
    const std::string key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes ";
    run("req -x509 " + key + "-days 2 -subj /CN=authority -keyout ca.key -out ca.crt");
    run("req -x509 " + key + "-days 2 -subj /CN=server -addext subjectAltName=" + names +
        " -addext basicConstraints=critical,CA:FALSE -CA ca.crt -CAkey ca.key -keyout server.key -out "
        "server.crt");
  }
  ~certificates() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  certificates(const certificates&) = delete;
  certificates& operator=(const certificates&) = delete;

  void run(const std::string& command) const {
    const std::string line = "cd " + folder.string() + " && openssl " + command + " 2>/dev/null";
    if (std::system(line.c_str()) != 0) throw std::runtime_error("openssl failed: " + command);
  }

  std::string file(const std::string& name) const { return (folder / name).string(); }

  std::filesystem::path folder;
};

/// A Redis that speaks TLS on a free port, and on its Unix socket as ever.
struct tls_server {
  explicit tls_server(const std::string& names)
      : certs(names), port(redis_server::free_port()), redis(config()) {}

  std::vector<std::string> config() const {
    std::vector<std::string> lines = strict_config;
    lines.push_back("bind 127.0.0.1");
    lines.push_back("tls-port " + std::to_string(port));
    lines.push_back("tls-cert-file " + certs.file("server.crt"));
    lines.push_back("tls-key-file " + certs.file("server.key"));
    lines.push_back("tls-auth-clients no");
    return lines;
  }

  connection_settings settings(const std::string& host) const {
    connection_settings s = client::settings("rediss://" + host + ":" + std::to_string(port));
    s.ca_file = certs.file("ca.crt");
    return s;
  }

  certificates certs;
  std::uint16_t port;
  redis_server redis;
};

/// Checks that connecting fails again and again because of the certificate.
void check_refused(const connection_settings& s) {
  client c(s);
  BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return c.seen.losses > 1; }));
  BOOST_TEST(c.seen.connections == 0);
  BOOST_TEST(c.seen.last_error.failed());
  BOOST_TEST(c.connection.why_not_ready().find("certificate verify failed") != std::string::npos);
}

} // namespace

BOOST_AUTO_TEST_SUITE(store_redis_connection_tls)

BOOST_AUTO_TEST_CASE(calls_over_tls) {
  tls_server server("DNS:localhost,IP:127.0.0.1");
  for (const std::string host : {"127.0.0.1", "localhost"}) {
    BOOST_TEST_CONTEXT(host) {
      client c(server.settings(host));
      BOOST_REQUIRE_MESSAGE(c.wait_ready(), c.connection.why_not_ready());
      const std::string large(1 << 20, 'x');
      const outcome &set = c.call({"SET", "k", large}), &get = c.call({"GET", "k"});
      for (int i = 0; i < 1000; ++i) c.call({"PING"});
      BOOST_TEST_REQUIRE(c.wait_all_done());
      BOOST_TEST(set.shown == "+OK");
      BOOST_TEST((get.shown == '"' + large + '"'));
      for (const outcome& o : c.outcomes) BOOST_TEST_REQUIRE(o.ok());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_certificate_of_an_unknown_authority_is_refused) {
  tls_server server("IP:127.0.0.1");
  connection_settings s = server.settings("127.0.0.1");
  s.ca_file.clear(); // the system's authorities do not know ours
  check_refused(s);
  const certificates others("IP:127.0.0.1");
  s.ca_file = others.file("ca.crt");
  check_refused(s);
}

BOOST_AUTO_TEST_CASE(a_certificate_for_another_host_is_refused) {
  tls_server server("DNS:redis.example.org,IP:127.0.0.2");
  check_refused(server.settings("127.0.0.1"));
  check_refused(server.settings("localhost"));
}

BOOST_AUTO_TEST_CASE(killed_and_restarted_under_calls) {
  tls_server server("IP:127.0.0.1");
  client c(server.settings("127.0.0.1"));
  BOOST_TEST_REQUIRE(c.wait_ready());
  server.redis.freeze();
  for (int i = 0; i < 100; ++i) c.call({"INCR", "n"});
  c.call({"SET", "k", std::string(8 << 20, 'x')});
  c.loop.restart();
  c.loop.poll(); // the large write is under way when the connection breaks
  c.call({"INCR", "n"});
  server.redis.kill();
  BOOST_TEST_REQUIRE(c.wait_all_done());
  for (const outcome& o : c.outcomes) BOOST_TEST(o.completed == 1);
  BOOST_TEST((c.outcomes.front().error == make_error_code(errc::unanswered)));
  server.redis.start();
  BOOST_TEST_REQUIRE(c.wait_ready());
  BOOST_TEST(c.ask({"PING"}).ok());
}

BOOST_AUTO_TEST_CASE(a_redis_without_tls_is_not_spoken_to) {
  const std::uint16_t port = redis_server::free_port();
  std::vector<std::string> config = strict_config;
  config.push_back("bind 127.0.0.1");
  config.push_back("port " + std::to_string(port));
  redis_server plain(config);
  connection_settings s = client::settings("rediss://127.0.0.1:" + std::to_string(port));
  s.timeout = std::chrono::milliseconds(300); // it waits for the end of something that it takes for a line
  client c(s);
  BOOST_TEST_REQUIRE(run_until(c.loop, [&] { return c.seen.losses > 1; }));
  BOOST_TEST(c.seen.connections == 0);
  client without(client::settings("redis://127.0.0.1:" + std::to_string(port)));
  BOOST_TEST(without.wait_ready());
}

BOOST_AUTO_TEST_CASE(a_file_of_authorities_that_cannot_be_read_stops_the_start) {
  connection_settings s = client::settings("rediss://127.0.0.1");
  s.ca_file = "/no/such/file";
  BOOST_CHECK_THROW(client(s, false), boost::system::system_error);
}

BOOST_AUTO_TEST_SUITE_END()

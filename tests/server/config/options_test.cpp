#include "store/redis/connection_settings.hpp"
#include "tests/server/config/configuration_fixture.hpp"

#include <chrono>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>

using namespace invited::server;
using namespace invited::test;
using namespace std::chrono_literals;

BOOST_FIXTURE_TEST_SUITE(config_options, configuration_fixture)

BOOST_AUTO_TEST_CASE(the_defaults_are_those_of_the_contract) {
  const auto loaded = load_with_keys({});
  BOOST_TEST_REQUIRE(loaded.has_value());
  const auto& o = loaded->values;
  BOOST_TEST((o.listen == endpoint{"127.0.0.1", 4321}));
  BOOST_TEST((o.admin_listen == endpoint{"127.0.0.1", 9464}));
  BOOST_TEST(o.base_url == "http://localhost:4321");
  BOOST_TEST(o.assessment_url == "http://localhost:4321/assessment");
  BOOST_TEST(o.redis == "redis://127.0.0.1:6379");
  BOOST_TEST(o.redis_password_file.empty());
  BOOST_TEST((o.durability == invited::store::redis::durability::strict));
  BOOST_TEST((o.threads >= 1 && o.threads <= 256));
  BOOST_TEST(o.max_connections == 20'000u);
  BOOST_TEST(!loaded->asks_for_connections);
  BOOST_TEST(o.max_connections_per_address == 256u);
  BOOST_TEST(o.max_body_memory == 256u << 20);
  BOOST_TEST(o.audit_max_entries == 5'000'000u);
  BOOST_TEST(o.rate == 50.0);
  BOOST_TEST(o.burst == 1000u);
  BOOST_TEST(o.patient_rate == 20.0);
  BOOST_TEST(o.patient_burst == 200u);
  BOOST_TEST((o.ttl == 14 * 24h));
  BOOST_TEST((o.ttl_min == 60s));
  BOOST_TEST((o.ttl_max == 90 * 24h));
  BOOST_TEST((o.retention == 30 * 24h));
  BOOST_TEST((o.session_ttl == 4h));
  BOOST_TEST(o.default_region == "US");
  BOOST_TEST((o.store_timeout == 2s));
  BOOST_TEST(o.store_batch == invited::store::redis::largest_batch);
  BOOST_TEST((o.header_timeout == 10s));
  BOOST_TEST((o.body_timeout == 30s));
  BOOST_TEST((o.write_timeout == 30s));
  BOOST_TEST((o.idle_timeout == 75s));
  BOOST_TEST((o.shutdown_timeout == 10s));
  BOOST_TEST((o.log_level == log_level::info));
  BOOST_TEST((o.cors_origins.empty() && o.trusted_proxies.empty() && o.jwt_public_keys.empty()));
  BOOST_TEST((o.jwt_issuer.empty() && o.jwt_audience.empty()));
  BOOST_TEST(loaded->warnings.empty());
}

/// Each option has a value that is not its default.
struct all_set : configuration_fixture {
  std::string pem = folder.write("idp.pem", "-----BEGIN PUBLIC KEY-----\n", 0644);
  std::string password = folder.write("password", "hunter2\n");
  std::optional<configuration> loaded;

  all_set() {
    std::istringstream flags(
        "--listen [::]:80 --admin-listen off --base-url https://invite.example/x/ "
        "--redis unix:///run/redis.sock --durability relaxed --store-timeout 250ms --store-batch 7 "
        "--threads 3 --max-connections 7 --max-connections-per-address 5 --max-body-memory 8MiB "
        "--jwt-issuer i --jwt-audience a --cors-origin https://a.example --cors-origin https://b.example "
        "--trusted-proxy 10.0.0.0/8 --default-region DE "
        "--rate 0.5 --burst 1 --patient-rate 1.5 --patient-burst 2 "
        "--ttl 1h --ttl-min 1s --ttl-max 2h --retention 1d --session-ttl 60 "
        "--header-timeout 1s --body-timeout 2s --write-timeout 3s --idle-timeout 4s --shutdown-timeout 5s "
        "--audit-max-entries 9 --log-level error");
    texts args{std::istream_iterator<std::string>(flags), {}};
    args.insert(args.end(),
                {"--redis-password-file", password, "--jwt-public-key", pem, "--jwt-public-key", pem});
    loaded = load_with_keys(args);
    BOOST_TEST_REQUIRE(loaded.has_value());
  }
};

BOOST_FIXTURE_TEST_CASE(where_it_serves_can_be_set, all_set) {
  const options& o = loaded->values;
  BOOST_TEST((o.listen == endpoint{"::", 80}));
  BOOST_TEST(!o.admin_listen.has_value());
  BOOST_TEST(o.base_url == "https://invite.example/x");
  BOOST_TEST(o.assessment_url == "https://invite.example/x/assessment");
  BOOST_TEST(o.cors_origins.size() == 2u);
  BOOST_TEST(o.trusted_proxies.size() == 1u);
  BOOST_TEST(o.default_region == "DE");
  BOOST_TEST((o.log_level == log_level::error));
}

BOOST_FIXTURE_TEST_CASE(what_it_may_take_can_be_set, all_set) {
  const options& o = loaded->values;
  BOOST_TEST(o.threads == 3u);
  BOOST_TEST(o.max_connections == 7u);
  BOOST_TEST(loaded->asks_for_connections);
  BOOST_TEST(o.max_connections_per_address == 5u);
  BOOST_TEST(o.max_body_memory == 8u << 20);
  BOOST_TEST(o.audit_max_entries == 9u);
  BOOST_TEST((o.rate == 0.5 && o.burst == 1 && o.patient_rate == 1.5 && o.patient_burst == 2));
}

BOOST_FIXTURE_TEST_CASE(times_can_be_set, all_set) {
  const options& o = loaded->values;
  BOOST_TEST(
      (o.ttl == 1h && o.ttl_min == 1s && o.ttl_max == 2h && o.retention == 24h && o.session_ttl == 60s));
  BOOST_TEST((o.store_timeout == 250ms && o.header_timeout == 1s && o.body_timeout == 2s &&
              o.write_timeout == 3s && o.idle_timeout == 4s && o.shutdown_timeout == 5s));
}

BOOST_FIXTURE_TEST_CASE(redis_and_keys_can_be_set, all_set) {
  const options& o = loaded->values;
  BOOST_TEST(o.redis == "unix:///run/redis.sock");
  BOOST_TEST((o.durability == invited::store::redis::durability::relaxed));
  BOOST_TEST(o.store_batch == 7u);
  BOOST_TEST(o.jwt_public_keys.size() == 2u);
  BOOST_TEST(o.jwt_issuer == "i");
  BOOST_TEST(o.jwt_audience == "a");
  BOOST_TEST(loaded->material.redis_password == "hunter2");
  BOOST_TEST_REQUIRE(loaded->material.jwt_public_keys.size() == 2u);
  BOOST_TEST(loaded->material.jwt_public_keys[0].path == pem);
  BOOST_TEST(loaded->material.jwt_public_keys[0].pem == "-----BEGIN PUBLIC KEY-----\n");
  BOOST_TEST(loaded->material.key_file == "seal x\nindex y\n");
  BOOST_TEST(loaded->material.jwt_secret == std::string(40, 's'));
}

BOOST_AUTO_TEST_CASE(an_assessment_url_of_its_own) {
  const auto loaded = load_with_keys({"--assessment-url", "https://chat.example/start?x=1"});
  BOOST_TEST_REQUIRE(loaded.has_value());
  BOOST_TEST(loaded->values.assessment_url == "https://chat.example/start?x=1");
}

BOOST_AUTO_TEST_CASE(values_out_of_range_are_refused) {
  const struct {
    std::string_view flag, value;
  } cases[] = {{"--rate", "0"},
               {"--burst", "0"},
               {"--patient-rate", "-1"},
               {"--patient-burst", "0"},
               {"--threads", "257"},
               {"--threads", "0"},
               {"--session-ttl", "59s"},
               {"--ttl-min", "0"},
               {"--retention", "59s"},
               {"--max-connections", "0"},
               {"--max-connections-per-address", "0"},
               {"--max-body-memory", "1023KiB"},
               {"--listen", "127.0.0.1:65536"},
               {"--admin-listen", "x"},
               {"--store-timeout", "0"},
               {"--store-batch", "33"},
               {"--default-region", "us"},
               {"--log-level", "loud"},
               {"--durability", "none"},
               {"--trusted-proxy", "10.0.0.1/8"},
               {"--base-url", "http://h/?q"},
               {"--assessment-url", "x"},
               {"--jwt-issuer", ""},
               {"--redis", "redis://:p@h"},
               {"--cors-origin", "*"}};
  for (const auto& c : cases)
    check_error({std::string{c.flag}, std::string{c.value}}, std::string{c.flag} + ": ");
}

BOOST_AUTO_TEST_SUITE_END()

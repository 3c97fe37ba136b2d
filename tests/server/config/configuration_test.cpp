#include "server/config/configuration.hpp"
#include "server/config/files.hpp"
#include "tests/support/temp_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace invited::server;
using namespace std::chrono_literals;
using invited::test::temp_folder;

namespace {

using texts = std::vector<std::string>;

bool has(const std::vector<std::string>& all, std::string_view part) {
  return std::ranges::any_of(all, [part](const std::string& s) { return s.find(part) != std::string::npos; });
}

/// A folder with a key file and a JWT secret, and what comes of loading with them.
struct fixture {
  temp_folder folder;
  std::string keys = folder.write("keys", "seal x\nindex y\n");
  std::string secret = folder.write("jwt", std::string(40, 's') + "\n");
  findings found;

  std::optional<configuration> load(const texts& args, const texts& environment = {}) {
    found = {};
    const std::vector<std::string_view> a{args.begin(), args.end()};
    const std::vector<std::string_view> e{environment.begin(), environment.end()};
    return load_configuration(a, e, read_file, found);
  }

  /// With the files that every server needs.
  std::optional<configuration> load_with_keys(texts args, texts environment = {}) {
    args.insert(args.end(), {"--key-file", keys, "--jwt-secret-file", secret});
    return load(args, environment);
  }

  void check_error(const texts& args, std::string_view part) {
    BOOST_TEST_CONTEXT(part) {
      BOOST_TEST(!load_with_keys(args));
      BOOST_TEST(found.errors.size() == 1u);
      BOOST_TEST(has(found.errors, part));
      for (const auto& e : found.errors) BOOST_TEST_MESSAGE(e);
    }
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(config_configuration, fixture)

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

BOOST_AUTO_TEST_CASE(everything_can_be_set) {
  const auto pem = folder.write("idp.pem", "-----BEGIN PUBLIC KEY-----\n", 0644);
  const auto password = folder.write("password", "hunter2\n");
  const auto loaded = load_with_keys({"--listen",
                                      "[::]:80",
                                      "--admin-listen",
                                      "off",
                                      "--base-url",
                                      "https://invite.example/x/",
                                      "--redis",
                                      "unix:///run/redis.sock",
                                      "--redis-password-file",
                                      password,
                                      "--durability",
                                      "relaxed",
                                      "--threads",
                                      "3",
                                      "--max-connections",
                                      "7",
                                      "--max-connections-per-address",
                                      "5",
                                      "--max-body-memory",
                                      "8MiB",
                                      "--jwt-public-key",
                                      pem,
                                      "--jwt-public-key",
                                      pem,
                                      "--jwt-issuer",
                                      "i",
                                      "--jwt-audience",
                                      "a",
                                      "--rate",
                                      "0.5",
                                      "--burst",
                                      "1",
                                      "--patient-rate",
                                      "1.5",
                                      "--patient-burst",
                                      "2",
                                      "--ttl",
                                      "1h",
                                      "--ttl-min",
                                      "1s",
                                      "--ttl-max",
                                      "2h",
                                      "--retention",
                                      "1d",
                                      "--session-ttl",
                                      "60",
                                      "--audit-max-entries",
                                      "9",
                                      "--cors-origin",
                                      "https://a.example",
                                      "--cors-origin",
                                      "https://b.example",
                                      "--trusted-proxy",
                                      "10.0.0.0/8",
                                      "--default-region",
                                      "DE",
                                      "--store-timeout",
                                      "250ms",
                                      "--header-timeout",
                                      "1s",
                                      "--body-timeout",
                                      "2s",
                                      "--write-timeout",
                                      "3s",
                                      "--idle-timeout",
                                      "4s",
                                      "--shutdown-timeout",
                                      "5s",
                                      "--log-level",
                                      "error"});
  BOOST_TEST_REQUIRE(loaded.has_value());
  const auto& o = loaded->values;
  BOOST_TEST((o.listen == endpoint{"::", 80}));
  BOOST_TEST(!o.admin_listen.has_value());
  BOOST_TEST(o.base_url == "https://invite.example/x");
  BOOST_TEST(o.assessment_url == "https://invite.example/x/assessment");
  BOOST_TEST(o.redis == "unix:///run/redis.sock");
  BOOST_TEST((o.durability == invited::store::redis::durability::relaxed));
  BOOST_TEST(o.threads == 3u);
  BOOST_TEST(o.max_connections == 7u);
  BOOST_TEST(loaded->asks_for_connections);
  BOOST_TEST(o.max_connections_per_address == 5u);
  BOOST_TEST(o.max_body_memory == 8u << 20);
  BOOST_TEST(o.audit_max_entries == 9u);
  BOOST_TEST(o.jwt_public_keys.size() == 2u);
  BOOST_TEST(o.jwt_issuer == "i");
  BOOST_TEST(o.jwt_audience == "a");
  BOOST_TEST((o.rate == 0.5 && o.burst == 1 && o.patient_rate == 1.5 && o.patient_burst == 2));
  BOOST_TEST(
      (o.ttl == 1h && o.ttl_min == 1s && o.ttl_max == 2h && o.retention == 24h && o.session_ttl == 60s));
  BOOST_TEST(o.cors_origins.size() == 2u);
  BOOST_TEST(o.trusted_proxies.size() == 1u);
  BOOST_TEST(o.default_region == "DE");
  BOOST_TEST((o.store_timeout == 250ms && o.header_timeout == 1s && o.body_timeout == 2s &&
              o.write_timeout == 3s && o.idle_timeout == 4s && o.shutdown_timeout == 5s));
  BOOST_TEST((o.log_level == log_level::error));
  BOOST_TEST(loaded->material.redis_password == "hunter2");
  BOOST_TEST_REQUIRE(loaded->material.jwt_public_keys.size() == 2u);
  BOOST_TEST(loaded->material.jwt_public_keys[0].path == pem);
  BOOST_TEST(loaded->material.jwt_public_keys[0].pem == "-----BEGIN PUBLIC KEY-----\n");
  BOOST_TEST(loaded->material.key_file == "seal x\nindex y\n");
  BOOST_TEST(loaded->material.jwt_secret == std::string(40, 's'));
}

BOOST_AUTO_TEST_CASE(flag_over_environment_over_file_over_default) {
  const auto file = folder.write("conf", "rate = 3\nburst = 3\nttl = 3h\nkey-file = " + keys + "\n", 0644);
  const auto loaded =
      load({"--rate=1", "--jwt-secret-file", secret},
           {"INVITED_CONFIG=" + file, "INVITED_RATE=2", "INVITED_BURST=2", "INVITED_PORT=tcp://x"});
  BOOST_TEST_REQUIRE(loaded.has_value());
  BOOST_TEST(loaded->values.rate == 1.0);
  BOOST_TEST(loaded->values.burst == 2u);
  BOOST_TEST((loaded->values.ttl == 3h));
  BOOST_TEST((loaded->values.ttl_min == 60s));
  BOOST_TEST(loaded->warnings == texts{"unknown variable 'INVITED_PORT' is ignored"});
}

BOOST_AUTO_TEST_CASE(all_errors_come_at_once_each_with_its_source) {
  const auto file = folder.write("conf", "# here\nburst = 0\nnonsense = 1\n", 0644);
  BOOST_TEST(!load({"--rate", "no", "--config", file, "--nope"},
                   {"INVITED_TTL=soon", "INVITED_CORS_ORIGIN=*,https://x/"}));
  const texts expected{
      "unknown option '--nope'",
      file + ":3: unknown option 'nonsense'",
      "--rate: 'no' is not a number above 0, up to 1000000",
      file + ":2: burst: '0' is not a whole number from 1 to 10000000",
      "INVITED_TTL: 'soon' is not a duration (60s, 15m, 1h, 14d)",
      "INVITED_CORS_ORIGIN: '*' would allow every web page; list the origins one by one",
      "INVITED_CORS_ORIGIN: 'https://x/' is not an origin: it must have only scheme, host and port",
      "--key-file is required; make one: invited keygen > FILE; chmod 600 FILE",
      "--jwt-secret-file or --jwt-public-key is required, to check staff tokens; make a secret: "
      "openssl rand -base64 48 > FILE; chmod 600 FILE",
  };
  BOOST_TEST(found.errors == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(ttl_lies_between_its_limits) {
  check_error({"--ttl", "59s"}, "ttl 59s (--ttl) is less than ttl-min 1m (the default)");
  check_error({"--ttl-max", "13d"}, "ttl-max 13d (--ttl-max) is less than ttl 14d (the default)");
  check_error({"--ttl-min", "91d"}, "ttl-max 90d (the default) is less than ttl-min 91d (--ttl-min)");
  BOOST_TEST(load_with_keys({"--ttl", "1h", "--ttl-min", "1h", "--ttl-max", "1h"}).has_value());
  // A limit that could not be read says nothing about the others.
  check_error({"--ttl-min", "x", "--ttl", "1s"}, "--ttl-min: 'x' is not a duration");
}

BOOST_AUTO_TEST_CASE(a_record_lives_at_least_as_long_as_its_session) {
  check_error({"--retention", "3h"}, "retention 3h (--retention) is less than session-ttl 4h (the default)");
  BOOST_TEST(load_with_keys({"--retention", "4h"}).has_value());
}

BOOST_AUTO_TEST_CASE(values_out_of_range) {
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

BOOST_AUTO_TEST_CASE(two_listeners_need_two_places) {
  check_error({"--listen", "127.0.0.1:9464"},
              "listen (--listen) and admin-listen (the default) are both 127.0.0.1:9464");
  BOOST_TEST(load_with_keys({"--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"}).has_value());
  BOOST_TEST(load_with_keys({"--listen", "127.0.0.1:9464", "--admin-listen", "off"}).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_hardly_meant_is_a_warning) {
  const auto loaded = load_with_keys({"--base-url", "http://invite.example", "--trusted-proxy", "0.0.0.0/0",
                                      "--trusted-proxy", "10.0.0.0/8"});
  BOOST_TEST_REQUIRE(loaded.has_value());
  BOOST_TEST(loaded->warnings.size() == 2u);
  BOOST_TEST(has(loaded->warnings, "--base-url: plain http"));
  BOOST_TEST(has(loaded->warnings, "--trusted-proxy: trusts everybody"));
}

BOOST_AUTO_TEST_CASE(an_assessment_url_of_its_own) {
  const auto loaded = load_with_keys({"--assessment-url", "https://chat.example/start?x=1"});
  BOOST_TEST_REQUIRE(loaded.has_value());
  BOOST_TEST(loaded->values.assessment_url == "https://chat.example/start?x=1");
}

BOOST_AUTO_TEST_CASE(secret_files_are_checked_with_all_the_rest) {
  const auto open_keys = folder.write("open", "seal x\n", 0644);
  const auto short_secret = folder.write("short", "tiny", 0600);
  BOOST_TEST(!load(
      {"--key-file", open_keys, "--rate", "0", "--redis-password-file", folder.path("none")},
      {"INVITED_JWT_SECRET_FILE=" + short_secret, "INVITED_JWT_PUBLIC_KEY=" + folder.path("none.pem")}));
  BOOST_TEST(found.errors.size() == 5u);
  BOOST_TEST(has(found.errors, "--key-file: '" + open_keys + "' has mode 0644"));
  BOOST_TEST(has(found.errors, "INVITED_JWT_SECRET_FILE: '" + short_secret + "' holds 4 bytes"));
  BOOST_TEST(has(found.errors, "--redis-password-file: cannot read"));
  BOOST_TEST(has(found.errors, "INVITED_JWT_PUBLIC_KEY: cannot read '" + folder.path("none.pem") + "'"));
  BOOST_TEST(has(found.errors, "--rate: "));
  BOOST_TEST(!has(found.errors, "tiny"));
}

BOOST_AUTO_TEST_CASE(one_kind_of_staff_key_is_enough) {
  const auto pem = folder.write("idp.pem", "PEM", 0644);
  BOOST_TEST(load({"--key-file", keys, "--jwt-public-key", pem}).has_value());
  BOOST_TEST(load({"--key-file", keys, "--jwt-secret-file", secret}).has_value());
  BOOST_TEST(!load({"--key-file", keys}));
  BOOST_TEST(found.errors.size() == 1u);
  BOOST_TEST(!load({"--jwt-secret-file", secret}));
  BOOST_TEST(found.errors.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_config_file_that_is_not_there) {
  check_error({"--config", folder.path("none")}, "--config: cannot read '" + folder.path("none") + "'");
  check_error({"--config", folder.path("")}, "--config: cannot read");
}

BOOST_AUTO_TEST_SUITE_END()

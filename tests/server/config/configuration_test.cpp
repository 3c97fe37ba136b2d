#include "tests/server/config/configuration_fixture.hpp"

#include <chrono>
#include <string>

using namespace invited::server;
using namespace invited::test;
using namespace std::chrono_literals;

BOOST_FIXTURE_TEST_SUITE(config_configuration, configuration_fixture)

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

BOOST_AUTO_TEST_CASE(two_listeners_need_two_places) {
  check_error({"--listen", "127.0.0.1:9464"},
              "listen (--listen) and admin-listen (the default) are both 127.0.0.1:9464");
  BOOST_TEST(load_with_keys({"--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"}).has_value());
  BOOST_TEST(load_with_keys({"--listen", "127.0.0.1:9464", "--admin-listen", "off"}).has_value());
}

BOOST_AUTO_TEST_CASE(an_unlikely_value_is_a_warning) {
  const auto loaded = load_with_keys({"--base-url", "http://invite.example", "--trusted-proxy", "0.0.0.0/0",
                                      "--trusted-proxy", "10.0.0.0/8"});
  BOOST_TEST_REQUIRE(loaded.has_value());
  BOOST_TEST(loaded->warnings.size() == 2u);
  BOOST_TEST(has(loaded->warnings, "--base-url: plain http"));
  BOOST_TEST(has(loaded->warnings, "--trusted-proxy: trusts everybody"));
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

BOOST_AUTO_TEST_CASE(a_missing_config_file) {
  check_error({"--config", folder.path("none")}, "--config: cannot read '" + folder.path("none") + "'");
  check_error({"--config", folder.path("")}, "--config: cannot read");
}

BOOST_AUTO_TEST_SUITE_END()

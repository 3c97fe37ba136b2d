#pragma once

#include "server/config/configuration.hpp"
#include "server/config/files.hpp"
#include "tests/support/temp_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace invited::test {

using texts = std::vector<std::string>;

/// Whether one of the texts has this part.
inline bool has(const texts& all, std::string_view part) {
  return std::ranges::any_of(all, [part](const std::string& s) { return s.find(part) != std::string::npos; });
}

/// A folder with a key file and a JWT secret, and the loading of configurations with them.
struct configuration_fixture {
  temp_folder folder;
  std::string keys = folder.write("keys", "seal x\nindex y\n");
  std::string secret = folder.write("jwt", std::string(40, 's') + "\n");
  server::findings found;

  std::optional<server::configuration> load(const texts& args, const texts& environment = {}) {
    found = {};
    const std::vector<std::string_view> a{args.begin(), args.end()};
    const std::vector<std::string_view> e{environment.begin(), environment.end()};
    return server::load_configuration(a, e, server::read_file, found);
  }

  /// With the files that every server needs.
  std::optional<server::configuration> load_with_keys(texts args, const texts& environment = {}) {
    args.insert(args.end(), {"--key-file", keys, "--jwt-secret-file", secret});
    return load(args, environment);
  }

  /// Nothing is loaded, and the only error has this part.
  void check_error(const texts& args, std::string_view part) {
    BOOST_TEST_CONTEXT(part) {
      BOOST_TEST(!load_with_keys(args));
      BOOST_TEST(found.errors.size() == 1u);
      BOOST_TEST(has(found.errors, part));
      for (const auto& e : found.errors) BOOST_TEST_MESSAGE(e);
    }
  }
};

} // namespace invited::test

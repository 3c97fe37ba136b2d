#pragma once

#include "tests/integration/staff_world.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/temp_folder.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace invited::test {

/// The only address that a hospital shows to the world, for its guests, too.
inline constexpr std::string_view nat = "203.0.113.1";

/// Two servers and accounts, while somebody guesses passwords.
struct guarded_world : staff_world {
  /// The browser's cookie: "invited_device=<value>".
  static std::string device_of(const http_answer& in) {
    const auto [from, to] = in.fields.equal_range("set-cookie");
    const auto set =
        std::find_if(from, to, [](const auto& f) { return f.second.starts_with("invited_device="); });
    return set == to ? std::string() : set->second.substr(0, set->second.find(';'));
  }
  std::string known_browser(std::string_view username = "grey") {
    const http_answer in = sign_in(client, username, greys_password, "198.51.100.200");
    BOOST_REQUIRE(in.status == 204);
    return device_of(in);
  }
  static http_answer sign_in_known(http_client& by, std::string_view username, std::string_view password,
                                   const std::string& device, std::string_view address = nat) {
    http_fields fields = from(address);
    fields.emplace_back("Cookie", device);
    const std::string body =
        R"({"username":")" + std::string(username) + R"(","password":")" + std::string(password) + "\"}";
    return by.post_json("/sign-in", body, fields);
  }

  void guess(int times, std::string_view username = "grey", std::string_view address = nat) {
    for (int i = 0; i < times; ++i)
      BOOST_TEST(sign_in(i % 2 == 0 ? client : other, username, "not the password", address).status == 401);
  }
  int right(std::string_view username, std::string_view address) {
    return sign_in(client, username, greys_password, address).status;
  }

  /// Runs `invited user`, as an operator does.
  void user(std::vector<std::string> args) {
    temp_folder folder;
    args.insert(args.begin(), "user");
    for (const std::string& more : {std::string("--redis"), redis.url(), std::string("--key-file"),
                                    folder.write("keys", test_key_file())})
      args.push_back(more);
    child_process run(INVITED_EXECUTABLE, args);
    BOOST_REQUIRE(run.wait() == 0);
  }
};

} // namespace invited::test

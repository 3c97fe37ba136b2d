#pragma once

#include "handlers/tokens/staff_token.hpp"
#include "server/app.hpp"
#include "server/log/log_sink.hpp"
#include "tests/support/temp_folder.hpp"

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace invited::test {

/// Keys that several servers of one test share.
extern const std::string_view test_jwt_secret;
extern const std::string_view first_seal_line, second_seal_line, test_index_line;

/// A key file of first_seal_line and test_index_line.
std::string test_key_file();

/// A staff token signed by test_jwt_secret, valid for an hour.
std::string staff_token(std::string_view role = "clinician",
                        std::vector<std::string> providers = {"clinic-1"},
                        std::string_view subject = "dr.grey");

/// The whole server in this process, on a free port of loopback, configured as from a command line. It keeps
/// its log.
class test_server {
public:
  /// `extra` are further flags. Unlike the server's own defaults there are two threads, no admin port, and
  /// rates too high to matter.
  explicit test_server(const std::string& redis_url, std::vector<std::string> extra = {},
                       std::string_view key_file = {});
  ~test_server();

  std::uint16_t port() const { return app_->port(); }
  std::uint16_t admin_port() const { return app_->admin_port(); }

  /// Waits until GET /readyz answers 200; false after the deadline.
  bool wait_ready() const;

  /// Stops it and returns the exit status.
  int stop();

  /// Waits until it has ended by itself and returns the exit status; -1 if it does not.
  int wait_end();

  /// The whole log. Ends the server first, so that every line is written.
  std::string log();

private:
  temp_folder folder_;
  std::string log_path_;
  int log_fd_;
  std::unique_ptr<server::log_sink> sink_;
  std::unique_ptr<server::app> app_;
  std::thread thread_;
  std::atomic<bool> ended_{false};
  int status_ = -1;
};

} // namespace invited::test

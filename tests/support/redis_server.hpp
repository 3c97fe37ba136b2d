#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace invited::test {

class moved_clock;

/// Lines of configuration that make a Redis durable as `--durability strict` asks.
extern const std::vector<std::string> strict_config;

/// A real redis-server for one test, or the program that the variable INVITED_TEST_REDIS names, such as
/// valkey-server. Its data and its Unix socket are in a new temporary folder, which it deletes at its end. It
/// listens on no port unless asked. Every function throws std::runtime_error if it does not succeed within
/// some seconds.
class redis_server {
public:
  /// `config` has lines as in redis.conf, such as "requirepass x". Starts it and waits until it answers.
  explicit redis_server(std::vector<std::string> config = strict_config);

  /// With the wall clock of `clock`, which must outlive it.
  explicit redis_server(const moved_clock& clock, std::vector<std::string> config = strict_config);

  /// Makes only the folder; start() starts it.
  struct not_started {};
  redis_server(not_started, std::vector<std::string> config);

  ~redis_server();
  redis_server(const redis_server&) = delete;
  redis_server& operator=(const redis_server&) = delete;

  void start();
  void stop();   ///< SHUTDOWN by SIGTERM; the data stays in the folder
  void kill();   ///< SIGKILL
  void freeze(); ///< SIGSTOP: connections stay open, and nothing is answered
  void thaw();   ///< SIGCONT

  const std::filesystem::path& folder() const noexcept { return folder_; }
  std::string socket() const { return (folder_ / "redis.sock").string(); }
  std::string url() const { return "unix://" + socket(); }
  pid_t pid() const noexcept { return pid_; }

  /// Sends one command over a connection of its own and returns the raw reply, without our client. Blocks.
  std::string command(const std::vector<std::string>& args) const;

  /// A TCP port that was free a moment ago, for configurations that need one.
  static std::uint16_t free_port();

private:
  void signal(int number) const;
  void reap();
  bool answers() const;

  std::filesystem::path folder_;
  std::vector<std::string> config_;
  std::vector<std::string> environment_{}; ///< further NAME=value entries
  pid_t pid_ = 0;                          ///< 0: not running
};

} // namespace invited::test

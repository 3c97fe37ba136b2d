#pragma once

#include "server/audit/audit_keeper.hpp"
#include "server/audit/audit_verifier.hpp"
#include "server/log/log_sink.hpp"
#include "tests/server/audit/audit_lines.hpp"
#include "tests/store/audit/audit_fixture.hpp"
#include "tests/support/temp_folder.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include <fcntl.h>
#include <unistd.h>

namespace invited::test {

/// Makes everything that exporters have taken from a stream and not acknowledged look as if it had been left
/// for over a minute.
inline void age_pending(const redis_server& redis, const std::string& stream) {
  redis.command({"EVAL",
                 "for _, p in ipairs(redis.call('XPENDING', KEYS[1], 'export', '-', '+', 10000)) do "
                 "redis.call('XCLAIM', KEYS[1], 'export', p[2], 0, p[1], 'IDLE', 61000, 'JUSTID') end",
                 "1", stream});
}

/// The names of all entries in an audit file, each as often as it is there. The file must verify.
inline std::multiset<std::string> entries_in(const std::string& path,
                                             const store::hmac_sha256& key = line_key()) {
  server::audit_verifier verifier(key, {});
  std::istringstream file(read_whole(path));
  if (const auto read = verifier.read(file); !read)
    throw std::runtime_error(path + ':' + std::to_string(read.error().line) + ' ' + read.error().what);
  std::multiset<std::string> entries;
  for (const std::string& line : lines_of(read_whole(path))) {
    const std::size_t begin = line.find(R"("stream":)");
    if (begin != std::string::npos) entries.insert(line.substr(begin, line.find(R"(,"prev")") - begin));
  }
  return entries;
}

/// What one server does for the audit, on the test's thread.
class keeping final : store::redis::connection_observer {
public:
  keeping(const redis_server& redis, const std::string& path, std::string_view key_file = {})
      : log_fd_(::open(folder_.path("log").c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600)),
        sink_(std::make_unique<server::log_sink>(now, log_fd_)),
        log_(std::make_unique<server::log_buffer>(turn_, *sink_, server::log_level::info, now)),
        connection_(io_.get_executor(), turn_, settings_for(redis), *this, random_) {
    server::audit_keeper::settings told{
        {std::chrono::hours(24 * 30), std::chrono::hours(24 * 120)}, {}, ring(key_file), {}};
    if (!path.empty()) told.file.emplace(path, line_key(), [] { return std::int64_t{0}; });
    keeper_.emplace(io_, connection_, *log_, random_, counts, std::move(told));
    connection_.start();
    keeper_->start();
  }
  ~keeping() override {
    connection_.stop();
    keeper_.reset();
    log_.reset();
    sink_.reset();
    ::close(log_fd_);
  }

  /// Runs until `condition()` holds; false if it does not in time.
  template <class Condition>
  bool until(Condition&& condition) {
    return run_until(io_, condition);
  }
  bool exported(std::uint64_t entries) {
    return until([&] { return counts.exported >= entries; });
  }
  void poll() {
    io_.restart();
    io_.poll();
  }
  void stop() {
    bool stopped = false;
    keeper_->stop([&stopped] { stopped = true; });
    if (!until([&stopped] { return stopped; })) throw std::runtime_error("it does not stop");
  }
  void load_keys(std::string_view key_file) { keeper_->load_keys(ring(key_file)); }

  /// The whole log, which this ends.
  std::string log() {
    poll();
    log_.reset();
    sink_.reset();
    return read_whole(folder_.path("log"));
  }

  server::audit_counters counts;

private:
  static std::chrono::system_clock::time_point now() { return std::chrono::system_clock::now(); }

  static std::shared_ptr<const store::key_ring> ring(std::string_view key_file) {
    std::vector<std::string> problems;
    return store::key_ring::parse(key_file.empty() ? test_key_file() : std::string(key_file), problems);
  }
  static store::redis::connection_settings settings_for(const redis_server& redis) {
    store::redis::connection_settings s;
    s.target = store::redis::parse_url(redis.url()).value();
    s.scripts = store::scripts::all();
    s.needs = store::needed_commands();
    return s;
  }
  void connected(const store::redis::durability_report&) override {}
  void lost(boost::system::error_code, std::string_view) override {}
  void unfit(const store::redis::durability_report&) override {}

  temp_folder folder_;
  int log_fd_;
  boost::asio::io_context io_{1};
  turn turn_{io_};
  store::system_entropy random_;
  std::unique_ptr<server::log_sink> sink_;
  std::unique_ptr<server::log_buffer> log_;
  store::redis::connection connection_;
  std::optional<server::audit_keeper> keeper_;
};

} // namespace invited::test

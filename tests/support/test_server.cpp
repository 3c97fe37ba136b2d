#include "tests/support/test_server.hpp"

#include "server/config/files.hpp"
#include "tests/support/calls_together.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/wait_until.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace invited::test {

const std::string_view test_jwt_secret = "a secret of the tests, longer than thirty-two bytes";
const std::string_view first_seal_line = "seal AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8\n";
const std::string_view second_seal_line = "seal ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8\n";
const std::string_view test_index_line = "index QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8\n";

std::string test_key_file() {
  return std::string(first_seal_line).append(test_index_line);
}

std::string staff_token(std::string_view role, std::vector<std::string> providers, std::string_view subject) {
  const std::int64_t now =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  handlers::staff_claims claims;
  claims.subject = subject;
  claims.role = role;
  claims.providers = std::move(providers);
  claims.issued_at = now;
  claims.expires_at = now + 3600;
  return handlers::mint_staff_token(test_jwt_secret, claims);
}

test_server::test_server(const std::string& redis_url, std::vector<std::string> extra,
                         std::string_view key_file) {
  const std::string keys = folder_.write("keys", key_file.empty() ? test_key_file() : std::string(key_file));
  const std::string secret = folder_.write("jwt", test_jwt_secret);
  std::vector<std::string> args = {
      "--listen=127.0.0.1:0",   "--admin-listen=off",          "--redis=" + redis_url,
      "--key-file=" + keys,     "--jwt-secret-file=" + secret, "--threads=2",
      "--patient-rate=1000000", "--patient-burst=1000000",     "--address-rate=1000000",
      "--staff-rate=1000000",   "--staff-burst=1000000"};
  args.push_back("--store-batch=" + std::to_string(calls_together));
  for (std::string& flag : extra) { // a flag given again replaces ours, and without a value removes it
    const std::string name = flag.substr(0, flag.find('=') + 1);
    std::erase_if(args, [&name](const std::string& a) { return a.starts_with(name); });
    if (name != flag) args.push_back(std::move(flag));
  }
  const std::vector<std::string_view> views(args.begin(), args.end());
  server::findings found;
  auto told = server::load_configuration(views, {}, server::read_file, found);
  if (!told) {
    std::string all;
    for (const std::string& e : found.errors) all += e + "\n";
    throw std::runtime_error(all);
  }
  log_path_ = folder_.path("log");
  log_fd_ = ::open(log_path_.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  sink_ = std::make_unique<server::log_sink>([] { return std::chrono::system_clock::now(); }, log_fd_);
  app_ = std::make_unique<server::app>(std::move(*told), *sink_);
  thread_ = std::thread([this] {
    status_ = app_->run();
    ended_ = true;
  });
}

test_server::~test_server() {
  stop();
  app_.reset();
  sink_.reset();
  ::close(log_fd_);
}

bool test_server::wait_ready() const {
  return wait_until([this] { return http_client(port()).get("/readyz").status == 200; });
}

int test_server::stop() {
  if (thread_.joinable()) {
    app_->stop();
    thread_.join();
  }
  return status_;
}

int test_server::wait_end() {
  if (!wait_until([this] { return ended_.load(); })) return -1;
  thread_.join();
  return status_;
}

std::string test_server::log() {
  stop();
  app_.reset();
  sink_.reset();
  std::ostringstream out;
  out << std::ifstream(log_path_).rdbuf();
  return std::move(out).str();
}

} // namespace invited::test

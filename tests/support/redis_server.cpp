#include "tests/support/redis_server.hpp"

#include "tests/support/moved_clock.hpp"
#include "tests/support/wait_until.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT: POSIX

namespace invited::test {
namespace {

std::filesystem::path new_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "invited-redis-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
  return name;
}

std::string encode(const std::vector<std::string>& args) {
  std::string out = "*" + std::to_string(args.size()) + "\r\n";
  for (const std::string& a : args) out += "$" + std::to_string(a.size()) + "\r\n" + a + "\r\n";
  return out;
}

/// A connected Unix socket whose calls time out after a second, or -1.
int connect_to(const std::string& path) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un where{};
  where.sun_family = AF_UNIX;
  std::strncpy(where.sun_path, path.c_str(), sizeof where.sun_path - 1);
  const timeval second{1, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof second);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0) return fd;
  ::close(fd);
  return -1;
}

/// The reply to `request`, if it fits into one read; "" after any failure.
std::string ask(const std::string& path, const std::string& request) {
  const int fd = connect_to(path);
  if (fd < 0) return {};
  std::array<char, 64 * 1024> in{};
  ssize_t n = ::send(fd, request.data(), request.size(), MSG_NOSIGNAL);
  if (n == static_cast<ssize_t>(request.size())) n = ::recv(fd, in.data(), in.size(), 0);
  ::close(fd);
  return n > 0 ? std::string(in.data(), static_cast<std::size_t>(n)) : std::string();
}

} // namespace

const std::vector<std::string> strict_config = {
    "appendonly yes", "appendfsync always", "no-appendfsync-on-rewrite no", "maxmemory-policy noeviction"};

redis_server::redis_server(std::vector<std::string> config) : redis_server(not_started{}, std::move(config)) {
  start();
}

redis_server::redis_server(const moved_clock& clock, std::vector<std::string> config)
    : redis_server(not_started{}, std::move(config)) {
  environment_ = clock.environment();
  start();
}

redis_server::redis_server(not_started, std::vector<std::string> config)
    : folder_(new_folder()), config_(std::move(config)) {}

redis_server::~redis_server() {
  if (pid_ != 0) ::kill(pid_, SIGKILL);
  reap();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

void redis_server::start() {
  if (pid_ != 0) throw std::runtime_error("redis-server runs already");
  const std::string path = (folder_ / "redis.conf").string();
  std::ofstream conf(path, std::ios::trunc);
  conf << "port 0\nunixsocket " << socket() << "\ndir " << folder_.string() << "\nlogfile "
       << folder_.string() << "/log\ndaemonize no\nsave \"\"\n";
  for (const std::string& line : config_) conf << line << '\n';
  conf.close();

  const char* const other = std::getenv("INVITED_TEST_REDIS");
  std::string program = other != nullptr ? other : "redis-server", file = path;
  std::array<char*, 3> argv = {program.data(), file.data(), nullptr};
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO})
    posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
  // Asio's sockets would be inherited, and a connection that a test cuts would stay open in the child.
  posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
  std::vector<char*> variables;
  for (std::string& entry : environment_) variables.push_back(entry.data());
  for (char** entry = environ; *entry != nullptr; ++entry) variables.push_back(*entry);
  variables.push_back(nullptr);
  const int failed = ::posix_spawnp(&pid_, program.c_str(), &files, nullptr, argv.data(), variables.data());
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0) {
    pid_ = 0;
    throw std::runtime_error("redis-server cannot be started");
  }
  if (!wait_until([this] { return answers(); })) throw std::runtime_error("redis-server does not answer");
}

/// Any reply counts, even "-NOAUTH", but not "-LOADING".
bool redis_server::answers() const {
  siginfo_t info{};
  if (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
      info.si_pid == pid_)
    throw std::runtime_error("redis-server ended; its log is in " + folder_.string());
  const std::string reply = ask(socket(), encode({"PING"}));
  return !reply.empty() && !reply.starts_with("-LOADING");
}

void redis_server::signal(int number) const {
  if (pid_ == 0 || ::kill(pid_, number) != 0) throw std::runtime_error("redis-server does not run");
}

void redis_server::reap() {
  if (pid_ == 0) return;
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
  pid_ = 0;
}

void redis_server::stop() {
  signal(SIGTERM);
  reap();
}

void redis_server::kill() {
  signal(SIGKILL);
  reap();
}

void redis_server::freeze() {
  signal(SIGSTOP);
}
void redis_server::thaw() {
  signal(SIGCONT);
}

std::string redis_server::command(const std::vector<std::string>& args) const {
  const std::string reply = ask(socket(), encode(args));
  if (reply.empty()) throw std::runtime_error("redis-server does not answer " + args.front());
  return reply;
}

std::uint16_t redis_server::free_port() {
  boost::asio::io_context unused;
  const boost::asio::ip::tcp::endpoint any(boost::asio::ip::address_v4::loopback(), 0);
  return boost::asio::ip::tcp::acceptor(unused, any).local_endpoint().port();
}

} // namespace invited::test

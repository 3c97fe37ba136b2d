#include "tests/support/child_process.hpp"

#include "tests/support/wait_until.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace invited::test {

child_process::child_process(std::string program, std::vector<std::string> args,
                             std::vector<std::string> environment) {
  if (const char* path = std::getenv("PATH")) environment.push_back(std::string("PATH=") + path);
  args.insert(args.begin(), program);
  std::vector<char*> argv, envp;
  for (std::string& a : args) argv.push_back(a.data());
  for (std::string& e : environment) envp.push_back(e.data());
  argv.push_back(nullptr);
  envp.push_back(nullptr);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  const std::string out = folder_.path("out"), err = folder_.path("err");
  posix_spawn_file_actions_addopen(&files, 1, out.c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
  posix_spawn_file_actions_addopen(&files, 2, err.c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
  const int failed = ::posix_spawn(&pid_, program.c_str(), &files, nullptr, argv.data(), envp.data());
  posix_spawn_file_actions_destroy(&files);
  if (failed != 0) throw std::runtime_error("cannot start " + program);
}

child_process::~child_process() {
  if (pid_ != 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
}

void child_process::signal(int number) const {
  if (pid_ != 0) ::kill(pid_, number);
}

int child_process::wait() {
  if (pid_ == 0) return status_;
  int raw = 0;
  if (!wait_until([&] { return ::waitpid(pid_, &raw, WNOHANG) == pid_; }, std::chrono::seconds(60))) {
    throw std::runtime_error("it does not end; it said: " + err());
  }
  pid_ = 0;
  status_ = WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
  return status_;
}

std::string child_process::read(std::string_view name) const {
  std::ostringstream text;
  text << std::ifstream(folder_.path(name)).rdbuf();
  return std::move(text).str();
}

std::string child_process::out() const {
  return read("out");
}
std::string child_process::err() const {
  return read("err");
}

} // namespace invited::test

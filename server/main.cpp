#include "server/app.hpp"
#include "server/commands/command_line.hpp"
#include "server/version.hpp"

#include <chrono>
#include <csignal>
#include <iostream>
#include <string_view>
#include <vector>

#include <unistd.h>

namespace {

int serve(invited::server::configuration given) {
  invited::server::log_sink log([] { return std::chrono::system_clock::now(); });
  invited::server::app app(std::move(given), log);
  return app.run();
}

} // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN); // a client that went away gives an error code and does not end the process
  std::signal(SIGXFSZ, SIG_IGN); // the same for a file that may not grow
  const std::vector<std::string_view> args(argv + 1, argv + argc);
  std::vector<std::string_view> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) environment.emplace_back(*entry);
  invited::store::system_entropy random;
  const auto now = std::chrono::system_clock::now();
  try {
    return invited::server::run_command_line(
        args, {environment, std::cout, std::cerr, random, now, invited::server::version}, serve);
  } catch (const std::exception& e) {
    std::cerr << "invited: " << e.what() << '\n';
    return 1;
  }
}

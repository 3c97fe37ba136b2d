#pragma once

#include "server/commands/command.hpp"
#include "tests/support/temp_folder.hpp"

#include <sstream>
#include <string>
#include <vector>

namespace invited::test {

/// What a command needs: only the given environment, entropy that counts up, and a clock that stands.
struct command_fixture {
  class counting_entropy final : public store::entropy {
  public:
    void fill(std::span<std::uint8_t> bytes) override {
      for (auto& byte : bytes) byte = next_++;
    }

  private:
    std::uint8_t next_ = 0;
  };

  temp_folder folder;
  std::vector<std::string> variables;
  counting_entropy random;
  std::ostringstream out;
  std::ostringstream err;
  std::chrono::system_clock::time_point now{std::chrono::seconds{1'700'000'000}};

  /// Calls `command(args, context)` with new streams.
  template <class Command>
  int run(Command command, const std::vector<std::string>& args) {
    out.str({});
    err.str({});
    const std::vector<std::string_view> views{args.begin(), args.end()};
    const std::vector<std::string_view> environment{variables.begin(), variables.end()};
    const server::command_context context{environment, out, err, random, now, "1.2.3"};
    return command(views, context);
  }

  bool err_has(std::string_view part) const { return err.str().find(part) != std::string::npos; }
};

} // namespace invited::test

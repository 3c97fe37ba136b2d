#pragma once

#include "tests/support/temp_folder.hpp"

#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace invited::test {

/// A program in a process of its own, its output in files. Ends with the object (SIGKILL), by its own id.
class child_process {
public:
  /// `environment` has NAME=value entries; only PATH is inherited besides.
  child_process(std::string program, std::vector<std::string> args,
                std::vector<std::string> environment = {});
  ~child_process();
  child_process(const child_process&) = delete;
  child_process& operator=(const child_process&) = delete;

  void signal(int number) const;

  /// Waits for its end and returns the exit status (128 + signal when it was killed). Throws when it does not
  /// end within some time.
  int wait();

  /// What it has written so far.
  std::string out() const;
  std::string err() const;

private:
  std::string read(std::string_view name) const;

  temp_folder folder_; ///< holds its output
  pid_t pid_ = 0;
  int status_ = -1;
};

} // namespace invited::test

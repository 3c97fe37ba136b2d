#pragma once

#include "tests/support/temp_folder.hpp"

#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace invited::test {

/// A program in a process of its own, with its output in files. The destructor ends it (SIGKILL) by its id.
class child_process {
public:
  /// `environment` has NAME=value entries. Apart from them only PATH is inherited.
  child_process(std::string program, std::vector<std::string> args,
                std::vector<std::string> environment = {});
  ~child_process();
  child_process(const child_process&) = delete;
  child_process& operator=(const child_process&) = delete;

  void signal(int number) const;

  /// Waits for its end and returns the exit status (128 + signal if a signal ended it). Throws if it takes
  /// too long.
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

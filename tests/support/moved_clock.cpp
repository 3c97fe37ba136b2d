#include "tests/support/moved_clock.hpp"

#include <fcntl.h>
#include <stdexcept>
#include <string_view>
#include <sys/mman.h>
#include <unistd.h>

namespace invited::test {
namespace {

constexpr std::string_view file_name = "clock";

} // namespace

moved_clock::moved_clock(std::int64_t stands_at) {
  const std::string file = folder_.write(file_name, std::string(sizeof(clock_setting), '\0'));
  const int fd = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  void* const at = ::mmap(nullptr, sizeof(clock_setting), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  ::close(fd);
  if (at == MAP_FAILED) throw std::runtime_error("the clock's file cannot be mapped");
  setting_ = static_cast<clock_setting*>(at);
  stand_at(stands_at);
}

moved_clock::~moved_clock() {
  ::munmap(setting_, sizeof *setting_);
}

void moved_clock::run_ahead(std::chrono::milliseconds by) {
  setting_->ahead = by.count();
  setting_->stands_at = 0;
}

void moved_clock::stand_at(std::int64_t ms) {
  setting_->stands_at = ms;
}

std::vector<std::string> moved_clock::environment() const {
  return {"LD_PRELOAD=" INVITED_CLOCK_PRELOAD,
          std::string(clock_setting::variable) + '=' + folder_.path(file_name)};
}

} // namespace invited::test

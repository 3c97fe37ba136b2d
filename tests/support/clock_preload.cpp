// Moves the wall clock of a redis-server into which it is preloaded. The monotonic clock stays. It asks the
// kernel itself, because redis-server hangs with a library that looks up the real functions while the program
// starts (libfaketime).
#include "tests/support/clock_setting.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const invited::test::clock_setting* setting = nullptr; // null until it is mapped, and if it cannot be

__attribute__((constructor)) static void map_setting() {
  const char* const file = std::getenv(invited::test::clock_setting::variable);
  const int fd = file != nullptr ? ::open(file, O_RDONLY | O_CLOEXEC) : -1;
  void* const at = fd >= 0 ? ::mmap(nullptr, sizeof *setting, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
  if (at != MAP_FAILED) setting = static_cast<const invited::test::clock_setting*>(at);
  if (fd >= 0) ::close(fd);
}

extern "C" int clock_gettime(clockid_t id, timespec* out) noexcept {
  if (::syscall(SYS_clock_gettime, id, out) != 0) return -1;
  if ((id != CLOCK_REALTIME && id != CLOCK_REALTIME_COARSE) || setting == nullptr) return 0;
  std::int64_t ns = setting->stands_at * 1'000'000;
  if (ns == 0) ns = out->tv_sec * 1'000'000'000 + out->tv_nsec + setting->ahead * 1'000'000;
  *out = {ns / 1'000'000'000, ns % 1'000'000'000};
  return 0;
}

extern "C" int gettimeofday(timeval* out, void*) noexcept {
  timespec now;
  if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
  *out = {now.tv_sec, now.tv_nsec / 1000};
  return 0;
}

extern "C" time_t time(time_t* out) noexcept {
  timespec now;
  if (clock_gettime(CLOCK_REALTIME, &now) != 0) return -1;
  if (out != nullptr) *out = now.tv_sec;
  return now.tv_sec;
}

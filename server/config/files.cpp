#include "server/config/files.hpp"

#include <boost/system/errc.hpp>

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace invited::server {

namespace {

namespace errc = boost::system::errc;
using boost::system::error_code;

constexpr std::size_t largest = std::size_t{1} << 20;

error_code last_error() {
  return {errno, boost::system::generic_category()};
}

class descriptor {
public:
  explicit descriptor(int fd) : fd_{fd} {}
  ~descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  descriptor(const descriptor&) = delete;
  descriptor& operator=(const descriptor&) = delete;

  int get() const { return fd_; }

private:
  int fd_;
};

} // namespace

boost::system::result<file_contents> read_file_and_mode(const std::string& path) {
  // O_NONBLOCK: opening a pipe that nobody writes would wait for ever.
  const descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (file.get() < 0) return last_error();
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return last_error();
  if (S_ISDIR(status.st_mode)) return errc::make_error_code(errc::is_a_directory);
  if (!S_ISREG(status.st_mode)) return errc::make_error_code(errc::not_supported);

  file_contents contents;
  contents.mode = status.st_mode;
  // Room for it all at once, so that no growing string leaves copies of a secret in freed memory; one byte
  // more, to see that the file is longer than it said or than we take.
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > largest) return errc::make_error_code(errc::file_too_large);
  contents.text.resize(size + 1);
  std::size_t filled = 0;
  while (filled < contents.text.size()) {
    const auto count = ::read(file.get(), contents.text.data() + filled, contents.text.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return last_error();
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  if (filled > size) return errc::make_error_code(errc::text_file_busy); // it grows while we read
  contents.text.resize(filled);
  return contents;
}

boost::system::result<std::string> read_file(const std::string& path) {
  auto contents = read_file_and_mode(path);
  if (!contents) return contents.error();
  return std::move(contents->text);
}

} // namespace invited::server

#include "server/commands/password_input.hpp"

#include "store/crypto/secret_text.hpp"

#include <cerrno>
#include <ostream>

#include <termios.h>
#include <unistd.h>

namespace invited::server {

namespace {

constexpr std::size_t longest_line = 4096; // longer than any allowed password; the later check refuses more

/// Stops a terminal from showing what is typed, as long as it lives.
class silence {
public:
  explicit silence(int terminal) : terminal_(terminal) {
    if (::tcgetattr(terminal_, &before_) != 0) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    quiet.c_lflag |= ECHONL;
    changed_ = ::tcsetattr(terminal_, TCSAFLUSH, &quiet) == 0;
  }
  ~silence() {
    if (changed_) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
  }
  silence(const silence&) = delete;
  silence& operator=(const silence&) = delete;

  bool works() const { return changed_; }

private:
  int terminal_;
  termios before_{};
  bool changed_ = false;
};

/// Reads up to the line end or the end, a byte at a time, because the rest is not for us.
std::string read_line(int in) {
  std::string line;
  line.reserve(longest_line); // so that growing leaves nothing behind
  char c = 0;
  while (line.size() < longest_line) {
    const ssize_t n = ::read(in, &c, 1);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0 || c == '\n') break;
    line += c;
  }
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

} // namespace

parsed<std::string> read_new_password(int in, std::ostream& err) {
  if (::isatty(in) == 0) return read_line(in);
  const silence quiet(in);
  if (!quiet.works()) return fault::because("cannot stop the terminal from showing the password");
  err << "Password: " << std::flush;
  std::string once = read_line(in);
  err << "Again: " << std::flush;
  std::string twice = read_line(in);
  const bool same = once == twice;
  store::wipe(twice);
  if (same) return once;
  store::wipe(once);
  return fault::because("the two passwords are different");
}

} // namespace invited::server

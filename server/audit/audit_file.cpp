#include "server/audit/audit_file.hpp"

#include "server/audit/audit_record.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace invited::server {
namespace {

fault failed(std::string_view what, const std::string& path) {
  const std::string why = std::strerror(errno);
  return fault::because("cannot " + std::string(what) + " " + in_quotes(path) + ": " + why);
}

bool same_file(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/// A new file is safe only when its folder is synced to disk.
bool sync_folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
  const owned_fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return fd.get() >= 0 && ::fsync(fd.get()) == 0;
}

/// The last bytes of the file, more than the longest line.
bool read_tail(int fd, off_t size, std::string& out) {
  constexpr off_t longest_line = 65'536;
  const off_t from = size > longest_line ? size - longest_line : 0;
  out.resize(static_cast<std::size_t>(size - from));
  std::size_t have = 0;
  while (have < out.size()) {
    const ssize_t count = ::pread(fd, out.data() + have, out.size() - have, from + static_cast<off_t>(have));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    have += static_cast<std::size_t>(count);
  }
  return true;
}

/// Finds the last whole line, verifies it, and cuts off what a crash left after it.
parsed<void> adopt(found_audit_file& file, const std::string& path, const store::hmac_sha256& key) {
  std::string tail;
  if (!read_tail(file.fd.get(), file.size, tail)) return failed("read", path);
  const std::size_t end = tail.rfind('\n');
  const std::size_t whole = end == std::string::npos ? 0 : end + 1;
  const std::string_view torn = std::string_view(tail).substr(whole);
  if (whole == 0 && (static_cast<off_t>(tail.size()) != file.size || !torn.starts_with(R"({"seq":)")))
    return fault::because(in_quotes(path) + " is not an audit file");
  if (whole > 0) {
    const std::size_t before = end == 0 ? std::string::npos : tail.rfind('\n', end - 1);
    const std::size_t begin = before == std::string::npos ? 0 : before + 1;
    line_parts line;
    std::string_view wrong;
    if (!read_line(std::string_view(tail).substr(begin, end - begin), line, wrong))
      return fault::because("the last line of " + in_quotes(path) + " " + std::string(wrong) +
                            "; see `invited audit verify`, and move the file away to begin a new one");
    if (!mac_is_right(line, key))
      return fault::because("the last line of " + in_quotes(path) +
                            " was not made with the index key of --key-file; move the file away to begin a "
                            "new one");
    file.head = {line.seq, line.hash};
  }
  file.cut = static_cast<off_t>(torn.size());
  file.size -= file.cut;
  if (file.cut > 0 && ::ftruncate(file.fd.get(), file.size) != 0) return failed("cut", path);
  return {};
}

} // namespace

owned_fd::~owned_fd() {
  if (fd_ >= 0) ::close(fd_);
}

parsed<found_audit_file> open_audit_file(const std::string& path, const store::hmac_sha256& key) {
  constexpr mode_t forbidden = 027; // a group of log readers may read
  // So that it does not wait for a pipe.
  constexpr int flags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK;
  found_audit_file file;
  file.fd = owned_fd(::open(path.c_str(), flags, 0600));
  struct stat info {};
  if (file.fd.get() < 0 || ::fstat(file.fd.get(), &info) != 0) return failed("open", path);
  if (!S_ISREG(info.st_mode)) return fault::because(in_quotes(path) + " is not a file");
  if ((info.st_mode & forbidden) != 0)
    return fault::because("others than its owner may use " + in_quotes(path) + "; run: chmod 600 " + path);
  if (::flock(file.fd.get(), LOCK_EX | LOCK_NB) != 0)
    return fault::because(in_quotes(path) + " is in use by another server; each server needs its own file");
  file.size = info.st_size;
  if (file.size > 0) {
    if (auto adopted = adopt(file, path, key); !adopted) return adopted.error();
  } else if (!sync_folder_of(path)) {
    return failed("make", path);
  }
  return file;
}

audit_file::audit_file(std::string path, const store::hmac_sha256& key, clock now)
    : path_(std::move(path)), key_(key), now_(std::move(now)) {
  parsed<found_audit_file> found = open_audit_file(path_, key_);
  if (!found) throw std::runtime_error("--audit-file: " + found.error().text());
  file_ = std::move(*found);
  head_ = file_.head;
}

parsed<void> audit_file::append(std::span<const std::string> records) {
  if (auto followed = follow_path(); !followed) return followed;
  std::string text, note;
  chain_head head = head_;
  const auto add_note = [&](std::string_view name) {
    note.clear();
    append_note(note, now_(), name);
    append_line(text, head, note, key_);
  };
  if (file_.size == 0) add_note("opened");
  if (records.empty()) add_note("resumed");
  if (file_.cut > 0) add_note("cut_torn_line");
  for (const std::string& record : records) append_line(text, head, record, key_);
  if (auto written = write_out(text); !written) return written;
  file_.size += static_cast<off_t>(text.size());
  file_.cut = 0;
  head_ = head;
  return {};
}

/// Makes sure that the open file is the one that the path names, and that nobody else has written to it.
parsed<void> audit_file::follow_path() {
  struct stat named {
  }, ours{};
  if (::fstat(file_.fd.get(), &ours) != 0) return failed("look at", path_);
  if (::stat(path_.c_str(), &named) != 0 || !same_file(named, ours)) {
    parsed<found_audit_file> found = open_audit_file(path_, key_);
    if (!found) return found.error();
    if (found->size > 0) head_ = found->head;
    file_ = std::move(*found);
    torn_ = false;
    return {};
  }
  if (torn_) cut_back();
  if (torn_) return failed("cut", path_);
  if (ours.st_size != file_.size && ::fstat(file_.fd.get(), &ours) == 0 && ours.st_size != file_.size)
    return fault::because(in_quotes(path_) + " was changed by somebody else: it has " +
                          std::to_string(ours.st_size) + " bytes, not " + std::to_string(file_.size) +
                          "; keep it, and move it away to continue in a new file");
  return {};
}

parsed<void> audit_file::write_out(std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(file_.fd.get(), text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      const fault why = failed("write", path_);
      cut_back();
      return why;
    }
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  if (::fdatasync(file_.fd.get()) == 0) return {};
  const fault why = failed("sync", path_);
  cut_back();
  return why;
}

void audit_file::cut_back() noexcept {
  torn_ = ::ftruncate(file_.fd.get(), file_.size) != 0;
}

} // namespace invited::server

#pragma once

#include "server/audit/audit_chain.hpp"
#include "server/config/parsed.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include <sys/types.h>

namespace invited::server {

/// A file descriptor that the destructor closes.
class owned_fd {
public:
  explicit owned_fd(int fd = -1) noexcept : fd_(fd) {}
  owned_fd(owned_fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  owned_fd& operator=(owned_fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~owned_fd();
  int get() const noexcept { return fd_; }

private:
  int fd_;
};

/// An audit file after opening: it is locked, its last line is verified, and torn bytes after that are cut
/// off.
struct found_audit_file {
  owned_fd fd;
  off_t size = 0;  ///< 0: it is empty
  chain_head head; ///< of its last line
  off_t cut = 0;   ///< bytes cut off, of a line that a crash had torn
};

/// Opens or creates (mode 0600) the file at `path`. A fault is a sentence for the operator: the file cannot
/// be written, others may read or write it, another server has it open, or its end is not a line made with
/// this key.
parsed<found_audit_file> open_audit_file(const std::string& path, const store::hmac_sha256& key);

/// The file that keeps the audit for years. If it is moved away (logrotate without copytruncate), the next
/// line goes into a new file, whose chain continues that of the old one. For one thread at a time.
class audit_file {
public:
  using clock = std::function<std::int64_t()>; ///< ms since 1970

  /// Throws std::runtime_error with the fault of open_audit_file().
  audit_file(std::string path, const store::hmac_sha256& key, clock now);

  /// Appends records (members of an object, from `"at":` on); they are on disk when it returns. It writes all
  /// or none: an incomplete write is cut off again. Without records it tries whether writing works again, and
  /// leaves a note. Returns why it failed, as a sentence.
  parsed<void> append(std::span<const std::string> records);

  const chain_head& head() const { return head_; }

  /// How many bytes of a torn line were cut off at opening; 0 after a note of it was written.
  off_t cut() const { return file_.cut; }

private:
  parsed<void> follow_path();
  parsed<void> write_out(std::string_view text);
  void cut_back() noexcept;

  const std::string path_;
  const store::hmac_sha256 key_;
  const clock now_;
  found_audit_file file_;
  chain_head head_;   ///< the end of the chain, which the next line continues
  bool torn_ = false; ///< bytes after file_.size could not be cut off
};

} // namespace invited::server

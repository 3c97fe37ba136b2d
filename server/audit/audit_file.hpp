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

/// A file descriptor, closed with the object.
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

/// An audit file as it was found: locked, its last line verified, torn bytes behind it cut off.
struct found_audit_file {
  owned_fd fd;
  off_t size = 0;  ///< 0: there is nothing in it yet
  chain_head head; ///< of its last line
  off_t cut = 0;   ///< bytes of a line that a crash had torn
};

/// Opens or makes (mode 0600) the file at `path`. A fault is a sentence for the operator: it cannot be
/// written, others may write or read it, another server has it open, or it ends in what is no line by this
/// key.
parsed<found_audit_file> open_audit_file(const std::string& path, const store::hmac_sha256& key);

/// The file that the audit is kept in for years. Whoever moves it away (logrotate without copytruncate) finds
/// that the next line goes into a new one, whose chain goes on where the old one's ended. For one thread at a
/// time.
class audit_file {
public:
  using clock = std::function<std::int64_t()>; ///< ms since 1970

  /// Throws std::runtime_error with the fault of open_audit_file().
  audit_file(std::string path, const store::hmac_sha256& key, clock now);

  /// Appends records (members of an object, from `"at":` on), and has them on disk when it returns. All or
  /// none: what is not written whole is cut off again. No records: an attempt whether writing works again,
  /// which leaves a note. Why it failed, as a sentence.
  parsed<void> append(std::span<const std::string> records);

  const chain_head& head() const { return head_; }

  /// How many bytes of a torn line the opening cut off; 0 once that was written down.
  off_t cut() const { return file_.cut; }

private:
  parsed<void> follow_path();
  parsed<void> write_out(std::string_view text);
  void cut_back() noexcept;

  const std::string path_;
  const store::hmac_sha256 key_;
  const clock now_;
  found_audit_file file_;
  chain_head head_;   ///< where the next line hangs
  bool torn_ = false; ///< bytes stand behind file_.size that could not be cut off
};

} // namespace invited::server

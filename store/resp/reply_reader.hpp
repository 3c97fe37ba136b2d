#pragma once

#include "store/resp/reply.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace invited::store::redis {

/// Reads the elements of an array one after the other, each in constant time. It never throws. A value that
/// is missing or has another type reads as "", 0 or an empty row, and makes the reader failed. So whoever
/// reads a whole reply checks once, at the end. Elements that nobody reads do not matter. What it returns
/// points into the reply.
class reply_reader {
public:
  /// Failed if the reply is no array.
  explicit reply_reader(const reply& r) noexcept : reply_reader(r.root(), own_failed_) {}
  explicit reply_reader(const node& n) noexcept : reply_reader(n, own_failed_) {}
  reply_reader(const reply_reader&) = delete; // a row notes its failures in its parent
  reply_reader& operator=(const reply_reader&) = delete;

  /// A text with at least one byte, as those that name what a reply is about.
  std::string_view word() noexcept {
    const std::string_view read = text();
    if (read.empty()) failed_ = true;
    return read;
  }

  std::string_view text() noexcept { return text_of(next()); }

  /// The same where nil may stand for nothing.
  std::optional<std::string_view> text_or_nil() noexcept {
    const node n = next();
    if (n.is_nil()) return {};
    return text_of(n);
  }

  std::int64_t number() noexcept {
    const node n = next();
    if (n.kind() != kind::integer) failed_ = true;
    return n.integer();
  }

  /// An array. If the row fails, this reader has failed, too, so it must outlive the row.
  reply_reader row() noexcept { return reply_reader(next(), failed_); }

  /// Whether an element is left. Never once it has failed, so a loop over a row that goes wrong ends.
  bool more() const noexcept { return !failed_ && at_ != end_; }

  bool failed() const noexcept { return failed_; }

private:
  reply_reader(const node& n, bool& failed) noexcept : failed_(failed), at_(n.begin()), end_(n.end()) {
    if (n.kind() != kind::array) failed_ = true;
  }

  node next() noexcept {
    if (at_ != end_) return *at_++;
    failed_ = true;
    return {};
  }

  std::string_view text_of(const node& n) noexcept {
    if (n.kind() != kind::bulk && n.kind() != kind::status) {
      failed_ = true;
      return {};
    }
    return n.text();
  }

  bool own_failed_ = false; ///< before failed_, which may refer to it
  bool& failed_;
  node::iterator at_;
  node::iterator end_;
};

} // namespace invited::store::redis

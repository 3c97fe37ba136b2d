#pragma once

#include "server/grammar/guard.hpp"
#include "server/http/request_reader.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace invited::server {

/// A reader, and whoever drives it: bytes in, requests or a refusal out.
struct reading {
  static constexpr std::size_t all_at_once = std::string_view::npos;

  http_limits limits{};
  request_parser parser{limits};
  memory_budget memory{1 << 20};
  request_reader reader{limits, parser, memory};
  std::uint64_t limit = 1000; ///< what content may have

  std::vector<std::string> requests{}; ///< each as "POST /path?query type <content>"
  std::optional<refused> refusal{};

  /// The bytes come in pieces of this size, or smaller ones where the reader has less room.
  void send(std::string_view bytes, std::size_t piece = all_at_once) {
    while (!bytes.empty() && !refusal) {
      const std::string_view part = bytes.substr(0, std::min(piece, room().size()));
      put(part);
      bytes.remove_prefix(part.size());
      pump();
    }
  }

  /// The bytes come, and nobody looks at them yet.
  void put(std::string_view bytes) {
    std::copy(bytes.begin(), bytes.end(), room().begin());
    reader.received(bytes.size());
  }

  std::span<char> room() {
    const auto place = reader.room();
    if (place.empty()) throw std::logic_error("no room to read");
    return place;
  }

  /// Looks at what has come, once.
  bool comes_to(request_reader::progress expected) {
    const auto progress = reader.advance();
    return progress && *progress == expected;
  }

  /// Takes the requests that have come.
  void pump() {
    using enum request_reader::progress;
    while (!refusal) {
      const auto progress = reader.advance();
      if (!progress) return refuse(progress.error());
      if (*progress == partial) return;
      if (*progress == whole) {
        take();
      } else if (reader.head().content_length > limit) {
        refuse(refused::content_too_large);
      } else if (const auto allowed = reader.allow_content(limit); !allowed) {
        refuse(allowed.error());
      }
    }
  }

private:
  void refuse(refused why) {
    refusal = why;
    reader.stop();
  }

  void take() {
    handlers::request r;
    reader.describe(r);
    if (r.body.data()[r.body.size()] != '\0') throw std::logic_error("the body does not end in NUL");
    std::string told(method_name(r.method));
    told.append(" ").append(r.path).append("?").append(r.query).append(" ");
    told.append(r[handlers::field::content_type]).append(" <").append(r.body.data(), r.body.size());
    requests.push_back(told + '>');
    std::fill(r.body.begin(), r.body.end(), '!'); // parsing in place may write anything
    reader.done();
  }
};

/// A request with content of a known length.
inline std::string sized(const std::string& content, const std::string& fields = "") {
  return "POST /p HTTP/1.1\r\nHost: h\r\n" + fields + "Content-Length: " + std::to_string(content.size()) +
         "\r\n\r\n" + content;
}

/// The head of a request with chunked content.
inline const std::string chunked = "POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

} // namespace invited::server

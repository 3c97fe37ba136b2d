#pragma once

#include "store/resp/reply.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

struct redisReader;

namespace invited::store::redis {

/// Limits of one reply. A larger reply is a protocol error, because no reply that we expect comes near. They
/// are ours and hold whatever hiredis allows: 0.14 ends one array deeper than this, 1.x at no depth.
struct resp_limits {
  std::uint32_t bytes = 64 << 20;
  std::uint32_t values = 1 << 20;
  std::uint32_t depth = 7; ///< arrays in each other
};

/// What the callbacks of hiredis fill: the values, and our own reason once one of them was refused.
struct resp_intake {
  reply_builder values;
  std::uint32_t depth; ///< the most arrays in each other
  std::string_view refusal;
};

/// Parses RESP2 without I/O: feed bytes, get replies. hiredis reads the syntax, the values go straight into
/// our replies. What RESP3 adds is a protocol error. Not movable: hiredis keeps pointers into it.
class resp_reader {
public:
  enum class outcome {
    reply, ///< `out` holds the next reply
    more,  ///< feed more bytes
    broken ///< protocol error or limit; error() says which. Lasts until reset().
  };

  explicit resp_reader(resp_limits limits = {});
  ~resp_reader();
  resp_reader(const resp_reader&) = delete;
  resp_reader& operator=(const resp_reader&) = delete;

  /// Copies `bytes`. Small pieces (a few KiB) are cheaper than large ones, because the rest of the buffer is
  /// moved to its front after every KiB read. A broken reader takes nothing.
  void feed(std::string_view bytes);
  outcome next(reply& out);

  /// Why it is broken; valid until the next call.
  std::string_view error() const noexcept;

  /// Forgets everything: for the next connection.
  void reset();

private:
  struct release {
    void operator()(redisReader* r) const noexcept;
  };

  outcome fail(std::string_view why) noexcept;

  resp_limits limits_;
  resp_intake intake_;
  std::unique_ptr<redisReader, release> reader_;
  std::string_view broken_; ///< our own reason, if it is not hiredis's
};

} // namespace invited::store::redis

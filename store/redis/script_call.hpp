#pragma once

#include "store/base/errc.hpp"
#include "store/redis/pipeline.hpp"
#include "store/redis/script.hpp"
#include "store/resp/reply.hpp"

#include <boost/system/error_code.hpp>

#include <coroutine>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

namespace invited::store::redis {

class link;

/// Writes the call of a script: by its SHA1, or by its source where Redis does not know it. Call write() for
/// keys and arguments that are at hand. Otherwise call begin(), and then add() for each key and then for each
/// argument, in order.
class script_writer {
public:
  using strings = std::span<const std::string_view>;

  script_writer(resp_writer out, const script& s, bool by_source) noexcept
      : out_(out), script_(s), by_source_(by_source) {}

  void begin(std::size_t key_count, std::size_t argument_count);
  void add(std::string_view key_or_argument) { out_.arg(key_or_argument); }

  void write(strings keys, strings args);

private:
  resp_writer out_;
  const script& script_;
  bool by_source_;
};

/// Keys and arguments of a script's call that are made when the call is written, and made again if it is
/// written again. Otherwise each caller would have to keep a kilobyte while it waits, and with many waiting
/// callers this pushes needed memory out of the cache.
class script_arguments {
public:
  /// Writes the whole call, once.
  virtual void write_to(script_writer& to) const = 0;

protected:
  ~script_arguments() = default;
};

/// One call in flight, made by `connection` and awaited at once. It lives in its caller's frame, so a call
/// allocates nothing. If it is destroyed while it waits (with the caller's frame), its reply will be dropped:
/// the call may or may not have happened.
class [[nodiscard]] call final : private operation {
public:
  using strings = std::span<const std::string_view>;

  /// If `run` is null, `args` is the whole command. All arguments are views.
  call(link& to, const script* run, strings keys, strings args) noexcept
      : link_(to), script_(run), keys_(keys), args_(args) {}
  call(link& to, const script& run, const script_arguments& made) noexcept
      : link_(to), script_(&run), made_(&made) {}
  ~call();
  call(const call&) = delete;
  call& operator=(const call&) = delete;

  bool await_ready() const noexcept { return false; }
  bool await_suspend(std::coroutine_handle<> caller);
  result<reply> await_resume() noexcept { return std::move(answer_); }

private:
  bool send(bool by_source);
  void encode(resp_writer out, bool by_source) const;
  void fail(boost::system::error_code ec);
  void finish(boost::system::error_code ec);
  void resume();
  void complete(boost::system::error_code ec, reply&& r) override;
  void discard() noexcept override { caller_ = nullptr; }

  link& link_;
  const script* script_;
  const script_arguments* made_ = nullptr; ///< null: keys_ and args_ are used
  strings keys_{};
  strings args_{};
  std::coroutine_handle<> caller_{}; ///< null: no caller waits
  bool by_source_ = false;
  result<reply> answer_{};
};

} // namespace invited::store::redis

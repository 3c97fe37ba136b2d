#include "store/redis/connection.hpp"

#include "store/redis/link.hpp"

#include <boost/asio/associated_allocator.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/recycling_allocator.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <charconv>

namespace invited::store::redis {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using strings = std::span<const std::string_view>;

/// What to send; views, which are valid as connection.hpp says.
struct command {
  const script* run = nullptr; ///< null: `args` is the whole command
  strings keys{};
  strings args{};

  void encode(resp_writer out, bool by_source) const {
    if (run == nullptr) {
      out.begin(args.size());
    } else {
      out.begin(3 + keys.size() + args.size());
      out.arg(by_source ? std::string_view("EVAL") : std::string_view("EVALSHA"));
      out.arg(by_source ? run->source : run->sha1);
      out.arg(static_cast<std::int64_t>(keys.size()));
      for (const std::string_view k : keys) out.arg(k);
    }
    for (const std::string_view a : args) out.arg(a);
  }
};

/// One call in flight: owns the handler, and itself.
template <class Handler>
class call final : public operation {
  using allocator = typename std::allocator_traits<
      asio::associated_allocator_t<Handler, asio::recycling_allocator<void>>>::template rebind_alloc<call>;

public:
  static void start(Handler handler, link& l, const command& c) {
    allocator memory(asio::get_associated_allocator(handler, asio::recycling_allocator<void>()));
    call* const self = new (memory.allocate(1)) call(std::move(handler), l, c);
    if (!self->send(false)) return self->finish_later(errc::unavailable);
    asio::cancellation_slot slot = asio::get_associated_cancellation_slot(self->handler_);
    if (slot.is_connected()) slot.assign([self](asio::cancellation_type) { self->cancel(); });
  }

  void complete(error_code ec, reply&& r) override {
    if (ec) return finish(ec);
    if (r.kind() != kind::error) return finish(std::move(r));
    if (command_.run != nullptr && !by_source_ && r.code() == "NOSCRIPT") {
      // Redis was restarted or its scripts flushed. Nothing ran, so this does not repeat anything.
      by_source_ = true;
      if (!send(true)) finish(make_error_code(errc::unavailable));
      return;
    }
    link_.refused(r.code());
    finish(make_error_code(errc::refused));
  }

  void discard() noexcept override { take_handler(); }

private:
  call(Handler handler, link& l, const command& c) : handler_(std::move(handler)), link_(l), command_(c) {}

  bool send(bool by_source) {
    return link_.send(*this, [&](resp_writer out) { command_.encode(out, by_source); });
  }

  void cancel() {
    link_.abandon(*this);
    finish_later(errc::unanswered);
  }

  /// Frees this before the caller resumes, so that its next call finds the memory.
  Handler take_handler() noexcept {
    asio::cancellation_slot slot = asio::get_associated_cancellation_slot(handler_);
    if (slot.is_connected()) slot.clear(); // also when it is what calls us: it touches nothing afterwards
    Handler handler = std::move(handler_);
    allocator memory(asio::get_associated_allocator(handler, asio::recycling_allocator<void>()));
    this->~call();
    memory.deallocate(this, 1);
    return handler;
  }

  void finish(result<reply> answer) {
    Handler handler = take_handler();
    std::move(handler)(std::move(answer));
  }

  /// Where the caller must not be resumed before this returns: it is still suspending, or cancels from
  /// somewhere.
  void finish_later(errc why) {
    const auto executor = link_.executor();
    asio::post(executor, [handler = take_handler(), why]() mutable {
      std::move(handler)(result<reply>(make_error_code(why)));
    });
  }

  Handler handler_;
  link& link_;
  command command_;
  bool by_source_ = false;
};

/// Not a coroutine itself: the one that Asio makes here is all that a call costs.
asio::awaitable<result<reply>> start_call(link& l, const command& c) {
  const auto initiate = [](auto handler, link* to, const command& what) {
    call<decltype(handler)>::start(std::move(handler), *to, what);
  };
  return asio::async_initiate<const asio::use_awaitable_t<>, void(result<reply>)>(initiate,
                                                                                  asio::use_awaitable, &l, c);
}

} // namespace

connection::connection(executor_type executor, connection_settings settings, connection_observer& observer,
                       entropy& random)
    : link_(std::make_shared<link>(executor, std::move(settings), observer, random)) {}

connection::~connection() {
  link_->shut_down();
}

void connection::start() {
  link_->start();
}
void connection::stop() {
  link_->stop();
}
bool connection::ready() const noexcept {
  return link_->ready();
}
std::string_view connection::why_not_ready() const noexcept {
  return link_->why_not_ready();
}

asio::awaitable<result<reply>> connection::execute(strings args) {
  return start_call(*link_, {nullptr, {}, args});
}

asio::awaitable<result<reply>> connection::run(const script& s, strings keys, strings args) {
  return start_call(*link_, {&s, keys, args});
}

asio::awaitable<result<void>> connection::ping() {
  const std::array<std::string_view, 1> args = {"PING"};
  const result<reply> pong = co_await execute(args);
  if (!pong) co_return pong.error();
  if (pong->text() != "PONG") co_return make_error_code(errc::unexpected);
  co_return result<void>();
}

} // namespace invited::store::redis

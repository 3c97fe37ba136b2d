#include "tests/support/gate.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>
#include <list>
#include <string_view>
#include <thread>

namespace invited::test {

namespace asio = boost::asio;
using asio::ip::tcp;
using local = asio::local::stream_protocol;
using boost::system::error_code;

struct gate::state {
  struct direction {
    std::atomic<std::size_t> left{never}, passed{0};
  };

  /// One client with its connection to Redis.
  struct pair : std::enable_shared_from_this<pair> {
    pair(tcp::socket c, state& s) : client(std::move(c)), redis(s.loop), owner(s) {}

    void open() {
      error_code ec;
      redis.connect(local::endpoint(owner.target), ec);
      if (ec) return cut();
      client.set_option(tcp::no_delay(true), ec);
      pass_request();
      pass_reply();
    }

    void cut() {
      error_code ignored;
      client.close(ignored);
      redis.close(ignored);
    }

    void pass_request() {
      from_client.resize(16 * 1024);
      client.async_read_some(asio::buffer(from_client),
                             [me = shared_from_this()](error_code ec, std::size_t n) {
                               if (ec || !pass(me->owner.request, me->redis, {me->from_client.data(), n}))
                                 return me->cut();
                               me->pass_request();
                             });
    }

    void pass_reply() {
      from_redis.resize(std::min<std::size_t>(16 * 1024, owner.piece));
      redis.async_read_some(asio::buffer(from_redis),
                            [me = shared_from_this()](error_code ec, std::size_t n) {
                              if (ec || !pass(me->owner.reply, me->client, {me->from_redis.data(), n}))
                                return me->cut();
                              me->pass_reply();
                            });
    }

    /// False if the connection is to be cut after this.
    template <class Socket>
    static bool pass(direction& d, Socket& to, std::string_view bytes) {
      const std::size_t budget = d.left;
      d.passed += bytes.size();
      const bool enough = budget == never || bytes.size() < budget;
      error_code ec;
      asio::write(to, asio::buffer(bytes.substr(0, budget)), ec);
      if (budget != never) d.left = enough ? budget - bytes.size() : never;
      return enough && !ec;
    }

    tcp::socket client;
    local::socket redis;
    state& owner;
    std::string from_client, from_redis;
  };

  explicit state(std::string path)
      : target(std::move(path)),
        acceptor(loop, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
        port(acceptor.local_endpoint().port()) {
    accept();
    thread = std::thread([this] { loop.run(); });
  }

  ~state() {
    loop.stop();
    thread.join();
  }

  void accept() {
    acceptor.async_accept([this](error_code ec, tcp::socket client) {
      if (ec) return;
      std::erase_if(pairs, [](const auto& p) { return p.expired(); });
      const auto p = std::make_shared<pair>(std::move(client), *this);
      pairs.push_back(p);
      p->open();
      accept();
    });
  }

  template <class F>
  void for_all(F f) {
    asio::post(loop, [this, f = std::move(f)] {
      for (const auto& weak : pairs)
        if (const auto p = weak.lock()) f(*p);
    });
  }

  asio::io_context loop{1};
  std::string target;
  tcp::acceptor acceptor;
  std::uint16_t port;
  direction request, reply;
  std::atomic<std::size_t> piece{never};
  std::list<std::weak_ptr<pair>> pairs;
  std::thread thread;
};

gate::gate(std::string unix_path) : state_(std::make_unique<state>(std::move(unix_path))) {}
gate::~gate() = default;

std::uint16_t gate::port() const noexcept {
  return state_->port;
}
std::string gate::url() const {
  return "redis://127.0.0.1:" + std::to_string(port());
}
void gate::cut_after_reply(std::size_t bytes) {
  state_->reply.left = bytes;
}
void gate::cut_after_request(std::size_t bytes) {
  state_->request.left = bytes;
}
void gate::piece_size(std::size_t bytes) {
  state_->piece = bytes;
}
std::size_t gate::replied() const noexcept {
  return state_->reply.passed;
}
std::size_t gate::requested() const noexcept {
  return state_->request.passed;
}

void gate::inject(std::string bytes) {
  state_->for_all([bytes = std::move(bytes)](state::pair& p) {
    error_code ignored;
    asio::write(p.client, asio::buffer(bytes), ignored);
  });
}

void gate::cut_all() {
  state_->for_all([](state::pair& p) { p.cut(); });
}

} // namespace invited::test

// The floor: one thread and raw epoll. It parses no more than which call it is, and checks nothing. Each HTTP
// request costs one recv, one send, and its share of one pipelined write to Redis and read from it, for the
// same script or GETDEL. A server that parses, checks and renders can only cost more.   invited-bench-floor
// PORT REDIS_SOCKET CREATE_LUA
#include <hiredis/hiredis.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <fstream>
#include <iterator>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

struct waiting {
  int client;
  bool creates;
  std::string id;
};

class floor_server {
public:
  floor_server(int port, const char* redis_socket, const char* script) {
    connect_redis(redis_socket, script);
    listen_on(port);
    watch(door_);
    watch(redis_);
  }

  [[noreturn]] void serve() {
    std::array<epoll_event, 256> events;
    for (;;) {
      const int ready = ::epoll_wait(set_, events.data(), static_cast<int>(events.size()), -1);
      for (int i = 0; i < ready; ++i) {
        const int fd = events[static_cast<std::size_t>(i)].data.fd;
        if (fd == door_) {
          accept_all();
        } else if (fd == redis_) {
          take_replies();
        } else {
          take_request(fd);
        }
      }
      flush();
    }
  }

private:
  void connect_redis(const char* path, const char* script) {
    std::ifstream file(script);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    redisContext* const context = ::redisConnectUnix(path);
    if (!context || context->err) throw std::runtime_error("no Redis");
    auto* const reply = static_cast<redisReply*>(::redisCommand(context, "SCRIPT LOAD %s", text.c_str()));
    if (!reply || reply->type != REDIS_REPLY_STRING) throw std::runtime_error("the script does not load");
    sha_ = reply->str;
    ::freeReplyObject(reply);
    redis_ = context->fd;
    ::fcntl(redis_, F_SETFL, O_NONBLOCK);
  }

  void listen_on(int port) {
    const int on = 1;
    ::setsockopt(door_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(static_cast<std::uint16_t>(port));
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(door_, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0 || ::listen(door_, 1024) != 0)
      throw std::runtime_error("the port is taken");
  }

  void watch(int fd) const {
    epoll_event e{};
    e.events = EPOLLIN;
    e.data.fd = fd;
    ::epoll_ctl(set_, EPOLL_CTL_ADD, fd, &e);
  }

  void accept_all() const {
    const int on = 1;
    for (int client; (client = ::accept4(door_, nullptr, nullptr, SOCK_NONBLOCK)) >= 0;) {
      ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      watch(client);
    }
  }

  void take_request(int client) {
    const ssize_t size = ::recv(client, in_.data(), in_.size(), 0);
    if (size < 50) {
      ::close(client);
      return;
    }
    // POST /generate_invite or POST /invite/<36>/redeem
    if (in_[6] == 'g') {
      pending_.push_back({client, true, new_id()});
      const std::string key = "i:" + pending_.back().id;
      command({"EVALSHA", sha_, "2", "b:clinic-1", key, "1000000000", "1000000000", "604800", record_});
    } else {
      pending_.push_back({client, false, std::string(in_.data() + 13, 36)});
      command({"GETDEL", "i:" + pending_.back().id});
    }
  }

  std::string new_id() {
    const std::uint64_t x = random_(), y = random_();
    std::array<char, 37> out;
    std::snprintf(out.data(), out.size(), "%08x-%04x-4%03x-8%03x-%012llx", static_cast<unsigned>(x >> 32),
                  static_cast<unsigned>(x >> 16) & 0xffff, static_cast<unsigned>(x) & 0xfff,
                  static_cast<unsigned>(y >> 52), static_cast<unsigned long long>(y & 0xffffffffffff));
    return out.data();
  }

  void command(std::initializer_list<std::string> arguments) {
    out_.append("*").append(std::to_string(arguments.size())).append("\r\n");
    for (const std::string& a : arguments)
      out_.append("$").append(std::to_string(a.size())).append("\r\n").append(a).append("\r\n");
  }

  void flush() {
    if (out_.empty()) return;
    const ssize_t sent = ::send(redis_, out_.data(), out_.size(), MSG_NOSIGNAL);
    if (sent > 0) out_.erase(0, static_cast<std::size_t>(sent));
  }

  void take_replies() {
    const ssize_t size = ::recv(redis_, in_.data(), in_.size(), 0);
    if (size <= 0) std::exit(1);
    ::redisReaderFeed(replies_, in_.data(), static_cast<std::size_t>(size));
    for (void* reply = nullptr; ::redisReaderGetReply(replies_, &reply) == REDIS_OK && reply;) {
      answer(pending_.front(), *static_cast<redisReply*>(reply));
      pending_.pop_front();
      ::freeReplyObject(reply);
    }
  }

  static void answer(const waiting& to, const redisReply& reply) {
    std::string body;
    const bool found = to.creates || reply.type == REDIS_REPLY_STRING;
    if (to.creates) {
      body.append(R"({"invite_id":")")
          .append(to.id)
          .append(R"(","invite_url":"http://localhost:4321/invite/)");
      body.append(to.id).append("\"}");
    } else if (found) {
      body.assign(reply.str, static_cast<std::size_t>(reply.len));
    }
    std::string out(found ? "HTTP/1.1 200 OK" : "HTTP/1.1 404 Not Found");
    out.append("\r\nContent-Type: application/json\r\nContent-Length: ").append(std::to_string(body.size()));
    out.append("\r\n\r\n").append(body);
    ::send(to.client, out.data(), out.size(), MSG_NOSIGNAL);
  }

  int set_ = ::epoll_create1(0), door_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), redis_ = -1;
  redisReader* replies_ = ::redisReaderCreate();
  std::string sha_, out_;
  std::string record_ = std::string(180, 'x'); // as long as a sealed one
  std::deque<waiting> pending_;
  std::mt19937_64 random_{std::random_device{}()};
  std::array<char, 65536> in_;
};

} // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  try {
    floor_server(std::atoi(argv[1]), argv[2], argv[3]).serve();
  } catch (const std::exception& e) {
    std::fprintf(stderr, "floor: %s\n", e.what());
    return 1;
  }
}

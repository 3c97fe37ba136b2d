#pragma once

#include "handlers/routing/front.hpp"
#include "tests/support/tasks.hpp"

#include <initializer_list>
#include <stdexcept>
#include <string>
#include <utility>

namespace invited::handlers {

/// Answers with what it saw, or throws.
class echo final : public endpoint {
public:
  bool throws = false;

  task<response> handle(request& r) override {
    if (throws) throw std::runtime_error("on purpose");
    response out{.content_type = "text/plain", .body = std::string(r.param)};
    co_return out;
  }
};

/// A front door with two limits per address and no staff.
struct house {
  store::system_entropy random;
  address_limiter patients{0.001, 3, random}, strangers{0.001, 5, random};
  echo handler;
  std::string fault;
  std::string client = "198.51.100.1";
  front door{router(table()),
             cors({"https://portal.example.org"}),
             {&patients, &strangers, nullptr},
             [this](std::string_view route, std::string_view what) { (fault = route) += what; }};

  route_table table() {
    route_table lines;
    lines.add({verb::get, "/open/{x}", for_anyone, 7}, handler);
    lines.add({verb::get, "/invite/{x}", for_patients, 8}, handler);
    lines.add({verb::post, "/invite/{x}/redeem", for_patients, 9}, handler);
    lines.add({verb::post, "/bare/{x}", for_anyone, no_body}, handler);
    lines.add({verb::post, "/invite/{x}/ask", for_patients, no_body}, handler);
    return lines;
  }

  /// An address with all of its units.
  std::string next_client() { return "203.0.113." + std::to_string(++clients); }
  unsigned clients = 0;

  response serve(verb method, std::string_view path,
                 std::initializer_list<std::pair<field, std::string_view>> fields = {},
                 std::string body = {}) {
    request r;
    r.method = method;
    r.path = path;
    r.client = boost::asio::ip::make_address(client);
    r.request_id = "test-1";
    r.body = {body.data(), body.size()};
    for (const auto& [f, value] : fields) r.fields[static_cast<std::size_t>(f)] = value;
    return test::result_of(door.serve(r));
  }
};

inline bool has(const response& r, std::string_view field) {
  return r.fields.find(field) != std::string::npos;
}

} // namespace invited::handlers

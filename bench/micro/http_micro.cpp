// Routing, reading a body, and writing an answer.
#include "handlers/making/create_input.hpp"
#include "handlers/routing/router.hpp"
#include "server/http/response_writer.hpp"

#include <benchmark/benchmark.h>

#include <string>

namespace invited {
namespace {

using namespace handlers;

class silent final : public endpoint {
public:
  task<response> handle(request&) override { co_return response{}; }
};

void route_find(benchmark::State& state) {
  route_table lines;
  const auto line = [&lines](verb v, std::string_view pattern) {
    lines.add<silent>({v, pattern, for_anyone, no_body});
  };
  line(verb::post, "/generate_invite");
  line(verb::post, "/generate_invites");
  line(verb::get, "/invite/{invite_id}");
  line(verb::post, "/invite/{invite_id}/redeem");
  line(verb::post, "/invite/{invite_id}/ask");
  line(verb::get, "/invites");
  line(verb::get, "/invites/{ref}");
  line(verb::post, "/invites/{ref}/revoke");
  line(verb::get, "/analytics");
  line(verb::get, "/healthz");
  const router routes(std::move(lines));
  const std::string path = "/invite/0f8b2c1e-6a3d-4c52-9b0e-1d2c3b4a5f60/redeem";
  for (auto _ : state) {
    const router::match m = routes.find(verb::post, path);
    if (!m.found) state.SkipWithError("no route");
    benchmark::DoNotOptimize(m);
  }
}
BENCHMARK(route_find);

void json_read_and_validate(benchmark::State& state) {
  const create_rules rules{std::chrono::seconds(60), std::chrono::hours(24 * 90), "US",
                           [] { return 1'800'000'000; }};
  const std::string body = R"({"email":"ada.lovelace@example.org","first_name":"Ada","last_name":"Lovelace",)"
                           R"("phone":"+14155550123","provider_id":"clinic-1"})";
  std::string copy;
  for (auto _ : state) {
    copy = body; // it is parsed in place
    const auto input = read_create(copy, rules);
    if (!input) state.SkipWithError("the body is refused");
    benchmark::DoNotOptimize(input);
  }
}
BENCHMARK(json_read_and_validate);

void response_write(benchmark::State& state) {
  const response answer{.content_type = "application/json", .body = std::string(230, 'b')};
  const server::answer_frame frame{.date = "Thu, 01 Jan 2026 00:00:00 GMT",
                                   .request_id = "0123456789abcdef-1"};
  std::string out;
  for (auto _ : state) {
    out.clear();
    server::render(out, answer, frame);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(response_write);

} // namespace
} // namespace invited

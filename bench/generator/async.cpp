#include "bench/generator/async.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>

#include <exception>

namespace invited::bench {

coro<void> all_of(std::vector<coro<void>> parts) {
  const executor here = co_await boost::asio::this_coro::executor;
  timer over(here, timer::time_point::max());
  std::size_t running = parts.size();
  std::exception_ptr thrown;
  const auto ended = [&](std::exception_ptr e) {
    if (e) thrown = e;
    if (--running == 0) over.cancel();
  };
  for (coro<void>& part : parts) boost::asio::co_spawn(here, std::move(part), ended);
  boost::system::error_code cancelled;
  while (running > 0) co_await over.async_wait(boost::asio::redirect_error(use_coro, cancelled));
  if (thrown) std::rethrow_exception(thrown);
}

} // namespace invited::bench

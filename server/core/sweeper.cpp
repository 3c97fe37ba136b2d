#include "server/core/sweeper.hpp"

#include "store/async/all_of.hpp"

namespace invited::server {
namespace {

constexpr std::string_view sweep_failed = "sweep_failed";
constexpr std::string_view fold_failed = "fold_failed";

} // namespace

sweeper::sweeper(boost::asio::io_context& io, store::redis::connection& redis, log_buffer& log,
                 std::chrono::milliseconds first_after)
    : redis_(redis),
      expiry_(redis),
      folding_(redis),
      log_(log),
      first_after_(first_after),
      settling_(
          io, [this] { return settle(); }, teller(sweep_failed)),
      folds_(
          io, [this] { return fold(); }, teller(fold_failed)) {}

rounds::fault_observer sweeper::teller(std::string_view event) {
  return [this, event](std::string_view what) { log_.event(log_level::error, event, {{"detail", what}}); };
}

void sweeper::start() {
  settling_.start(first_after_);
  folds_.start(first_after_);
}

void sweeper::stop() {
  settling_.stop([] {});
  folds_.stop([] {});
}

/// The watcher of the connection logs its errors. Here only errors that must not happen are logged, and only
/// the first of many.
task<std::chrono::milliseconds> sweeper::settle() {
  if (!redis_.ready()) co_return period; // due expiries stay due
  for (std::size_t g = 0; g < store::groups; ++g) work_[g] = expiry_.settle(static_cast<store::group>(g));
  all_of<store::result<std::uint32_t>> all(work_);
  co_await all;
  for (const auto& work : work_) {
    const store::result<std::uint32_t> settled = work.take();
    if (settled || settled.error() != store::errc::unexpected) continue;
    log_.event(log_level::error, sweep_failed, {{"detail", settled.error().message()}});
    break;
  }
  co_return period;
}

task<std::chrono::milliseconds> sweeper::fold() {
  if (!redis_.ready()) co_return period;
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  const store::result<void> folded =
      co_await folding_.step(std::chrono::floor<std::chrono::days>(since_1970).count());
  if (!folded && folded.error() == store::errc::unexpected)
    log_.event(log_level::error, fold_failed, {{"detail", folded.error().message()}});
  co_return period;
}

} // namespace invited::server

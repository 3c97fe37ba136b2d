#include "server/audit/repeat_writer.hpp"

#include <exception>
#include <utility>

namespace invited::server {

repeat_writer::repeat_writer(boost::asio::io_context& io, store::audit_digest& digest, log_buffer& log)
    : digest_(digest),
      log_(log),
      rounds_(
          io, [this] { return round(); },
          [this](std::string_view what) {
            log_.event(log_level::error, "audit_counts_failed", {{"detail", what}});
          }) {}

task<std::chrono::milliseconds> repeat_writer::round() {
  const bool more = co_await digest_.write_due();
  co_return more ? std::chrono::milliseconds(0) : period;
}

void repeat_writer::stop(std::function<void()> stopped) {
  stopped_ = std::move(stopped);
  rounds_.stop([this] { finish(); });
}

void repeat_writer::finish() {
  last_ = digest_.write_all();
  if (last_.start(ended, this)) end();
}

void repeat_writer::end() {
  try {
    last_.take();
  } catch (const std::exception& e) {
    log_.event(log_level::error, "audit_counts_failed", {{"detail", e.what()}});
  }
  if (const std::uint64_t lost = digest_.waiting(); lost > 0)
    log_.event(log_level::error, "audit_counts_lost", {{"events", lost}});
  std::exchange(stopped_, nullptr)();
}

} // namespace invited::server

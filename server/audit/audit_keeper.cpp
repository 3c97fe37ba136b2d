#include "server/audit/audit_keeper.hpp"

#include "store/crypto/hex.hpp"

#include <array>

namespace invited::server {
namespace {

/// Never the same twice, because entries that a dead server left must not look like ours.
std::string new_consumer(store::entropy& random) {
  std::array<std::uint8_t, 8> name;
  random.fill(name);
  return store::to_hex(name);
}

} // namespace

audit_keeper::audit_keeper(boost::asio::io_context& io, store::redis::connection& redis, log_buffer& log,
                           store::entropy& random, audit_counters& counts, settings wanted)
    : first_after_(wanted.first_after),
      buffer_(redis, new_consumer(random)),
      trimmer_(io, buffer_, wanted.keep, counts, [&log](std::string_view what) {
        log.event(log_level::error, "audit_trim_failed", {{"detail", what}});
      }) {
  if (!wanted.file) return;
  writer_ = std::make_unique<audit_writer>(io, std::move(*wanted.file), std::move(wanted.keys));
  exporter_.emplace(io, buffer_, *writer_, log, counts);
}

void audit_keeper::start() {
  trimmer_.start(first_after_);
  if (exporter_) exporter_->start(first_after_);
}

void audit_keeper::stop(std::function<void()> stopped) {
  trimmer_.stop();
  if (exporter_) return exporter_->stop(std::move(stopped));
  stopped();
}

void audit_keeper::load_keys(std::shared_ptr<const store::key_ring> keys) {
  if (writer_) writer_->load_keys(std::move(keys));
}

} // namespace invited::server

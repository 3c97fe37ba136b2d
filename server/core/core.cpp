#include "server/core/core.hpp"

#include "handlers/text/coarse_address.hpp"
#include "server/core/store_settings.hpp"

#include <boost/asio/post.hpp>
#include <boost/endian/conversion.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <sstream>

namespace invited::server {
namespace {

std::int64_t system_seconds() {
  return std::time(nullptr); // called with every token, and cheaper than system_clock
}

handlers::api_settings api_settings_of(const options& o) {
  const handlers::create_rules rules{o.ttl_min, o.ttl_max, o.default_region, system_seconds};
  return {.create = {rules, {o.ttl, {o.rate, o.burst}}},
          .links = {o.base_url, o.assessment_url},
          .session = o.session_ttl,
          .tokens = {o.jwt_issuer, o.jwt_audience}};
}

phase_lengths phase_lengths_of(const options& o) {
  phase_lengths lengths = default_phase_lengths;
  const auto set = [&lengths](phase p, std::chrono::milliseconds length) {
    lengths[static_cast<std::size_t>(p)] = length;
  };
  set(phase::header, o.header_timeout);
  set(phase::body, o.body_timeout);
  set(phase::write, o.write_timeout);
  set(phase::idle, o.idle_timeout);
  return lengths;
}

audit_retention audit_retention_of(const options& o) {
  return {.events = o.audit_retention, .creations = std::max(o.audit_retention, o.ttl_max + o.retention)};
}

std::uint64_t random_prefix(store::entropy& random) {
  std::array<std::uint8_t, 8> bytes;
  random.fill(bytes);
  return boost::endian::load_big_u64(bytes.data());
}

/// Under load this is long enough for a dozen requests to come. With a longer pause they would be taken in
/// only after Redis has finished those before: with 2 ms Redis's core was idle for 9 % of the time instead of
/// 4.
constexpr std::chrono::milliseconds longest_pause{1};

/// A random part of a second, so that servers started together do not work at the same moment.
std::chrono::milliseconds within_a_second(store::entropy& random) {
  return std::chrono::milliseconds(random_prefix(random) % 1000);
}

handlers::fault_observer fault_logger(log_buffer& log) {
  return [&log](std::string_view route, std::string_view what) {
    log.event(log_level::error, "fault", {{"route", route}, {"what", what}});
  };
}

} // namespace

core::core(shared_state& shared)
    : shared_(shared),
      work_(boost::asio::make_work_guard(io_)),
      password_worker_(io_, shared.passwords),
      log_(turn_, shared.log, shared.options.log_level, [] { return std::chrono::system_clock::now(); }),
      watch_(log_, redis_watch::connection::main, shared.ready, shared.on_redis_judged),
      reads_watch_(log_, redis_watch::connection::reads, shared.ready, shared.on_redis_judged),
      redis_(io_.get_executor(), turn_, shared.redis, watch_, random_),
      reads_(io_.get_executor(), turn_, shared.redis, reads_watch_, random_),
      reading_places_(reads_at_a_time, most_reads, shared.redis.timeout),
      seals_(shared.first_keys, random_),
      tokens_(seals_, shared.options.base_url, system_seconds),
      invites_(redis_, {reads_, reading_places_}, seals_, random_, lifetimes_of(shared.options),
               system_seconds() / 86400),
      audit_(redis_, {reads_, reading_places_}, seals_),
      digest_(audit_, shared.ready.audit_full),
      repeats_(io_, digest_, log_),
      verifier_(shared.staff_keys, {shared.options.jwt_issuer, shared.options.jwt_audience}, system_seconds),
      api_({.redis = redis_,
            .lane = {reads_, reading_places_},
            .invites = invites_,
            .audit = audit_,
            .digest = digest_,
            .seals = seals_,
            .random = random_,
            .tokens = tokens_,
            .keys = *shared.staff_keys,
            .verifier = verifier_,
            .failures = shared.failed_tokens,
            .quota = shared.staff,
            .bulks = shared.bulks,
            .ready = shared.ready,
            .loop = turn_,
            .image_worker = image_worker_,
            .password_worker = password_worker_},
           system_seconds, fault_logger(log_), api_settings_of(shared.options)),
      front_(api_.public_routes(), handlers::cors(shared.options.cors_origins),
             {&shared.patients, &shared.strangers, &api_.gate()}, fault_logger(log_)),
      metrics_(shared, front_, seals_),
      admin_front_(api_.admin_routes(metrics_), handlers::cors({}), {nullptr, nullptr, nullptr},
                   fault_logger(log_)),
      deadlines_(io_, phase_lengths_of(shared.options)),
      admin_deadlines_(io_, phase_lengths_of(shared.options)),
      sockets_(io_, turn_, [this] { redis_.wait_while_full(longest_pause); }),
      writes_(turn_),
      http_(front_, log_, shared.bodies, random_prefix(random_)),
      admin_http_(admin_front_, log_, shared.bodies, random_prefix(random_)),
      net_{http_, deadlines_, writes_},
      admin_net_{admin_http_, admin_deadlines_, writes_},
      door_watch_(log_),
      door_(io_, sockets_, net_, shared.connections, public_surroundings()) {
  http_.trusted_proxies = shared.options.trusted_proxies;
  http_.on_forwarded = [this](const boost::asio::ip::address& peer) { note_forwarded(peer); };
  http_.hsts = shared.options.base_url.starts_with("https:");
  place_ = shared.doors.add(io_, door_);
  shared.figures.push_back(figures());
}

core::~core() = default;

core_figures core::figures() const {
  return {.http = &http_.counters,
          .calls = &http_.calls,
          .redis = &redis_.counts(),
          .redis_up = &watch_.up(),
          .reads = &reads_.counts(),
          .reads_up = &reads_watch_.up(),
          .refused_reads = &reading_places_.refusals(),
          .invites = &invites_.tally(),
          .expired = nullptr,
          .refused_patients = &front_.refused_patients(),
          .refused_strangers = &front_.refused_strangers(),
          .refused_calls = &api_.refused_calls(),
          .refused_tokens = &api_.refused_tokens(),
          .refused_bulks = &api_.refused_bulks(),
          .refused_from_memory = &api_.refused_from_memory(),
          .suppressed_audit = &digest_.suppressed()};
}

door_surroundings core::public_surroundings() {
  return {.on_turned_away = [this](room why, const auto& peer) { door_watch_.turned_away(why, peer); },
          .find_room = [this](auto found) { shared_.doors.find_room(place_, std::move(found)); }};
}

std::uint16_t core::listen(const boost::asio::ip::tcp::endpoint& at) {
  return open(door_, at);
}

std::uint16_t core::listen_admin(const boost::asio::ip::tcp::endpoint& at) {
  admin_door_.emplace(io_, sockets_, admin_net_, shared_.admin_connections);
  return open(*admin_door_, at);
}

std::uint16_t core::open(listener& door, const boost::asio::ip::tcp::endpoint& at) {
  if (const boost::system::error_code ec = door.open(at)) {
    std::ostringstream where;
    where << "cannot listen on " << at;
    throw boost::system::system_error(ec, where.str());
  }
  ++doors_open_;
  return door.local_endpoint().port();
}

void core::sweep_expiries() {
  sweeper_.emplace(io_, redis_, log_, within_a_second(random_));
  core_figures mine = figures();
  mine.expired = &sweeper_->expired();
  shared_.figures[place_] = mine;
}

void core::keep_audit(std::optional<audit_file> file) {
  audit_keeper::settings wanted{.keep = audit_retention_of(shared_.options),
                                .file = std::move(file),
                                .keys = shared_.first_keys,
                                .first_after = within_a_second(random_)};
  audit_keeper_.emplace(io_, redis_, log_, random_, shared_.audit, std::move(wanted));
  const room_watch::settings room{.audit_entries = shared_.options.audit_max_entries};
  room_.emplace(io_, redis_, audit_keeper_->buffer(), log_, shared_.ready, shared_.audit, room);
}

void core::run() {
  redis_.start();
  reads_.start();
  if (sweeper_) sweeper_->start();
  if (audit_keeper_) audit_keeper_->start();
  if (room_) room_->start(std::chrono::milliseconds(0));
  repeats_.start();
  door_.start();
  if (admin_door_) admin_door_->start();
  io_.run();
}

/// Behind such a proxy all clients have one address, for every limit. The forwarded address is a person's, so
/// it is not logged.
void core::note_forwarded(const boost::asio::ip::address& peer) {
  if (shared_.forwarded_noted.load(std::memory_order_relaxed) || shared_.forwarded_noted.exchange(true))
    return;
  std::string address;
  handlers::append_address(address, peer);
  log_.event(log_level::warning, "forwarded_not_trusted",
             {{"peer", address},
              {"detail", "X-Forwarded-For from this address is not trusted, so all clients behind it count "
                         "as one; if it is your proxy, name it with --trusted-proxy"}});
}

void core::load_keys(std::shared_ptr<const store::key_ring> keys) {
  boost::asio::post(io_, [this, keys = std::move(keys)] {
    seals_.load(keys);
    if (audit_keeper_) audit_keeper_->load_keys(keys);
    tokens_ = handlers::session_tokens(seals_, shared_.options.base_url, system_seconds);
  });
}

void core::drain() {
  boost::asio::post(io_, [this] {
    door_.stop([this] { drained(); });
    if (admin_door_) admin_door_->stop([this] { drained(); });
  });
}

void core::abort() {
  boost::asio::post(io_, [this] {
    door_.abort();
    if (admin_door_) admin_door_->abort();
    redis_.stop(); // requests that still wait for it get an answer and end
    reads_.stop();
  });
}

void core::drained() {
  if (--doors_open_ > 0) return;
  if (sweeper_) sweeper_->stop();
  if (room_) room_->stop();
  repeats_.stop([this] {
    if (!audit_keeper_) return finish();
    audit_keeper_->stop([this] { finish(); });
  });
}

void core::finish() {
  redis_.stop();
  reads_.stop();
  deadlines_.stop();
  admin_deadlines_.stop();
  work_.reset();
}

} // namespace invited::server

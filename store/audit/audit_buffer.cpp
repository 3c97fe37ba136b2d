#include "store/audit/audit_buffer.hpp"

#include "store/scripts.hpp"

#include <array>

namespace invited::store {
namespace {

constexpr std::string_view export_group = "export";
constexpr std::string_view gauge_prefix = "pending|"; // prefix of the fields that each name a provider
constexpr std::chrono::milliseconds consumer_gone = std::chrono::hours(1);

} // namespace

audit_stream events_of(group g) {
  return {group_key("aud", g), g, {}};
}

audit_stream creations_of(group g, std::string_view provider_id) {
  return {provider_key("idx", g, provider_id), g, std::string(provider_id)};
}

task<result<audit_stretch>> audit_buffer::take(const audit_stream& from, bool take_over) {
  const std::string most = std::to_string(most_taken);
  const std::string left = take_over ? std::to_string(abandoned_after.count()) : std::string();
  const std::array<std::string_view, 1> keys = {from.key};
  const std::array<std::string_view, 4> args = {export_group, consumer_, most, left};
  result<redis::reply> reply = co_await redis_.run(scripts::collect, keys, args);
  if (!reply) co_return reply.error();
  redis::reply_reader read(*reply);
  read.row();    // the entries
  read.number(); // how many were trimmed
  if (read.failed()) co_return errc::unexpected;
  audit_stretch taken{std::move(*reply)};
  co_return taken;
}

task<result<void>> audit_buffer::acknowledge(const audit_stream& of, std::span<const std::string_view> ids) {
  std::vector<std::string_view> command = {"XACK", of.key, export_group};
  command.insert(command.end(), ids.begin(), ids.end());
  const result<redis::reply> reply = co_await redis_.execute(command);
  if (!reply) co_return reply.error();
  co_return result<void>();
}

task<result<tidied>> audit_buffer::tidy(const audit_stream& of,
                                        std::optional<std::chrono::milliseconds> keep) {
  const std::string age = keep ? std::to_string(keep->count()) : std::string();
  const std::string most = std::to_string(most_trimmed), gone = std::to_string(consumer_gone.count());
  const std::array<std::string_view, 1> keys = {of.key};
  const std::array<std::string_view, 3> args = {age, most, gone};
  const result<redis::reply> reply = co_await redis_.run(scripts::tidy, keys, args);
  if (!reply) co_return reply.error();
  redis::reply_reader read(*reply);
  const tidied done{read.number(), read.number(), read.number() != 0};
  if (read.failed()) co_return errc::unexpected;
  co_return done;
}

task<result<std::int64_t>> audit_buffer::length(const audit_stream& of) {
  const std::array<std::string_view, 2> command = {"XLEN", of.key};
  const result<redis::reply> reply = co_await redis_.execute(command);
  if (!reply) co_return reply.error();
  if (reply->kind() != redis::kind::integer) co_return errc::unexpected;
  co_return reply->integer();
}

task<result<known_providers>> audit_buffer::providers(group g, std::string_view cursor) {
  constexpr std::string_view about = "200";
  const key_name gauge = gauge_key(g);
  const std::array<std::string_view, 5> command = {"HSCAN", gauge, cursor, "COUNT", about};
  const result<redis::reply> reply = co_await redis_.execute(command);
  if (!reply) co_return reply.error();
  redis::reply_reader read(*reply);
  known_providers found{{}, std::string(read.word())};
  for (redis::reply_reader gauges = read.row(); gauges.more();) {
    const std::string_view field = gauges.text();
    gauges.text(); // its value
    if (field.starts_with(gauge_prefix)) found.ids.emplace_back(field.substr(gauge_prefix.size()));
  }
  if (read.failed()) co_return errc::unexpected;
  co_return found;
}

} // namespace invited::store

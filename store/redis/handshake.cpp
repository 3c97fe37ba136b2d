#include "store/redis/handshake.hpp"

#include "store/redis/permissions.hpp"
#include "store/scripts.hpp"

namespace invited::store::redis {

handshake::handshake(const connection_settings& settings) : settings_(settings) {
  if (!settings.password.empty() || !settings.target.user.empty()) steps_.push_back({verb::auth});
  steps_.push_back({verb::name});
  for (std::size_t i = 0; i < info_sections.size(); ++i) steps_.push_back({verb::info, i});
  if (settings.target.db != 0) steps_.push_back({verb::select});
  for (std::size_t i = 0; i < durability_settings.size(); ++i) steps_.push_back({verb::config, i});
  if (!settings.needs.empty()) steps_.push_back({verb::probe});
  for (std::size_t i = 0; i < settings.scripts.size(); ++i) steps_.push_back({verb::load, i});
  // Redis answers the others even while it loads its data, but not this one.
  steps_.push_back({verb::ping});
}

void handshake::encode(std::size_t i, resp_writer out) const {
  const auto command = [&out](std::initializer_list<std::string_view> args) {
    out.begin(args.size());
    for (const std::string_view a : args) out.arg(a);
  };
  const step& s = steps_[i];
  switch (s.what) {
  case verb::auth:
    if (settings_.target.user.empty()) return command({"AUTH", settings_.password});
    return command({"AUTH", settings_.target.user, settings_.password});
  case verb::name: return command({"CLIENT", "SETNAME", "invited"});
  case verb::info: return command({"INFO", info_sections[s.index]});
  case verb::select: return command({"SELECT", std::to_string(settings_.target.db)});
  case verb::config: return command({"CONFIG", "GET", durability_settings[s.index]});
  case verb::probe: return encode_probe(out);
  case verb::load: return command({"SCRIPT", "LOAD", settings_.scripts[s.index].source});
  case verb::ping: return command({"PING"});
  }
}

/// It is sent by its source, because it is called once. It declares no keys, because it touches none, and
/// Redis would refuse the question if it named a key that we may not use.
void handshake::encode_probe(resp_writer out) const {
  out.begin(3 + settings_.needs.size());
  for (const std::string_view a : {std::string_view("EVAL"), scripts::probe.source, std::string_view("0")})
    out.arg(a);
  for (const command_use& use : settings_.needs) out.arg(example_call(use));
}

/// Whether to go on after that error. We do not need our name, what Redis says about itself (it counts as
/// unknown), or loaded scripts (calls fall back to the source).
bool handshake::is_bearable(const step& s, const reply& error) const {
  switch (s.what) {
  case verb::auth:
  case verb::ping: return false;
  case verb::select: return facts_.is_cluster(); // a cluster has one database and is refused anyway
  case verb::name:
  case verb::info:
  case verb::config:
  case verb::probe:
  case verb::load: break;
  }
  return error.code() == "NOPERM" || error.text().starts_with("ERR unknown"); // not allowed, or unknown there
}

void handshake::take(std::size_t i, const reply& r) {
  if (error_) return; // the first failure explains the later ones
  const step& s = steps_[i];
  if (r.kind() == kind::error && !is_bearable(s, r)) return fail(s, errc::refused, r.code());
  switch (s.what) {
  case verb::info: facts_.read_info(r.kind() == kind::bulk ? r.text() : std::string_view{}); break;
  case verb::config: facts_.read_config(s.index, r); break;
  case verb::probe:
    if (!facts_.read_probe(settings_.needs, r)) fail(s, errc::unexpected, "not a list of missing commands");
    break;
  case verb::load:
    if (r.kind() == kind::bulk && r.text() == settings_.scripts[s.index].sha1) break;
    if (r.kind() != kind::error) fail(s, errc::unexpected, "another SHA1");
    break;
  case verb::auth:
  case verb::name:
  case verb::select:
  case verb::ping:
    if (r.kind() != kind::status && r.kind() != kind::error) fail(s, errc::unexpected, "not a status");
    break;
  }
}

void handshake::fail(const step& s, errc why, std::string_view word) {
  error_ = make_error_code(why);
  detail_ = name_of(s).append(": ").append(word.empty() ? "an error" : word);
}

std::string handshake::name_of(const step& s) const {
  switch (s.what) {
  case verb::auth: return "AUTH";
  case verb::name: return "CLIENT SETNAME";
  case verb::info: return "INFO";
  case verb::select: return "SELECT";
  case verb::config: return "CONFIG GET";
  case verb::probe: return "EVAL probe";
  case verb::load: return std::string("SCRIPT LOAD ").append(settings_.scripts[s.index].name);
  case verb::ping: return "PING";
  }
  return {};
}

} // namespace invited::store::redis

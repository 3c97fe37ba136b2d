#include "store/redis/handshake.hpp"

#include <array>

namespace invited::store::redis {
namespace {

constexpr std::array<std::string_view, 2> info_sections = {"server", "replication"};

/// An error that says: you may not, or I do not know this command.
bool is_forbidden(const reply& r) {
  return r.code() == "NOPERM" || r.text().starts_with("ERR unknown");
}

} // namespace

handshake::handshake(const connection_settings& settings) : settings_(settings) {
  if (!settings.password.empty() || !settings.target.user.empty()) steps_.push_back({verb::auth});
  if (settings.target.db != 0) steps_.push_back({verb::select});
  steps_.push_back({verb::name});
  for (std::size_t i = 0; i < info_sections.size(); ++i) steps_.push_back({verb::info, i});
  for (std::size_t i = 0; i < durability_settings.size(); ++i) steps_.push_back({verb::config, i});
  for (std::size_t i = 0; i < settings.scripts.size(); ++i) steps_.push_back({verb::load, i});
  // The others are answered even while Redis loads its data; this one is not.
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
  case verb::select: return command({"SELECT", std::to_string(settings_.target.db)});
  case verb::name: return command({"CLIENT", "SETNAME", "invited"});
  case verb::info: return command({"INFO", info_sections[s.index]});
  case verb::config: return command({"CONFIG", "GET", durability_settings[s.index]});
  case verb::load: return command({"SCRIPT", "LOAD", settings_.scripts[s.index].source});
  case verb::ping: return command({"PING"});
  }
}

void handshake::take(std::size_t i, const reply& r) {
  if (error_) return; // the first failure explains the later ones
  const step& s = steps_[i];
  if (r.kind() == kind::error) {
    // What we can do without: our name, what it says of itself (judged as unknown), and scripts that are
    // known already (calls fall back to the source).
    const bool needed = s.what == verb::auth || s.what == verb::select || s.what == verb::ping;
    if (needed || !is_forbidden(r)) return fail(s, errc::refused, r.code());
  }
  switch (s.what) {
  case verb::info: facts_.read_info(r.kind() == kind::bulk ? r.text() : std::string_view{}); break;
  case verb::config: facts_.read_config(s.index, r); break;
  case verb::load:
    if (r.kind() == kind::bulk && r.text() == settings_.scripts[s.index].sha1) break;
    if (r.kind() != kind::error) fail(s, errc::unexpected, "another SHA1");
    break;
  case verb::auth:
  case verb::select:
  case verb::name:
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
  case verb::select: return "SELECT";
  case verb::name: return "CLIENT SETNAME";
  case verb::info: return "INFO";
  case verb::config: return "CONFIG GET";
  case verb::load: return std::string("SCRIPT LOAD ").append(settings_.scripts[s.index].name);
  case verb::ping: return "PING";
  }
  return {};
}

} // namespace invited::store::redis

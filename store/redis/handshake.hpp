#pragma once

#include "store/base/errc.hpp"
#include "store/redis/connection_settings.hpp"
#include "store/redis/server_facts.hpp"
#include "store/resp/reply.hpp"
#include "store/resp/resp_writer.hpp"

#include <boost/system/error_code.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace invited::store::redis {

/// The first commands on a new connection, without I/O: who we are, what this Redis is, which database,
/// whether we may call what we need, and our scripts. All commands are sent at once, and their replies come
/// in the same order.
class handshake {
public:
  /// `settings` must outlive it.
  explicit handshake(const connection_settings& settings);

  std::size_t size() const noexcept { return steps_.size(); }
  void encode(std::size_t i, resp_writer out) const;

  /// Takes the reply to command i.
  void take(std::size_t i, const reply& r);

  /// The first failure: errc::refused for an error of Redis, errc::unexpected for a reply of the wrong form.
  boost::system::error_code error() const noexcept { return error_; }
  const std::string& detail() const noexcept { return detail_; } ///< the command and Redis's error word

  const server_facts& facts() const noexcept { return facts_; }

private:
  enum class verb { auth, name, info, select, config, probe, load, ping };

  struct step {
    verb what;
    std::size_t index = 0; ///< of the section, setting or script
  };

  void encode_probe(resp_writer out) const;
  bool is_bearable(const step& s, const reply& error) const;
  std::string name_of(const step& s) const;
  void fail(const step& s, errc why, std::string_view word);

  const connection_settings& settings_;
  std::vector<step> steps_;
  server_facts facts_;
  boost::system::error_code error_;
  std::string detail_;
};

} // namespace invited::store::redis

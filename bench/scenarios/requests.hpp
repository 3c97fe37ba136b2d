#pragma once

#include "bench/generator/settings.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace invited::bench {

/// Builds whole HTTP requests for one server. Constant parts are rendered once.
class requests {
public:
  /// `s` must outlive the object.
  explicit requests(const settings& s);

  /// Patient number `n` of provider number `who` of the settings' tokens. `idempotency_key` may be empty.
  std::string create(std::size_t who, std::uint64_t n, std::string_view idempotency_key = {}) const;
  std::string create_many(std::size_t who, std::uint64_t first, std::size_t rows) const;
  std::string view(std::string_view invite_id) const;
  /// `redeem_key` may be empty.
  std::string redeem(std::string_view invite_id, std::string_view redeem_key = {}) const;
  std::string list(std::size_t who) const;
  std::string analytics(std::size_t who) const;
  std::string health() const;

  std::size_t providers() const { return settings_.tokens.size(); }

  static std::string email(std::uint64_t n);

private:
  std::string post(std::string_view path, std::string_view fields, std::string_view body) const;
  std::string get(std::string_view path, std::string_view fields) const;
  std::string authorization(std::size_t who) const;
  std::string person(std::size_t who, std::uint64_t n) const;

  const settings& settings_;
  std::string host_; ///< this field, and those that each request has
};

} // namespace invited::bench

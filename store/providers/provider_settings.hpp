#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace invited::store {

/// The settings of one provider. Where a text is empty or a number is missing, the server's default applies.
struct provider_settings {
  std::string name;      ///< the name that patients know
  std::string phone;     ///< for patients to call, E.164
  std::string time_zone; ///< of the tz database
  std::optional<double> per_second{};
  std::optional<std::uint32_t> burst{};
  std::optional<std::chrono::seconds> ttl{}; ///< of invites whose creator asks for no ttl

  friend bool operator==(const provider_settings&, const provider_settings&) = default;
};

/// The value of `prv:{gg}:<provider>`: a version byte (1), then per_second (IEEE 754, 8 bytes), burst (4
/// bytes), ttl in seconds (8 bytes), all big endian, 0 for none, then name, phone and time zone, each led by
/// its length (2 bytes). Later versions append. Empty if nothing is set.
std::string encode(const provider_settings& set);

/// Nothing if the bytes are not such settings.
std::optional<provider_settings> decode_provider_settings(std::string_view value);

} // namespace invited::store

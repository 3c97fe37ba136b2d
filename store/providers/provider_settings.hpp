#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace invited::store {

/// What is set for one provider. What is not, an empty text or no number, is as the server has it for all.
struct provider_settings {
  std::string name;      ///< as patients know it
  std::string phone;     ///< for patients to call, E.164
  std::string time_zone; ///< of the tz database
  std::optional<double> per_second{};
  std::optional<std::uint32_t> burst{};
  std::optional<std::chrono::seconds> ttl{}; ///< of invites whose maker asks for none

  friend bool operator==(const provider_settings&, const provider_settings&) = default;
};

/// The value of `prv:{gg}:<provider>`: a version byte (1), then per_second (IEEE 754, 8 bytes), burst (4
/// bytes), ttl in seconds (8 bytes), all big endian, 0 for none, then name, phone and time zone, each led by
/// its length (2 bytes). Later versions append. Empty where nothing is set.
std::string encode(const provider_settings& set);

/// Nothing when the bytes are not such settings.
std::optional<provider_settings> decode_provider_settings(std::string_view value);

} // namespace invited::store

#include "server/config/checks.hpp"
#include "server/config/urls.hpp"
#include "server/config/values.hpp"

#include <algorithm>
#include <initializer_list>

namespace invited::server {

namespace {

class checker {
public:
  checker(const options& values, const settings& given, const std::set<std::string_view>& unread,
          findings& found)
      : values_{values}, given_{given}, unread_{unread}, found_{found} {}

  void ttl() {
    // If the two limits are swapped no ttl is right, so report only that.
    if (readable({"ttl-min", "ttl-max"}) && values_.ttl_min > values_.ttl_max)
      return under("ttl-max", values_.ttl_max, "ttl-min", values_.ttl_min);
    if (readable({"ttl", "ttl-min"}) && values_.ttl < values_.ttl_min)
      under("ttl", values_.ttl, "ttl-min", values_.ttl_min);
    if (readable({"ttl", "ttl-max"}) && values_.ttl > values_.ttl_max)
      under("ttl-max", values_.ttl_max, "ttl", values_.ttl);
  }

  /// A session reads the invite's record, so the record must live as long, even if the session began in the
  /// link's last moment.
  void sessions() {
    if (readable({"retention", "session-ttl"}) && values_.retention < values_.session_ttl)
      under("retention", values_.retention, "session-ttl", values_.session_ttl);
  }

  void listeners() {
    if (!readable({"listen", "admin-listen"}) || values_.listen.port == 0) return;
    if (values_.admin_listen == values_.listen)
      error("listen (" + given_.source_of("listen") + ") and admin-listen (" +
            given_.source_of("admin-listen") + ") are both " + to_string(values_.listen));
  }

  void exposure() {
    if (readable({"base-url"}) && is_plain_and_remote(values_.base_url))
      warning(given_.source_of("base-url") +
              ": plain http to another machine, so anybody on the way can read and use the links; use https");
    for (const auto& proxy : given_["trusted-proxy"])
      if (proxy.value.ends_with("/0"))
        warning(
            proxy.source +
            ": trusts everybody, so every caller can choose the address by which it is limited and logged");
  }

private:
  bool readable(std::initializer_list<std::string_view> names) const {
    return std::ranges::none_of(names, [this](std::string_view name) { return unread_.contains(name); });
  }

  void under(std::string_view low, std::chrono::seconds low_value, std::string_view high,
             std::chrono::seconds high_value) {
    error(described(low, low_value) + " is less than " + described(high, high_value));
  }

  std::string described(std::string_view name, std::chrono::seconds value) const {
    return std::string{name} + " " + to_text(value) + " (" + given_.source_of(name) + ")";
  }

  void error(std::string text) { found_.errors.push_back(std::move(text)); }
  void warning(std::string text) { found_.warnings.push_back(std::move(text)); }

  const options& values_;
  const settings& given_;
  const std::set<std::string_view>& unread_;
  findings& found_;
};

} // namespace

void check_together(const options& values, const settings& given, const std::set<std::string_view>& unread,
                    findings& found) {
  checker check{values, given, unread, found};
  check.ttl();
  check.sessions();
  check.listeners();
  check.exposure();
}

} // namespace invited::server

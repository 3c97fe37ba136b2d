#pragma once

#include "handlers/auth/staff_endpoint.hpp"
#include "handlers/images/qr_code.hpp"
#include "store/async/worker.hpp"
#include "store/invites/invites.hpp"

#include <string>

namespace invited::handlers {

/// A format in which a QR code is drawn.
struct image_format {
  std::string_view content_type; ///< static storage
  std::string (*draw)(const qr_code& code, unsigned scale);
};

inline constexpr image_format svg_image{"image/svg+xml", draw_svg};
inline constexpr image_format png_image{"image/png", draw_png};

/// GET /invites/{ref}/qr.svg and /qr.png: the link as a QR code, for the same callers as read_link. Drawing
/// takes 0.1 ms or more, so a worker does it.
class draw_link final : public staff_endpoint {
public:
  /// References must outlive the object; all are this core's. `base_url` is without a trailing slash.
  draw_link(store::invites& invites, std::string base_url, worker& painter, const image_format& format)
      : invites_(invites), base_url_(std::move(base_url)), painter_(painter), format_(format) {}
  task<response> handle(request& r, const principal& who) override;

private:
  result<unsigned> read(const request& r) const;

  store::invites& invites_;
  std::string base_url_;
  worker& painter_;
  image_format format_;
};

/// Reads the query of these calls: `scale` in pixels a module, 1 to 32 (default 8). 400 `malformed_query`,
/// 422.
result<unsigned> read_scale(std::string_view query);

} // namespace invited::handlers

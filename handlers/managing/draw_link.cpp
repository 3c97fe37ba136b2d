#include "handlers/managing/draw_link.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/fields/form.hpp"
#include "handlers/managing/find_managed.hpp"

#include <array>

namespace invited::handlers {
namespace {

constexpr unsigned usual_scale = 8;
constexpr std::int64_t largest_scale = 32;

constexpr std::array<field_rule, 1> fields{{{.name = "scale", .kind = field_kind::integer}}};

/// Owns what it reads, because it may outlive the request.
struct drawing {
  std::string link;
  image_format format;
  unsigned scale;

  std::string operator()() const { return format.draw(qr_code(link), scale); }
};

} // namespace

result<unsigned> read_scale(std::string_view query) {
  std::string storage;
  std::array<field_value, fields.size()> values{};
  std::vector<field_error> errors;
  if (auto read = read_query(query, storage, fields, values, errors); !read) return std::move(read).error();
  const field_value& scale = values[0];
  if (scale.good() && (scale.number < 1 || scale.number > largest_scale))
    errors.push_back({"/scale", "out_of_range", "This must be from 1 to 32 pixels a module."});
  if (!errors.empty()) return invalid_content(std::move(errors));
  const unsigned pixels = scale.good() ? static_cast<unsigned>(scale.number) : usual_scale;
  return {boost::system::in_place_value, pixels};
}

result<unsigned> draw_link::read(const request& r) const {
  const std::size_t length = base_url_.size() + std::string_view("/invite/").size() + store::id_text_size;
  if (length > qr_code::longest)
    return problem{.status = 422,
                   .code = "link_too_long",
                   .detail = "The link has " + std::to_string(length) +
                             " bytes, and a QR code holds at most " + std::to_string(qr_code::longest) +
                             ". The server's base URL is too long for it."};
  return read_scale(r.query);
}

task<response> draw_link::handle(request& r, const principal& who) {
  const result<unsigned> scale = read(r);
  const store::read_purpose::kind what =
      scale ? store::read_purpose::kind::link : store::read_purpose::kind::act;
  step<store::invite_details> found = co_await find_managed(invites_, r, who, what);
  if (!found) co_return std::move(found).error();
  const store::invite_details& invite = *found;
  if (invite.state != store::invite_state::pending) co_return refuse(invite, r);
  if (!scale) co_return answer(scale.error(), r);

  drawing wanted{base_url_ + "/invite/" + store::to_text(invite.record->id), format_, *scale};
  offload<drawing> drawn(painter_, std::move(wanted));
  std::optional<std::string> image = co_await drawn;
  if (!image) co_return answer(busy(), r);
  response out{.content_type = format_.content_type};
  out.body = std::move(*image);
  name_invite(out, invite);
  co_return out;
}

} // namespace invited::handlers

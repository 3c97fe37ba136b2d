#include "handlers/making/bulk_results.hpp"

#include "handlers/limits/rate_fields.hpp"

namespace invited::handlers {

bulk_results::bulk_results(const creation_replies& replies, std::size_t rows) : replies_(replies) {
  constexpr std::size_t usual_row = 288;
  rows_.reserve(rows * usual_row);
  to_.open_array();
}

void bulk_results::add(const creation_result& m, std::optional<std::size_t> twin) {
  to_.open_object();
  to_.number_member("index", created_ + failed_);
  if (m.invite) {
    ++created_;
    replayed_ = replayed_ || m.invite->replayed;
    to_.member("status", 200);
    replies_.write_made(to_, *m.invite);
    if (twin) write_warning(*twin);
  } else {
    ++failed_;
    write_failed(m);
  }
  to_.close_object();
}

void bulk_results::write_failed(const creation_result& m) {
  to_.member("status", m.refused.status);
  to_.member("code", m.refused.code);
  if (!m.refused.errors.empty()) write_errors(to_, m.refused.errors);
  if (m.retry_after.count() != 0) to_.member("retry_after", retry_seconds(m.retry_after));
}

void bulk_results::write_warning(std::size_t twin) {
  to_.name("warnings");
  to_.open_array();
  to_.open_object();
  to_.member("code", "same_patient");
  to_.text_member(
      "message",
      "Row " + std::to_string(twin) +
          " has the same provider, e-mail address (or phone number) and names. Both invites were made.");
  to_.close_object();
  to_.close_array();
}

response bulk_results::take() {
  to_.close_array();
  response out{.content_type = "application/json"};
  out.body.reserve(rows_.size() + 80);
  json_writer to(out.body);
  to.open_object();
  to.name("summary");
  to.open_object();
  to.number_member("created", created_);
  to.number_member("failed", failed_);
  to.close_object();
  to.name("results");
  to.value_of(to_);
  to.close_object();
  if (replayed_) out.add("Idempotent-Replayed", "true");
  return out;
}

} // namespace invited::handlers

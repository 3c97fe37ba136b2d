#include "handlers/making/bulk_results.hpp"

#include "handlers/limits/rate_fields.hpp"
#include "handlers/text/json_text.hpp"

namespace invited::handlers {

bulk_results::bulk_results(const creation_replies& replies, std::size_t rows) : replies_(replies) {
  constexpr std::size_t usual_row = 288;
  rows_.reserve(rows * usual_row);
}

void bulk_results::add(const creation_result& m) {
  const std::size_t index = created_ + failed_;
  rows_ += index == 0 ? R"({"index":)" : R"(,{"index":)";
  rows_ += std::to_string(index);
  if (m.invite) {
    ++created_;
    replayed_ = replayed_ || m.invite->replayed;
    rows_ += R"(,"status":200,)";
    replies_.append_made(rows_, *m.invite);
  } else {
    ++failed_;
    append_failed(m);
  }
  rows_ += '}';
}

void bulk_results::append_failed(const creation_result& m) {
  rows_ += R"(,"status":)";
  rows_ += std::to_string(m.refused.status);
  append_json_member(rows_, R"(,"code":)", m.refused.code);
  if (!m.refused.errors.empty()) append_errors(rows_, m.refused.errors);
  if (m.retry_after.count() == 0) return;
  rows_ += R"(,"retry_after":)";
  rows_ += std::to_string(retry_seconds(m.retry_after));
}

response bulk_results::take() {
  response out{.content_type = "application/json"};
  out.body.reserve(rows_.size() + 80);
  out.body += R"({"summary":{"created":)";
  out.body += std::to_string(created_);
  out.body += R"(,"failed":)";
  out.body += std::to_string(failed_);
  out.body += R"(},"results":[)";
  out.body += rows_;
  out.body += "]}";
  if (replayed_) out.add("Idempotent-Replayed", "true");
  return out;
}

} // namespace invited::handlers

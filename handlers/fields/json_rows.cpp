#include "handlers/fields/json_rows.hpp"

#include "handlers/fields/json_fields.hpp"

#include <string>

namespace invited::handlers {

/// Passes each row's events to a reader of its own. Rows beyond the maximum are counted, but not kept.
class json_rows::events final : public json_events {
public:
  events(json_rows& rows, std::size_t most) : rows_(rows), most_(most) {}

  void key(std::string_view name) override {
    if (row_) row_->key(name);
  }

  void scalar(json_kind kind, std::string_view text) override {
    if (depth_ <= 1) begin_row();
    if (row_) row_->scalar(kind, text);
  }

  void open(json_kind kind) override {
    if (depth_ == 0) {
      is_array_ = kind == json_kind::array;
    } else {
      if (depth_ == 1) begin_row();
      if (row_) row_->open(kind);
    }
    ++depth_;
  }

  void close() override {
    --depth_;
    if (depth_ >= 1 && row_) row_->close();
  }

  bool is_array() const { return is_array_; }
  std::size_t count() const { return count_; }

private:
  void begin_row() {
    if (!is_array_) return;
    row_.reset();
    if (++count_ > most_) return;
    const std::size_t width = rows_.rules_.size();
    rows_.values_.resize(rows_.values_.size() + width);
    row_.emplace(rows_.rules_, std::span(rows_.values_).last(width), rows_.errors_.emplace_back());
  }

  json_rows& rows_;
  const std::size_t most_;
  std::optional<json_fields> row_{}; ///< the row that is being read, if it counts
  unsigned depth_ = 0;
  bool is_array_ = false;
  std::size_t count_ = 0;
};

result<void> json_rows::read(std::span<char> body, std::size_t most) {
  events reader(*this, most);
  if (auto read = parse_json(body, reader); !read) return read;
  if (!reader.is_array()) return invalid_content({{"", "wrong_type", "This must be an array of objects."}});
  if (reader.count() <= most) return {};
  return invalid_content(
      {{"", "too_many",
        "At most " + std::to_string(most) + " rows; there are " + std::to_string(reader.count()) + "."}});
}

} // namespace invited::handlers

#include "store/resp/reply.hpp"

#include <limits>
#include <utility>

namespace invited::store::redis {
namespace {

constexpr std::uint32_t root_index = std::numeric_limits<std::uint32_t>::max();

bool is_text(kind k) {
  return k == kind::status || k == kind::error || k == kind::bulk;
}

} // namespace

std::int64_t node::integer() const noexcept {
  return kind() == kind::integer ? cell_->value : 0;
}

std::string_view node::text() const noexcept {
  if (!is_text(kind())) return {};
  return std::string_view(whole_->text_).substr(static_cast<std::size_t>(cell_->value), cell_->length);
}

std::size_t node::size() const noexcept {
  return kind() == kind::array ? cell_->length : 0;
}

node node::at(std::size_t i) const noexcept {
  if (i >= size()) return {};
  // As many descendants as elements: none of them is an array with elements of its own.
  if (cell_->end - first_ == cell_->length) return *iterator(whole_, first_ + static_cast<std::uint32_t>(i));
  iterator it = begin();
  for (; i > 0; --i) ++it;
  return *it;
}

node::iterator node::begin() const noexcept {
  return size() > 0 ? iterator(whole_, first_) : iterator();
}
node::iterator node::end() const noexcept {
  return size() > 0 ? iterator(whole_, cell_->end) : iterator();
}

node node::iterator::operator*() const noexcept {
  return {whole_, &whole_->cells_[index_], index_ + 1};
}

node::iterator& node::iterator::operator++() noexcept {
  index_ = whole_->cells_[index_].end;
  return *this;
}

reply::reply(reply&& other) noexcept
    : root_(std::exchange(other.root_, {})), text_(std::move(other.text_)), cells_(std::move(other.cells_)) {}

reply& reply::operator=(reply&& other) noexcept {
  root_ = std::exchange(other.root_, {});
  text_ = std::move(other.text_);
  cells_ = std::move(other.cells_);
  return *this;
}

node::iterator reply::begin() const noexcept {
  return root().begin();
}
node::iterator reply::end() const noexcept {
  return root().end();
}

std::string_view reply::code() const noexcept {
  if (kind() != kind::error) return {};
  const std::string_view all = text();
  const std::string_view word = all.substr(0, all.find(' '));
  constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
  return word.find_first_not_of(allowed) == std::string_view::npos ? word : std::string_view{};
}

bool reply_builder::add_nil() {
  return append({});
}

bool reply_builder::add_integer(std::int64_t value) {
  cell c;
  c.kind = kind::integer;
  c.value = value;
  return append(c);
}

bool reply_builder::add_text(redis::kind k, std::string_view text) {
  if (text.size() > max_text_ - text_.size()) return false;
  cell c;
  c.kind = k;
  c.value = static_cast<std::int64_t>(text_.size());
  c.length = static_cast<std::uint32_t>(text.size());
  text_.append(text);
  return append(c);
}

bool reply_builder::open_array(std::size_t elements) {
  if (elements > max_values_) return false;
  cell c;
  c.kind = kind::array;
  c.length = static_cast<std::uint32_t>(elements);
  if (elements == 0) return append(c);
  if (!has_root_) {
    root_ = c;
    has_root_ = true;
    open_.push_back({root_index, c.length});
    return true;
  }
  if (cells_.size() >= max_values_) return false;
  open_.push_back({static_cast<std::uint32_t>(cells_.size()), c.length});
  cells_.push_back(c); // its end is set when its last element has come
  return true;
}

bool reply_builder::append(const cell& c) {
  if (!has_root_) {
    root_ = c;
    has_root_ = true;
    return true;
  }
  if (open_.empty() || cells_.size() >= max_values_) return false;
  cells_.push_back(c);
  cells_.back().end = static_cast<std::uint32_t>(cells_.size());
  close_full_arrays();
  return true;
}

/// A value was added to the innermost open array: ends it if that was its last one, and so on outwards,
/// because an array that ended was itself an element.
void reply_builder::close_full_arrays() {
  while (!open_.empty() && --open_.back().missing == 0) {
    cell& array = open_.back().index == root_index ? root_ : cells_[open_.back().index];
    array.end = static_cast<std::uint32_t>(cells_.size());
    open_.pop_back();
  }
}

reply reply_builder::take() {
  reply r;
  r.root_ = root_;
  r.text_.assign(text_); // copies, so that the reply has exactly the memory it needs and our buffers stay
  r.cells_.assign(cells_.begin(), cells_.end());
  clear();
  return r;
}

void reply_builder::clear() noexcept {
  constexpr std::size_t keep = 1 << 20; // one huge reply must not keep its memory for ever
  has_root_ = false;
  root_ = {};
  text_.clear();
  if (text_.capacity() > keep) text_.shrink_to_fit();
  cells_.clear();
  if (cells_.capacity() > keep / sizeof(cell)) cells_.shrink_to_fit();
  open_.clear();
}

} // namespace invited::store::redis

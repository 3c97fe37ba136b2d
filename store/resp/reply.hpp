#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace invited::store::redis {

/// The types of RESP2 (https://redis.io/docs/reference/protocol-spec/).
enum class kind : std::uint8_t { nil, integer, status, error, bulk, array };

/// One value of a reply. For an array `length` counts its elements, for a text its bytes.
struct cell {
  std::int64_t value = 0; ///< the integer, or where the text begins
  std::uint32_t length = 0;
  std::uint32_t end = 0; ///< index one past this value's last descendant
  redis::kind kind = redis::kind::nil;
};

class reply;

/// A view of one value inside a reply: two words and an index, cheap to copy. Valid until the reply is moved,
/// changed or destroyed. No accessor throws or reads out of range: a missing value reads as nil, 0, "" or an
/// empty array, so a caller checks only what it needs.
class node {
public:
  class iterator;

  node() = default;

  redis::kind kind() const noexcept { return cell_ != nullptr ? cell_->kind : redis::kind::nil; }
  bool is_nil() const noexcept { return kind() == redis::kind::nil; }

  std::int64_t integer() const noexcept;  ///< 0 unless an integer
  std::string_view text() const noexcept; ///< "" unless a status, an error or a bulk string
  std::size_t size() const noexcept;      ///< elements; 0 unless an array

  /// Element i; nil if there is none. It takes constant time if the array holds no arrays, otherwise time
  /// linear in i: use begin() and end() to visit all elements of a nested array.
  node at(std::size_t i) const noexcept;

  iterator begin() const noexcept;
  iterator end() const noexcept;

private:
  friend class reply;
  node(const reply* whole, const cell* c, std::uint32_t first) noexcept
      : whole_(whole), cell_(c), first_(first) {}

  const reply* whole_ = nullptr;
  const cell* cell_ = nullptr;
  std::uint32_t first_ = 0; ///< index of the first descendant
};

/// One reply of Redis, owned. A scalar takes at most one allocation, an array two: its values lie in preorder
/// in one vector, all their text in one string. A default-constructed or moved-from reply is nil.
class reply {
public:
  reply() = default;
  reply(reply&& other) noexcept;
  reply& operator=(reply&& other) noexcept;
  reply(const reply&) = default;
  reply& operator=(const reply&) = default;
  ~reply() = default;

  redis::kind kind() const noexcept { return root_.kind; }
  bool is_nil() const noexcept { return root_.kind == redis::kind::nil; }
  std::int64_t integer() const noexcept { return root().integer(); }
  std::string_view text() const noexcept { return root().text(); }
  std::size_t size() const noexcept { return root().size(); }
  node at(std::size_t i) const noexcept { return root().at(i); }
  node root() const noexcept { return node(this, &root_, 0); }
  node::iterator begin() const noexcept;
  node::iterator end() const noexcept;

  /// An error's first word, such as NOSCRIPT; "" unless an error, or when the word is not made of A-Z, 0-9
  /// and '_'. The word is safe to log. The rest of the text is not, because it may quote an argument.
  std::string_view code() const noexcept;

private:
  friend class node;
  friend class reply_builder;

  cell root_;
  std::string text_;
  std::vector<cell> cells_; ///< every descendant of the root, in preorder
};

/// Walks the elements of an array, each in constant time.
class node::iterator {
public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = node;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = node;

  iterator() = default;
  node operator*() const noexcept;
  iterator& operator++() noexcept;
  iterator operator++(int) noexcept {
    iterator old = *this;
    ++*this;
    return old;
  }
  bool operator==(const iterator&) const = default;

private:
  friend class node;
  iterator(const reply* whole, std::uint32_t index) noexcept : whole_(whole), index_(index) {}

  const reply* whole_ = nullptr;
  std::uint32_t index_ = 0;
};

/// Builds replies value by value, in the order in which they arrive. The builder is reused and its buffers
/// keep their capacity, so a finished reply is copied out with exactly the allocations that it needs.
class reply_builder {
public:
  reply_builder(std::uint32_t max_values, std::uint32_t max_text)
      : max_values_(max_values), max_text_(max_text) {}

  /// Each returns false if the reply would have more than `max_values` values or `max_text` bytes of text.
  /// Then the builder is unusable until clear().
  bool add_nil();
  bool add_integer(std::int64_t value);
  bool add_text(redis::kind k, std::string_view text);
  bool open_array(std::size_t elements);

  /// How many arrays are open, which is how deep the next value will lie.
  std::size_t depth() const noexcept { return open_.size(); }

  /// Takes the finished reply out and begins the next one.
  reply take();
  void clear() noexcept;

private:
  bool append(const cell& c);
  void close_full_arrays();

  struct open_level {
    std::uint32_t index; ///< of the array's cell; root_index for the root
    std::uint32_t missing;
  };

  std::uint32_t max_values_;
  std::uint32_t max_text_;
  bool has_root_ = false;
  cell root_;
  std::string text_;
  std::vector<cell> cells_;
  std::vector<open_level> open_;
};

} // namespace invited::store::redis

#include "store/crypto/key_ring.hpp"

#include "store/crypto/base64url.hpp"
#include "store/crypto/digest.hpp"

#include <algorithm>
#include <utility>

namespace invited::store {
namespace {

constexpr std::string_view blanks = " \t\r";

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Cuts the first word and the blanks after it off `text`.
std::string_view next_word(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find_first_of(blanks));
  text = trim(text.substr(word.size()));
  return word;
}

std::string new_line(std::string_view word, entropy& random) {
  bytes32 key;
  random.fill(key);
  std::string line(word);
  line += ' ';
  base64url::append(line, key);
  line += '\n';
  wipe(key);
  return line;
}

} // namespace

/// Reads a key file line by line into a ring, and goes on after a problem, to find the others.
class key_file_parser {
public:
  explicit key_file_parser(std::vector<std::string>& problems)
      : problems_(problems), problems_before_(problems.size()), ring_(new key_ring) {}

  ~key_file_parser() { wipe(key_); }
  key_file_parser(const key_file_parser&) = delete;
  key_file_parser& operator=(const key_file_parser&) = delete;

  std::shared_ptr<const key_ring> parse(std::string_view text) {
    while (!text.empty()) {
      ++line_;
      const std::string_view whole = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(text.size(), whole.size() + 1));
      if (const std::string_view line = trim(whole.substr(0, whole.find('#'))); !line.empty()) read(line);
    }
    if (!seal_seen_) problems_.emplace_back("there is no line \"seal <key>\"");
    if (!index_seen_) problems_.emplace_back("there is no line \"index <key>\"");
    if (problems_.size() != problems_before_) return nullptr;
    return std::move(ring_);
  }

private:
  void complain(std::string_view what) {
    problems_.push_back("line " + std::to_string(line_) + ": ");
    problems_.back() += what;
  }

  // No message quotes the file, because a text in the wrong place may be a key.
  void read(std::string_view line) {
    const std::string_view word = next_word(line);
    const bool is_seal = word == "seal";
    if (!is_seal && word != "index") return complain("a line starts with \"seal\" or \"index\"");
    const bool second_index = !is_seal && index_seen_;
    (is_seal ? seal_seen_ : index_seen_) = true;
    if (second_index) return complain("a second \"index\" key; there is exactly one");
    const std::string_view text = next_word(line);
    if (!line.empty()) return complain("something stands behind the key");
    if (!base64url::decode_into(text, key_))
      return complain("the key is not the base64url of 32 bytes (43 characters, no padding)");
    if (used_before()) return complain("a key that stands in this file already");
    if (is_seal) return add_seal();
    ring_->index_ = key_;
    index_read_ = true;
  }

  bool used_before() const {
    const auto same = [this](const bytes32& other) { return equal_in_constant_time(key_, other); };
    return (index_read_ && same(ring_->index_)) ||
           std::ranges::any_of(ring_->seal_keys(), same, &key_ring::seal_key::bytes);
  }

  void add_seal() {
    if (ring_->count_ == key_ring::max_seal_keys)
      return complain("more than " + std::to_string(key_ring::max_seal_keys) + " \"seal\" keys");
    const key_id id = id_of(key_);
    // The chance is one in four thousand million for each pair. Then a record could not say which key opens
    // it.
    if (std::ranges::find(ring_->seal_keys(), id, &key_ring::seal_key::id) != ring_->seal_keys().end())
      return complain("the key has the same id as an earlier one; make another");
    ring_->seal_[ring_->count_++] = {id, key_};
  }

  std::vector<std::string>& problems_;
  const std::size_t problems_before_;
  std::shared_ptr<key_ring> ring_;
  bytes32 key_{}; ///< the key of the line; a member, so that it is always wiped
  std::size_t line_ = 0;
  bool seal_seen_ = false;
  bool index_seen_ = false;
  bool index_read_ = false; ///< a good one was seen
};

std::shared_ptr<const key_ring> key_ring::parse(std::string_view text, std::vector<std::string>& problems) {
  return key_file_parser(problems).parse(text);
}

key_ring::~key_ring() {
  for (seal_key& key : seal_) wipe(key.bytes);
  wipe(index_);
}

key_id id_of(const bytes32& seal_key) {
  const bytes32 hash = hmac_sha256(seal_key)({as_bytes("invited key id")});
  key_id id;
  std::copy_n(hash.begin(), id.size(), id.begin());
  return id;
}

std::string new_seal_line(entropy& random) {
  return new_line("seal", random);
}
std::string new_index_line(entropy& random) {
  return new_line("index", random);
}

} // namespace invited::store

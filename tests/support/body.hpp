#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace invited::handlers::test {

/// A request body as the HTTP layer passes it on: with one NUL after it and not a byte more, so that ASan
/// sees every step beyond it.
class body {
public:
  explicit body(std::string_view text) : bytes_(text.begin(), text.end()) {
    bytes_.push_back('\0');
    bytes_.shrink_to_fit();
  }
  std::span<char> span() { return {bytes_.data(), bytes_.size() - 1}; }
  operator std::span<char>() { return span(); }

private:
  std::vector<char> bytes_;
};

} // namespace invited::handlers::test

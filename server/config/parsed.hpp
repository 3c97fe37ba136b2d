#pragma once

#include <boost/system/result.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace invited::server {

/// What is wrong with the text of an option, for a person: "'abc' is not a duration (60s, 15m, 1h, 14d)". It
/// does not name the option: the caller knows where the text came from, and puts that in front.
class fault {
public:
  fault() = default; // boost::system::result needs it

  /// Not a constructor, because result<std::string, fault> must tell a value from a fault.
  static fault because(std::string text) {
    fault f;
    f.text_ = std::move(text);
    return f;
  }

  const std::string& text() const& { return text_; }
  std::string text() && { return std::move(text_); } // result::error() returns by value

private:
  std::string text_;
};

/// What result::value() throws.
[[noreturn]] inline void throw_exception_from_error(const fault& wrong, const boost::source_location&) {
  throw std::invalid_argument(wrong.text());
}

template <class T>
using parsed = boost::system::result<T, fault>;

/// `text` between quotes for an error message: cut short, control characters replaced. Do not use it for a
/// text that may hold a secret.
inline std::string in_quotes(std::string_view text) {
  constexpr std::size_t longest = 80;
  std::string out{"'"};
  for (const char c : text.substr(0, longest)) out += c < ' ' && c >= '\0' ? '?' : c;
  if (text.size() > longest) out += "...";
  return out += '\'';
}

} // namespace invited::server

#pragma once

#include <string>
#include <string_view>

namespace invited::handlers {

/// HTML that is safe to serve. It comes from our own files, whose slots fill() fills, and from escaped text;
/// there is no other way to make it. So no text of a patient, a clinic or a request gets into a page as it
/// is. An empty one stands for a part that is left out.
class html {
public:
  html() = default;

  html& operator+=(const html& more) {
    text_ += more.text_;
    return *this;
  }

  std::string_view view() const { return text_; }
  std::string take() && { return std::move(text_); }

private:
  friend class html_maker;
  explicit html(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

/// Text as HTML, for the content of elements and for attributes in double quotes. Any bytes may come, even
/// NUL and invalid UTF-8, which stay as they are.
html escaped(std::string_view text);

} // namespace invited::handlers

#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace invited::server {

/// Writes metrics as text (Prometheus exposition format, version 0.0.4): families one after the other, each
/// with its HELP and TYPE line and then its samples.
class exposition {
public:
  static constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";

  using labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  /// Begin a family; the following samples belong to it. `name` has static storage and is
  /// [a-zA-Z_:][a-zA-Z0-9_:]*.
  void counter(std::string_view name, std::string_view help) { family(name, help, "counter"); }
  void gauge(std::string_view name, std::string_view help) { family(name, help, "gauge"); }
  void histogram(std::string_view name, std::string_view help) { family(name, help, "histogram"); }

  /// A sample of the family. `suffix` is for histograms: "_bucket", "_sum", "_count".
  void sample(std::uint64_t value, labels of = {}, std::string_view suffix = {});
  void sample(double value, labels of = {}, std::string_view suffix = {});

  /// A family of one sample.
  void single_counter(std::string_view name, std::string_view help, std::uint64_t value);
  void single_gauge(std::string_view name, std::string_view help, double value);

  std::string take() && { return std::move(text_); }

private:
  void family(std::string_view name, std::string_view help, std::string_view type);
  void begin_sample(labels of, std::string_view suffix);

  std::string text_;
  std::string_view name_;
};

/// A number as the format needs it: the shortest text that reads back the same.
std::string number_text(double value);

} // namespace invited::server

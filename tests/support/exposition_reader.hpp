#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace invited::test {

/// Reads metrics as strictly as Prometheus does (text format 0.0.4). Throws std::runtime_error, with the
/// line, for whatever the format or common sense forbids: a family without exactly one HELP and TYPE before
/// its samples, mixed families, a repeated series, a wrong name, escape or number, or a histogram whose
/// buckets shrink, are out of order or do not end in its count.
class exposition_reader {
public:
  explicit exposition_reader(std::string_view text);

  /// The value of a series named as in the text, with its labels in any order. Throws if there is none.
  double operator()(const std::string& name, const std::map<std::string, std::string>& labels = {}) const;

  /// The same, but 0 if there is none.
  double or_zero(const std::string& name, const std::map<std::string, std::string>& labels) const;

  /// Whether any series has this label value.
  bool mentions(std::string_view text) const { return text_.find(text) != text_.npos; }

  const std::map<std::string, std::string>& types() const { return types_; }

private:
  using series = std::pair<std::string, std::map<std::string, std::string>>;

  void take_line(std::string_view line);
  void take_comment(std::string_view rest);
  void take_sample(std::string_view line);
  void check_histograms() const;

  std::string text_;
  std::string family_;                       ///< the current one
  std::map<std::string, std::string> helps_; ///< family → text
  std::map<std::string, std::string> types_; ///< family → type
  std::map<series, double> values_;
};

} // namespace invited::test

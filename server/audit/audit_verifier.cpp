#include "server/audit/audit_verifier.hpp"

namespace invited::server {

boost::system::result<void, audit_verifier::flaw> audit_verifier::read(std::istream& file) {
  std::string line;
  std::uint64_t number = 0;
  while (std::getline(file, line)) {
    ++number;
    if (file.eof()) return flaw{number, "is not complete: it was torn, or the end of the file was cut off"};
    if (auto good = judge(line, number == 1); !good) return flaw{number, good.error().text()};
  }
  if (file.bad()) return flaw{number + 1, "cannot be read"};
  if (number == 0) return flaw{1, "is missing: the file is empty"};
  return {};
}

parsed<void> audit_verifier::judge(std::string_view line, bool first_of_file) {
  line_parts parts;
  std::string_view wrong;
  if (!read_line(line, parts, wrong)) return fault::because(std::string(wrong));
  if (key_ && !mac_is_right(parts, *key_))
    return fault::because("was not made with this key: its MAC does not match");
  if (first_of_file && !parts.is_opening)
    return fault::because("is not the first line of a file: lines before it were removed");
  if (lines_ == 0) {
    begin_ = parts.seq;
    first_ = parts.at;
    const bool whole_chain = parts.seq == 1;
    if (parts.seq == 0 || (whole_chain && parts.prev != chain_head().hash))
      return fault::because("does not begin a chain");
  } else if (parts.seq != head_.seq + 1 || parts.prev != head_.hash) {
    return fault::because("does not follow the line before it: lines were removed, inserted or moved");
  }
  head_ = {parts.seq, parts.hash};
  last_ = parts.at;
  ++lines_;
  if (expected_ == parts.hash) found_ = true;
  return {};
}

} // namespace invited::server

#include "server/audit/audit_chain.hpp"
#include "server/audit/audit_verifier.hpp"
#include "server/log/json_text.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/store/crypto/test_keys.hpp"

#include <sstream>
#include <string>

using namespace invited;
using namespace invited::server;
using namespace invited::fuzz;

namespace {

const store::hmac_sha256& key() {
  static const store::hmac_sha256 made = audit_file_key(*test::ring_of({1}));
  return made;
}

bool is_whole(const std::string& file) {
  std::istringstream in(file);
  return audit_verifier(key(), {}).read(in).has_value();
}

} // namespace

/// An audit file from a stranger; and one of ours with the input in it, which verifies as it is and with no
/// byte changed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  std::istringstream in{std::string(text)};
  audit_verifier hashes_only({}, {});
  const auto read = hashes_only.read(in);
  demand(!read || hashes_only.lines() > 0, "a file without lines is no whole one");
  is_whole(std::string(text));

  constexpr std::string_view at = R"("at":"2026-01-31T23:59:59.999Z")";
  std::string members = std::string(at) + R"(,"raw":)", file;
  append_json_string(members, text);
  chain_head head;
  append_line(file, head, std::string(at) + std::string(opening_members), key());
  append_line(file, head, members, key());
  append_line(file, head, members, key());
  demand(is_whole(file), "a file that we wrote is whole");
  const std::size_t where = size == 0 ? 0 : (data[0] * 256U + data[size - 1]) % (file.size() - 1);
  const char other = file[where] == 'x' ? 'y' : 'x';
  file[where] = other;
  demand(!is_whole(file), "a file that was changed is not");
  return 0;
}

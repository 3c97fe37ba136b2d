#include "handlers/http/cookies.hpp"
#include "handlers/auth/staff_cookie.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <string>

using namespace invited;
using namespace invited::handlers;
using namespace invited::fuzz;

/// The Cookie field. A value that is found may stand in one, and is found again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  for (const std::string_view name : {"a", "invited_redeem", ""}) {
    const auto value = find_cookie(text, name);
    if (!value) continue;
    demand(value->find_first_of(" \t\",;\\\r\n") == value->npos, "a value holds what cookies may hold");
    demand(value->empty() ||
               (value->data() >= text.data() && value->data() + value->size() <= text.data() + size),
           "a value lies in its field");
    std::string again(name);
    again.append("=").append(*value);
    demand(find_cookie("z=1; " + again, name) == value || name == "z", "a value is found again");
  }
  static const staff_cookie plain("http://localhost:4321"), secure("https://invite.example");
  request r;
  r.fields[static_cast<std::size_t>(field::cookie)] = text;
  static_cast<void>(plain.find(r));
  if (const auto token = secure.find(r))
    demand(text.find("__Host-invited=") != text.npos, "a secure cookie has its whole name");
  return 0;
}

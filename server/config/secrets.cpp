#include "server/config/secrets.hpp"
#include "server/config/files.hpp"
#include "server/config/secret_file.hpp"

#include "store/crypto/bytes.hpp"

namespace invited::server {

secrets::~secrets() {
  for (auto* const text : {&key_file, &jwt_secret, &redis_password})
    store::wipe({reinterpret_cast<std::uint8_t*>(text->data()), text->size()});
}

namespace {

/// The text of the file that option `name` names, or "" if it names none or the file was refused.
std::string load(const std::string& path, std::string_view name,
                 parsed<std::string> (*read)(const std::string&), const settings& given, findings& found) {
  if (path.empty()) return {};
  auto text = read(path);
  if (text) return std::move(*text);
  found.errors.push_back(given.source_of(name) + ": " + text.error().text());
  return {};
}

void need_staff_keys(const settings& given, findings& found) {
  if (given["jwt-secret-file"].empty() && given["jwt-public-key"].empty())
    found.errors.push_back("--jwt-secret-file or --jwt-public-key is required, to check staff tokens; make a "
                           "secret: openssl rand -base64 48 > FILE; chmod 600 FILE");
}

} // namespace

secrets load_store_secrets(const options& from, const settings& given, findings& found) {
  if (given["key-file"].empty())
    found.errors.push_back("--key-file is required; make one: invited keygen > FILE; chmod 600 FILE");
  secrets loaded;
  loaded.key_file = load(from.key_file, "key-file", read_secret_file, given, found);
  loaded.redis_password =
      load(from.redis_password_file, "redis-password-file", read_secret_line, given, found);
  return loaded;
}

secrets load_secrets(const options& from, const settings& given, findings& found) {
  secrets loaded = load_store_secrets(from, given, found);
  need_staff_keys(given, found);
  loaded.jwt_secret = load(from.jwt_secret_file, "jwt-secret-file", read_jwt_secret, given, found);
  for (const auto& named : given["jwt-public-key"]) {
    if (named.value.empty()) continue; // it is reported already
    auto pem = read_file(named.value);
    if (pem)
      loaded.jwt_public_keys.push_back({named.value, std::move(*pem)});
    else
      found.errors.push_back(named.source + ": cannot read " + in_quotes(named.value) + ": " +
                             pem.error().message());
  }
  return loaded;
}

} // namespace invited::server

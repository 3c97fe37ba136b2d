#include "bench/scenarios/requests.hpp"

namespace invited::bench {

requests::requests(const settings& s)
    : settings_(s), host_(" HTTP/1.1\r\nHost: " + s.authority() + "\r\nUser-Agent: invited-bench\r\n") {}

std::string requests::post(std::string_view path, std::string_view fields, std::string_view body) const {
  std::string out;
  out.reserve(200 + path.size() + fields.size() + body.size());
  out.append("POST ").append(path).append(host_).append(fields);
  out.append("Content-Type: application/json\r\nContent-Length: ").append(std::to_string(body.size()));
  out.append("\r\n\r\n").append(body);
  return out;
}

std::string requests::get(std::string_view path, std::string_view fields) const {
  std::string out("GET ");
  out.append(path).append(host_).append(fields).append("\r\n");
  return out;
}

std::string requests::authorization(std::size_t who) const {
  return "Authorization: Bearer " + settings_.tokens[who].second + "\r\n";
}

std::string requests::email(std::uint64_t n) {
  return "patient." + std::to_string(n) + "@example.org";
}

std::string requests::person(std::size_t who, std::uint64_t n) const {
  std::string out(R"({"email":")");
  out.append(email(n)).append(
      R"(","first_name":"Ada","last_name":"Lovelace","phone":"+14155550123","provider_id":")");
  out.append(settings_.tokens[who].first).append("\"}");
  return out;
}

std::string requests::create(std::size_t who, std::uint64_t n, std::string_view idempotency_key) const {
  std::string fields = authorization(who);
  if (!idempotency_key.empty()) fields.append("Idempotency-Key: ").append(idempotency_key).append("\r\n");
  return post("/generate_invite", fields, person(who, n));
}

std::string requests::create_many(std::size_t who, std::uint64_t first, std::size_t rows) const {
  std::string body = "[";
  for (std::size_t i = 0; i < rows; ++i) body.append(i == 0 ? "" : ",").append(person(who, first + i));
  return post("/generate_invites", authorization(who), body + ']');
}

std::string requests::view(std::string_view invite_id) const {
  return get(std::string("/invite/").append(invite_id), "Accept: application/json\r\n");
}

std::string requests::redeem(std::string_view invite_id, std::string_view redeem_key) const {
  std::string path("/invite/"), body("{");
  path.append(invite_id).append("/redeem");
  if (!redeem_key.empty()) body.append(R"("redeem_key":")").append(redeem_key).append("\"");
  return post(path, {}, body + '}');
}

std::string requests::list(std::size_t who) const {
  return get("/invites?limit=20&provider_id=" + settings_.tokens[who].first, authorization(who));
}

std::string requests::analytics(std::size_t who) const {
  return get("/analytics?provider_id=" + settings_.tokens[who].first, authorization(who));
}

std::string requests::health() const {
  return get("/healthz", {});
}

} // namespace invited::bench

#include "handlers/managing/invite_json.hpp"
#include "handlers/text/json_writer.hpp"
#include "handlers/values/managed_ref.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

store::invite_details some_details() {
  store::invite_details invite{};
  invite.ref.tag = 0x4c;
  invite.ref.h.fill(0xab);
  invite.state = store::invite_state::revoked;
  invite.provider_id = "clinic-1";
  invite.created_at = 1'764'000'000'000;
  invite.expires_at = 1'764'000'060'001;
  invite.ended_at = 1'764'000'030'000;
  store::patient_record record;
  record.person = {"ada.lovelace@example.org", "Ada \"Countess\"", "Lovelace", "+14155550123", "es"};
  record.creator = "dr.grey";
  record.challenge = {store::challenge_kind::code, "K7X2"};
  record.external_id = "order-47\"11";
  invite.record = record;
  return invite;
}

std::string json_of(const store::invite_details& invite) {
  std::string out;
  json_writer to(out);
  write_invite(to, invite);
  return out;
}

BOOST_AUTO_TEST_SUITE(invite_json)

BOOST_AUTO_TEST_CASE(an_item_as_the_contract_has_it) {
  BOOST_TEST(
      json_of(some_details()) ==
      R"({"ref":"inv_4cabababababababababababababababab","provider_id":"clinic-1",)"
      R"("external_id":"order-47\"11","state":"revoked",)"
      R"("created_by":"dr.grey","created_at":"2025-11-24T16:00:00.000Z",)"
      R"("expires_at":"2025-11-24T16:01:00.001Z","viewed_at":null,"redeemed_at":null,)"
      R"("revoked_at":"2025-11-24T16:00:30.000Z","replaced_by":null,"asked_at":null,"locked_at":null,)"
      R"("locale":"es","challenge":{"kind":"code"},"patient":{"name":"Ada \"Countess\" Lovelace","email_masked":"a***@example.org",)"
      R"("phone_masked":"********0123"},"delivery":null})");
}

BOOST_AUTO_TEST_CASE(an_erased_one_names_nobody) {
  store::invite_details invite = some_details();
  invite.record.reset();
  invite.state = store::invite_state::redeemed;
  const std::string json = json_of(invite);
  BOOST_TEST(json.find(R"("external_id":null,)") != json.npos);
  BOOST_TEST(json.find(R"("created_by":null)") != json.npos);
  BOOST_TEST(json.find(R"("locale":null,"challenge":null,"patient":null)") != json.npos);
  BOOST_TEST(json.find(R"("revoked_at":null)") != json.npos);
  BOOST_TEST(json.find(R"("redeemed_at":"2025-11-24T16:00:30.000Z")") != json.npos);
}

BOOST_AUTO_TEST_CASE(what_a_patient_does_not_have_is_null) {
  store::invite_details invite = some_details();
  invite.record->person.email.clear();
  invite.record->external_id.clear();
  BOOST_TEST(json_of(invite).find(R"("external_id":null,)") != std::string::npos);
  BOOST_TEST(json_of(invite).find(R"("email_masked":null,"phone_masked":"********0123")") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_replaced_one_names_its_successor) {
  store::invite_details invite = some_details();
  invite.successor.emplace().fill(0xcd);
  const std::string json = json_of(invite);
  BOOST_TEST(json.find(R"("replaced_by":"inv_4ccdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd")") != json.npos);
}

BOOST_AUTO_TEST_CASE(masks) {
  for (const auto& [email, masked] : {std::pair{"ada@example.org", "a***@example.org"},
                                      {"a@example.org", "a***@example.org"},
                                      {"\xc3\xa9lise@example.org", "\xc3\xa9***@example.org"},
                                      {"@example.org", "***@example.org"},
                                      {"", ""}})
    BOOST_TEST(mask_email(email) == masked);
  for (const auto& [phone, masked] :
       {std::pair{"+14155550123", "********0123"}, {"0123", "****"}, {"12345", "*2345"}, {"", ""}})
    BOOST_TEST(mask_phone(phone) == masked);
}

BOOST_AUTO_TEST_CASE(a_path_names_an_invite_by_ref_or_id) {
  const auto id = store::parse_invite_id("4c85db01-e312-47a5-a8e8-f8ff5fdd79b3");
  BOOST_TEST((parse_managed("4C85DB01-e312-47a5-a8e8-f8ff5fdd79b3") == store::ref_of(*id)));
  BOOST_TEST((parse_managed(store::to_text(store::ref_of(*id))) == store::ref_of(*id)));
  for (const char* wrong :
       {"", "inv_", "4c85db01e31247a5a8e8f8ff5fdd79b3", "inv_4cABABABABABABABABABABABABABABABAB"})
    BOOST_TEST(!parse_managed(wrong));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

#include "store/base/packed_text.hpp"
#include "store/invites/ledger.hpp"
#include "store/invites/patient_record.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::store {
namespace {

std::string some_ledger() {
  const key_id key{1, 2, 3, 4};
  const std::string_view blind("\x09\x08\x07\x06\x05\x04\x03\x02");
  const new_ledger parts = begin_ledger(key, blind, "clinic-1");
  std::string value = parts.head;
  value += std::string("\x01\x02\x03\x04\x05\x06", 6) + std::string("\x01\x02\x03\x04\x05\x07", 6);
  return value + parts.tail + "sealed";
}

std::string encode(const invite_id& id, const record_fields& fields) {
  std::string plain = "before";
  append_record(plain, id, fields);
  BOOST_TEST(plain.starts_with("before"));
  BOOST_TEST(plain.size() == 6 + record_size(fields));
  return plain.substr(6);
}

BOOST_AUTO_TEST_SUITE(ledgers)

BOOST_AUTO_TEST_CASE(are_read_as_they_are_begun) {
  const std::string value = some_ledger();
  const auto l = read_ledger(value);
  BOOST_REQUIRE(l);
  BOOST_TEST((l->state == invite_state::pending));
  BOOST_TEST((l->sealed_under == key_id{1, 2, 3, 4}));
  BOOST_TEST(l->created_at == 0x010203040506);
  BOOST_TEST(l->expires_at == 0x010203040507);
  BOOST_TEST(l->viewed_at + l->ended_at + l->asked_at + l->locked_at + l->lost_at == 0);
  BOOST_TEST(l->provider_id == "clinic-1");
  BOOST_TEST(l->blind_index == "\x09\x08\x07\x06\x05\x04\x03\x02");
  BOOST_TEST(l->sealed == "sealed");
}

BOOST_AUTO_TEST_CASE(are_not_read_when_cut_or_changed) {
  const std::string value = some_ledger();
  for (std::size_t n = 0; n < value.size() - 6; ++n) BOOST_TEST(!read_ledger(value.substr(0, n)));
  std::string other = value;
  other[0] = 2;
  BOOST_TEST(!read_ledger(other));
  other = value;
  other[1] = 'q';
  BOOST_TEST(!read_ledger(other));
  other = value;
  other[74] = '\xff'; // a provider_id longer than the value
  BOOST_TEST(!read_ledger(other));
}

BOOST_AUTO_TEST_CASE(states_have_names) {
  for (const auto& [letter, name] : {std::pair{'p', "pending"},
                                     {'r', "redeemed"},
                                     {'v', "revoked"},
                                     {'s', "replaced"},
                                     {'x', "expired"}}) {
    std::string value = some_ledger();
    value[1] = letter;
    BOOST_TEST(name_of(read_ledger(value)->state) == name);
  }
}

BOOST_AUTO_TEST_CASE(records_are_read_as_they_are_written) {
  invite_id id;
  std::ranges::fill(id, std::uint8_t{7});
  const std::string name(700, 'n'); // longer than one byte can count
  const std::string plain = encode(id, {"a@b.example", name, "", "+14155550123", "es", "dr.grey"});
  const auto r = decode_patient_record(plain);
  BOOST_REQUIRE(r);
  BOOST_TEST((r->id == id));
  BOOST_TEST(r->person.email == "a@b.example");
  BOOST_TEST(r->person.first_name == name);
  BOOST_TEST(r->person.last_name == "");
  BOOST_TEST(r->person.phone == "+14155550123");
  BOOST_TEST(r->person.locale == "es");
  BOOST_TEST(r->creator == "dr.grey");
  for (std::size_t n = 0; n < plain.size(); ++n) BOOST_TEST(!decode_patient_record(plain.substr(0, n)));
  BOOST_TEST(!decode_patient_record(plain + "x"));
  for (const char version : {0, 1, 2, 4, 5})
    BOOST_TEST(!decode_patient_record(std::string(1, version) + plain.substr(1)));
  BOOST_TEST(!r->challenge);
}

BOOST_AUTO_TEST_CASE(records_of_earlier_versions_are_still_read) {
  using namespace std::string_literals;
  const std::string id(16, '\7'),
      texts = "\0\013a@b.example\0\003Ada\0\010Lovelace\0\0\0\002es\0\007dr.grey"s;
  const auto first = decode_patient_record("\1" + id + texts);
  BOOST_REQUIRE(first);
  BOOST_TEST(first->person.email == "a@b.example");
  BOOST_TEST(first->person.locale == "es");
  BOOST_TEST(first->creator == "dr.grey");
  BOOST_TEST(!first->challenge);
  const auto second = decode_patient_record("\2" + id + texts + "\0\004code\0\006483920"s);
  BOOST_REQUIRE(second && second->challenge);
  BOOST_TEST(second->challenge->answer == "483920");
  BOOST_TEST(!decode_patient_record("\1" + id + texts + "\0\004code\0\006483920"s));
  BOOST_TEST(!decode_patient_record("\2" + id + texts));
}

BOOST_AUTO_TEST_CASE(a_length_has_one_form) {
  for (const std::size_t n : {0U, 1U, 127U, 128U, 129U, 255U, 256U, 32767U}) {
    const std::string text(n, 't');
    std::string packed;
    append_short_text(packed, text);
    BOOST_TEST(packed.size() == short_text_size(text));
    std::string_view rest = packed;
    std::string read;
    BOOST_TEST(take_short_text(rest, read));
    BOOST_TEST((read == text && rest.empty()));
    rest = std::string_view(packed).substr(0, packed.size() - 1);
    BOOST_TEST(!take_short_text(rest, read));
  }
  std::string read;
  for (const std::string& longer :
       {std::string("\x80\x01t"), std::string("\x80\x7f") + std::string(127, 't')}) {
    std::string_view rest = longer;
    BOOST_TEST(!take_short_text(rest, read));
  }
}

BOOST_AUTO_TEST_CASE(records_keep_the_challenge) {
  const challenge fact{challenge_kind::birth_date, "1980-02-29"};
  const std::string plain = encode({}, {"a@b.example", "Ada", "Lovelace", "", "", "dr.grey", &fact});
  const auto r = decode_patient_record(plain);
  BOOST_REQUIRE(r);
  BOOST_TEST(r->creator == "dr.grey");
  BOOST_REQUIRE(r->challenge.has_value());
  BOOST_TEST((r->challenge->kind == challenge_kind::birth_date));
  BOOST_TEST(r->challenge->answer == "1980-02-29");
  for (std::size_t n = 0; n < plain.size(); ++n) BOOST_TEST(!decode_patient_record(plain.substr(0, n)));
  BOOST_TEST(!decode_patient_record(plain + "x"));
  BOOST_TEST(!decode_patient_record("\x03" + plain.substr(1)));
  std::string other = plain;
  other.replace(other.find("birth_date"), 10, "death_date");
  BOOST_TEST(!decode_patient_record(other));
}

BOOST_AUTO_TEST_CASE(records_keep_the_external_id_behind_everything_else) {
  const challenge fact{challenge_kind::code, "483920"};
  const std::string longest(512, 'x');
  for (const std::string& external : {std::string("order-4711"), longest}) {
    for (const challenge* asked : {static_cast<const challenge*>(nullptr), &fact}) {
      const std::string plain =
          encode({}, {"", "Ada", "Lovelace", "+14155550123", "", "dr.grey", asked, external});
      BOOST_TEST(plain[0] == '\x05');
      const auto r = decode_patient_record(plain);
      BOOST_REQUIRE(r);
      BOOST_TEST(r->external_id == external);
      BOOST_TEST(r->person.email == "");
      BOOST_TEST(r->creator == "dr.grey");
      BOOST_REQUIRE(r->challenge.has_value() == (asked != nullptr));
      if (asked != nullptr) BOOST_TEST(r->challenge->answer == "483920");
      for (std::size_t n = 0; n < plain.size(); ++n) {
        const auto cut = decode_patient_record(plain.substr(0, n));
        // What is cut before the challenge is a record without one; sealing finds that it was cut.
        BOOST_TEST((!cut || (asked != nullptr && !cut->challenge && cut->external_id == external)));
      }
      BOOST_TEST(!decode_patient_record(plain + "x"));
      for (const char version : {1, 2, 3, 4, 6}) {
        const auto other = decode_patient_record(std::string(1, version) + plain.substr(1));
        BOOST_TEST((!other || other->external_id.empty()));
      }
    }
  }
  // Without one, the bytes are those that older servers read.
  const record_fields none{"a@b.example", "Ada", "Lovelace", "", "", "dr.grey", nullptr, ""};
  BOOST_TEST(encode({}, none)[0] == '\x03');
}

BOOST_AUTO_TEST_CASE(a_tagged_record_has_one_form) {
  using namespace std::string_literals;
  const std::string begin = "\5" + std::string(16, '\7') + "\0\3Ada\10Lovelace\0\0\7dr.grey"s;
  const std::string external = "\1\4a-17"s, kind = "\2\4code"s, answer = "\3\006483920"s;
  BOOST_TEST(decode_patient_record(begin + external).value().external_id == "a-17");
  BOOST_TEST(decode_patient_record(begin + external + kind + answer).value().challenge->answer == "483920");
  const std::string wrong[] = {"",
                               "\1\0"s,
                               external + external,
                               kind + answer,
                               external + kind,
                               external + answer,
                               kind + external + answer,
                               external + answer + kind,
                               external + "\2\4Code"s + answer,
                               external + "\4\1x"s, // tags of later servers
                               external + "\x7f\1x"s,
                               external + "\xff\1x"s,
                               "\0\1x"s + external,
                               external + "\1",
                               "\1\5a-17"s,
                               "\1\x80\4a-17"s};
  for (const std::string& rest : wrong) BOOST_TEST(!decode_patient_record(begin + rest));
}

BOOST_AUTO_TEST_CASE(an_external_id_has_its_index_between_hashes_and_record) {
  const std::string_view blind("\x09\x08\x07\x06\x05\x04\x03\x02"), external = "8 bytes.";
  for (const std::string_view hash : {std::string_view(), std::string_view("0123456789abcdef")}) {
    const new_ledger parts = begin_ledger(key_id{1, 2, 3, 4}, blind, "clinic-1", hash, external);
    const std::string value = parts.head + std::string(12, '\1') + parts.tail + "sealed";
    const auto l = read_ledger(value);
    BOOST_REQUIRE(l);
    BOOST_TEST(l->flags == (hash.empty() ? 32 : 36));
    BOOST_TEST(l->answer == hash);
    BOOST_TEST(l->external_index == external);
    BOOST_TEST(l->blind_index == blind);
    BOOST_TEST(l->sealed == "sealed");
    for (std::size_t n = 0; n < value.size() - 6; ++n) BOOST_TEST(!read_ledger(value.substr(0, n)));
  }
  BOOST_TEST(read_ledger(some_ledger())->external_index.empty());
}

BOOST_AUTO_TEST_CASE(a_challenge_has_its_hashes_before_the_sealed_record) {
  const std::string_view blind("\x09\x08\x07\x06\x05\x04\x03\x02"), hash = "0123456789abcdef";
  const new_ledger parts = begin_ledger(key_id{1, 2, 3, 4}, blind, "clinic-1", hash);
  const std::string value = parts.head + std::string(12, '\1') + parts.tail + "sealed";
  const auto l = read_ledger(value);
  BOOST_REQUIRE(l);
  BOOST_TEST(l->answer == hash);
  BOOST_TEST(l->last_wrong == std::string(16, '\0'));
  BOOST_TEST(l->provider_id == "clinic-1");
  BOOST_TEST(l->sealed == "sealed");
  BOOST_TEST(read_ledger(some_ledger())->answer.empty());
  for (std::size_t n = 0; n < value.size() - 6; ++n) BOOST_TEST(!read_ledger(value.substr(0, n)));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::store

#include "store/keys/keys.hpp"
#include "tests/store/staff/staff_fixture.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace invited::test {
namespace {

using store::account;

struct two_sides {
  redis_server redis;
  staff_side side{redis}, other{redis};

  std::string key_of(std::string_view username) {
    return std::string(store::staff_key("usr", side.accounts.name_of(username)));
  }
};

BOOST_FIXTURE_TEST_SUITE(staff_accounts, two_sides)

BOOST_AUTO_TEST_CASE(an_added_account_is_found_whatever_the_case) {
  BOOST_TEST(!side.find("grey@clinic.example").has_value());
  side.add(an_account());
  for (const std::string_view name : {"Grey@clinic.example", "grey@clinic.example", "GREY@CLINIC.EXAMPLE"}) {
    const auto found = other.find(name);
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST((*found == an_account()));
  }
  BOOST_TEST(!side.find("grey@clinic.exampl").has_value());
  BOOST_TEST(!side.find("").has_value());
}

BOOST_AUTO_TEST_CASE(nobody_is_added_twice) {
  side.add(an_account());
  account again = an_account("GREY@clinic.example");
  again.role = "admin";
  BOOST_TEST((other.run(other.accounts.write(again, {})).value() == store::account_write::not_as_expected));
  BOOST_TEST(side.find("grey@clinic.example")->role == "clinician");
}

BOOST_AUTO_TEST_CASE(changes_at_the_same_time_are_all_made) {
  side.add(an_account());
  const auto stale = side.run(side.accounts.find("grey@clinic.example")).value();
  int turns = 0;
  side.change("grey@clinic.example", [&](account& a) {
    if (turns++ == 0) other.change("grey@clinic.example", [](account& b) { b.disabled = true; });
    a.name = "Changed";
  });
  BOOST_TEST(turns == 2);
  const auto now = side.find("grey@clinic.example");
  BOOST_TEST(now->disabled);
  BOOST_TEST(now->name == "Changed");
  BOOST_TEST((side.run(side.accounts.write(stale->is, stale->value)).value() ==
              store::account_write::not_as_expected));
  BOOST_TEST(!side.run(side.accounts.change("nobody", [](account&) {})).value().has_value());
}

BOOST_AUTO_TEST_CASE(a_renewed_hash_replaces_the_one_it_was_made_for) {
  account a = an_account();
  a.password.hash.fill(1);
  side.add(a);
  store::password_hash renewed, another;
  renewed.hash.fill(2);
  another.hash.fill(3);
  BOOST_TEST(side.run(side.accounts.renew_password("grey@clinic.example", a.password, renewed)).has_value());
  account expected = a;
  expected.password = renewed; // nothing else changes, so nobody is signed out
  BOOST_TEST((*other.find("grey@clinic.example") == expected));
  // Too late: the password has changed in the meantime.
  BOOST_TEST(side.run(side.accounts.renew_password("grey@clinic.example", a.password, another)).has_value());
  BOOST_TEST((*other.find("grey@clinic.example") == expected));
  BOOST_TEST(side.run(side.accounts.renew_password("nobody", a.password, renewed)).has_value());
}

BOOST_AUTO_TEST_CASE(an_account_opens_nowhere_but_where_it_was_put) {
  side.add(an_account());
  account admin = an_account("root");
  admin.role = "admin";
  side.add(admin);
  redis.command({"COPY", key_of("root"), key_of("grey@clinic.example"), "REPLACE"});
  const auto moved = side.run(side.accounts.find("grey@clinic.example"));
  BOOST_TEST((moved.has_error() && moved.error() == store::errc::corrupt));
  redis.command({"SET", key_of("grey@clinic.example"), "x"});
  const auto damaged = side.run(side.accounts.find("grey@clinic.example"));
  BOOST_TEST((damaged.has_error() && damaged.error() == store::errc::corrupt));
}

BOOST_AUTO_TEST_CASE(the_list_has_everybody_and_says_what_does_not_open) {
  std::vector<std::string> names;
  for (int i = 0; i < 60; ++i) {
    names.push_back("user-" + std::to_string(i));
    side.add(an_account(names.back()));
  }
  redis.command({"SET", key_of("user-7"), "damaged"});
  redis.command({"SET", "usr:not-a-hash", "x"});
  side.create(some_invite());
  std::vector<std::string> listed;
  std::size_t unopened = 0;
  std::string cursor;
  do {
    const store::account_page page = side.run(side.accounts.list(cursor)).value();
    for (const account& a : page.accounts) listed.push_back(a.username);
    unopened += page.unopened;
    cursor = page.next;
  } while (!cursor.empty());
  std::erase(names, "user-7");
  std::ranges::sort(names);
  std::ranges::sort(listed);
  BOOST_TEST(listed == names);
  BOOST_TEST(unopened == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_noted_is_read_with_each_provider) {
  account a = an_account();
  a.providers = {"clinic-1", "clinic-2"};
  side.run(store::note_account(side.audit, a, store::audit_action::signed_in, "203.0.113.7", {}));
  for (const std::string_view provider : {"clinic-1", "clinic-2"}) {
    const store::audit_query query{.provider_id = provider};
    const store::audit_page page = side.run(side.audit.read(query)).value();
    BOOST_REQUIRE(page.events.size() == 1U);
    BOOST_TEST((page.events[0].action == store::audit_action::signed_in));
    BOOST_TEST(page.events[0].actor->subject == "Grey@clinic.example");
    BOOST_TEST(page.events[0].actor->address == "203.0.113.7");
  }
  a.providers.clear(); // an admin's
  side.run(store::note_account(side.audit, a, store::audit_action::signed_in, "203.0.113.7", {}));
  BOOST_TEST(redis.command({"XLEN", std::string(store::group_key("aud", store::group_of("")))}) == ":1\r\n");
}

BOOST_AUTO_TEST_CASE(no_dump_names_anybody) {
  account a = an_account();
  a.providers.push_back("clinic-2");
  side.add(a);
  const std::string token = side.run(side.sign_ins.begin(a, 1'700'000'000'000)).value();
  const store::handle name = side.accounts.name_of(a.username);
  store::sign_in_attempt attempt = side.throttle.from_address(name, "203.0.113.7");
  BOOST_REQUIRE(side.run(side.throttle.count(attempt)).has_value());
  BOOST_TEST(!attempt.wait.has_value());
  side.run(store::note_account(side.audit, a, store::audit_action::signed_in, "203.0.113.7", {}));
  redis.stop(); // everything is written
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(redis.folder())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(file), {});
  }
  BOOST_TEST(all.find("usr:") != all.npos);
  for (const std::string& secret :
       {std::string("rey@clinic"), std::string("REY@CLINIC"), std::string("Meredith"), token,
        token.substr(token.size() - 32), token.substr(24, 32), std::string("203.0.113")})
    BOOST_TEST((all.find(secret) == all.npos), secret);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test

// The export of the audit over a real Redis and real files.
#include "server/audit/audit_record.hpp"
#include "store/audit/audit_log.hpp"
#include "tests/server/audit/keeper_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <filesystem>

#include <sys/resource.h>

namespace invited::test {
namespace {

using store::audit_action;

struct kept {
  redis_server redis;
  store_side side{redis};
  temp_folder folder;
  const std::string path = folder.path("audit.jsonl");
  const store::group tag = store::group_of("clinic-1");
  const std::string aud{store::group_key("aud", tag)};
  const store::audit_actor grey{"clinician", "dr.grey", "203.0.113.77"};

  void add(int n = 1, std::string_view provider = "clinic-1", audit_action action = audit_action::viewed) {
    for (int i = 0; i < n; ++i) add_audit_event(redis, side.seals(), provider, action, grey);
  }
  std::int64_t pending() {
    const std::string reply = redis.command({"XPENDING", aud, "export"});
    return std::stoll(reply.substr(reply.find(':') + 1));
  }
};

BOOST_FIXTURE_TEST_SUITE(audit_keeping, kept)

BOOST_AUTO_TEST_CASE(every_event_and_creation_comes_into_the_file_in_clear) {
  const store::invite_ref ref = side.create(some_invite()).invite.ref;
  add_audit_event(redis, side.seals(), "clinic-1", audit_action::refused, grey, &ref.h, "foreign_provider");
  add_audit_event(redis, side.seals(), "clinic-1", audit_action::expired, {}, &ref.h);
  add(1, "clinic-2", audit_action::signed_in);
  keeping server(redis, path);
  BOOST_TEST(server.exported(4));
  server.stop();
  const std::string text = read_whole(path);
  BOOST_TEST(entries_in(path).size() == 4u);
  const auto has = [&text](const std::string& part) {
    BOOST_TEST_CONTEXT(part << "\nin\n" << text) BOOST_TEST(text.find(part) != std::string::npos);
  };
  const std::string ours = R"("provider_id":"clinic-1","ref":")" + to_text(ref) + "\"";
  const std::string by_grey = R"("role":"clinician","subject":"dr.grey","address":"203.0.113.77")";
  has(R"("action":"created",)" + ours + ',' + by_grey + R"(,"outcome":"ok","stream":"idx:{)");
  has(R"("action":"refused",)" + ours + ',' + by_grey + R"(,"outcome":"foreign_provider","stream":"aud:{)");
  has(R"("action":"expired",)" + ours + R"(,"role":"system","subject":null,"address":null,"outcome":"ok")");
  has(R"("action":"signed_in","provider_id":"clinic-2","ref":null,)" + by_grey);
  BOOST_TEST(pending() == 0);
}

BOOST_AUTO_TEST_CASE(only_an_entry_that_stands_for_many_says_how_many) {
  store::audit_log log(side.connection(), side.lane(), side.seals());
  const store::audit_actor several{"several", {}, {}};
  side.run(log.note("clinic-1", audit_action::refused, grey, "foreign_provider", 812)).value();
  side.run(log.note("clinic-1", audit_action::read, several, {}, 3)).value();
  side.run(log.note("clinic-1", audit_action::read, grey, {})).value();
  redis.command({"XADD", aud, "*", "a", "f", "h", "", "p", "clinic-1", "s", "", "n", "0"}); // not an event
  keeping server(redis, path);
  BOOST_TEST(server.exported(4));
  server.stop();
  BOOST_TEST(entries_in(path).size() == 4u);
  const std::string text = read_whole(path);
  BOOST_TEST(text.find(R"("outcome":"foreign_provider","count":812,"stream":)") != std::string::npos);
  BOOST_TEST(text.find(R"("role":"several","subject":null,"address":null,"outcome":"ok","count":3,)") !=
             std::string::npos);
  BOOST_TEST(text.find(R"("address":"203.0.113.77","outcome":"ok","stream":)") != std::string::npos);
  BOOST_TEST(text.find(R"("action":"malformed")") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(two_servers_share_the_work_and_each_event_is_written_once) {
  const std::string other = folder.path("other.jsonl");
  for (int i = 0; i < 10; ++i) side.create(some_invite());
  keeping one(redis, path), two(redis, other);
  for (int i = 0; i < 10; ++i) {
    add(100);
    add(50, "clinic-2");
    one.poll();
    two.poll();
  }
  BOOST_REQUIRE(wait_until([&] {
    one.poll();
    two.poll();
    return one.counts.exported + two.counts.exported >= 1510;
  }));
  one.stop();
  two.stop();
  std::multiset<std::string> all = entries_in(path);
  all.merge(entries_in(other));
  BOOST_TEST(all.size() == 1510u);
  BOOST_TEST(std::set<std::string>(all.begin(), all.end()).size() == 1510u);
}

BOOST_AUTO_TEST_CASE(a_restart_goes_on_in_the_same_file) {
  for (int i = 0; i < 3; ++i) {
    add(10);
    keeping server(redis, path);
    BOOST_TEST(server.exported(10));
    server.stop();
  }
  BOOST_TEST(entries_in(path).size() == 30u);
}

BOOST_AUTO_TEST_CASE(what_a_dead_server_left_is_taken_over_and_a_duplicate_can_be_recognised) {
  add(20);
  const std::string dead_path = folder.path("dead.jsonl");
  store::audit_buffer dead(side.connection(), "dead");
  const store::audit_stretch taken = side.run(dead.take(store::events_of(tag), false)).value();
  {
    // It wrote the first half, and died before it could acknowledge it.
    server::audit_file file(dead_path, line_key(), [] { return std::int64_t{0}; });
    std::vector<std::string> records;
    for (const store::redis::node entry : taken.entries()) {
      if (records.size() < 10)
        server::append_audit_record(records.emplace_back(), store::events_of(tag), entry, side.seals());
    }
    BOOST_TEST(file.append(records).has_value());
  }
  keeping server(redis, path);
  add(5);
  BOOST_TEST(server.exported(5));
  BOOST_TEST(entries_in(path).size() == 5u); // the server that has the others may still write them
  age_pending(redis, aud);
  BOOST_TEST(server.exported(25));
  std::multiset<std::string> all = entries_in(path);
  BOOST_TEST(all.size() == 25u);
  all.merge(entries_in(dead_path));
  BOOST_TEST(all.size() == 35u);
  BOOST_TEST(std::set<std::string>(all.begin(), all.end()).size() == 25u);
}

BOOST_AUTO_TEST_CASE(a_full_disk_loses_nothing_and_is_reported) {
  keeping server(redis, path);
  add(10);
  BOOST_TEST(server.exported(10));
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  rlimit full = before;
  full.rlim_cur = std::filesystem::file_size(path) + 10;
  ::setrlimit(RLIMIT_FSIZE, &full);
  add(10);
  BOOST_TEST(server.until([&] { return server.counts.failed_writes > 0; }));
  ::setrlimit(RLIMIT_FSIZE, &before);
  BOOST_TEST(server.counts.exported == 10u);
  BOOST_TEST(pending() == 10);
  age_pending(redis, aud);
  BOOST_TEST(server.exported(20));
  BOOST_TEST(entries_in(path).size() == 20u);
  const std::string log = server.log();
  BOOST_TEST(log.find("audit_not_written") != std::string::npos);
  BOOST_TEST(log.find("audit_written_again") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_restart_of_redis_loses_nothing) {
  keeping server(redis, path);
  add(10);
  BOOST_TEST(server.exported(10));
  redis.kill();
  server.poll();
  redis.start();
  store_side again(redis);
  for (int i = 0; i < 10; ++i) add_audit_event(redis, again.seals(), "clinic-1", audit_action::viewed, grey);
  BOOST_TEST(server.exported(20));
  BOOST_TEST(entries_in(path).size() == 20u);
}

BOOST_AUTO_TEST_CASE(an_actor_that_cannot_be_opened_is_null_with_the_sealed_text_and_stops_nothing) {
  add(2);
  redis.command({"XADD", aud, "*", "a", "v", "h", "", "p", "clinic-1", "s", "abc"});
  const std::string second = std::string(second_seal_line) + std::string(test_index_line);
  keeping server(redis, path, second);
  BOOST_TEST(server.exported(3));
  const std::string text = read_whole(path);
  BOOST_TEST(
      text.find(R"("role":null,"subject":null,"address":null,"unopened":"key_unavailable","sealed":")") !=
      std::string::npos);
  BOOST_TEST(text.find(R"("unopened":"corrupt")") != std::string::npos);
  BOOST_TEST(text.find("dr.grey") == std::string::npos);

  server.load_keys(std::string(second_seal_line) + std::string(first_seal_line) +
                   std::string(test_index_line));
  add(1);
  BOOST_TEST(server.exported(4));
  BOOST_TEST(read_whole(path).find("dr.grey") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_not_an_event_is_kept_as_it_is_and_stops_nothing) {
  const std::string long_text(100'000, 'x'), h(16, 'h');
  redis.command({"XADD", aud, "*", "nonsense", std::string("\0\n\"\xff", 4)});
  redis.command({"XADD", aud, "*", "a", "?", "h", h, "p", "clinic-1", "s", ""});
  redis.command({"XADD", aud, "*", "a", "v", "h", "short", "p", "clinic-1", "s", ""});
  redis.command({"XADD", aud, "*", "a", "v", "h", h, "p", long_text, "s", ""});
  redis.command({"XADD", aud, "*", "a", "v", "h", h, "p", "clinic-1", "s", "", "o", long_text});
  redis.command({"XADD", aud, "*", "a", "v", "h", h, "p", "clinic-1", "s", "", "o", "ok", "more", "1"});
  redis.command(
      {"XADD", aud, "*", "a", "v", "h", h, "p", "clinic-1", "s", long_text}); // corrupt, not malformed
  add(1);
  keeping server(redis, path);
  BOOST_TEST(server.exported(8));
  const std::string text = read_whole(path);
  BOOST_TEST(entries_in(path).size() == 8u);
  std::size_t malformed = 0;
  for (const std::string& line : lines_of(text)) {
    malformed += line.find(R"("action":"malformed","raw":[")") != std::string::npos;
    BOOST_TEST(line.size() < 10'000u);
  }
  BOOST_TEST(malformed == 6u);
  BOOST_TEST(text.find("dr.grey") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_big_backlog_is_written_in_rounds_without_a_pause) {
  redis.command(
      {"EVAL",
       "for i = 1, 5000 do redis.call('XADD', KEYS[1], '*', 'a', 'w', 'h', '', 'p', 'clinic-1', 's', '') end",
       "1", aud});
  const auto begin = std::chrono::steady_clock::now();
  keeping server(redis, path);
  BOOST_TEST(server.exported(5000));
  BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(15))); // 50 rounds of a second
  BOOST_TEST(entries_in(path).size() == 5000u);
}

BOOST_AUTO_TEST_CASE(without_a_file_old_events_go_by_themselves) {
  add_audit_event(redis, side.seals(), "clinic-1", audit_action::viewed, grey, nullptr, {},
                  "1000000000000-0");
  add(1);
  keeping server(redis, "");
  BOOST_TEST(server.until([&] { return redis.command({"XLEN", aud}) == ":1\r\n"; }));
}

BOOST_AUTO_TEST_CASE(the_head_is_logged_at_first_and_at_the_end) {
  keeping server(redis, path);
  add(1);
  BOOST_TEST(server.exported(1));
  add(1);
  BOOST_TEST(server.exported(2));
  server.stop();
  const std::string text = read_whole(path), log = server.log();
  for (const std::size_t n : {1u, 2u}) {
    const std::string line = lines_of(text)[n];
    BOOST_TEST(log.find(line.substr(line.find(R"("hash":")"), 73)) != std::string::npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test

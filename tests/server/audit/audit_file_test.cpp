#include "server/audit/audit_file.hpp"

#include "server/audit/audit_verifier.hpp"
#include "tests/server/audit/audit_lines.hpp"
#include "tests/support/temp_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <filesystem>

#include <sys/resource.h>
#include <sys/stat.h>

namespace invited::test {
namespace {

using server::audit_file;

/// While it lives, files may grow only to this size, as on a full disk.
class full_disk {
public:
  explicit full_disk(std::uintmax_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit now = before_;
    now.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  ~full_disk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

private:
  rlimit before_{};
};

struct filed {
  temp_folder folder;
  const std::string path = folder.path("audit.jsonl");

  audit_file open(std::uint8_t key = 7) {
    return audit_file(path, line_key(key), [] { return std::int64_t{1'769'850'300'000}; });
  }
  static server::parsed<void> append(audit_file& file, int from, int to) {
    std::vector<std::string> records;
    for (int i = from; i < to; ++i) records.push_back(record(i));
    return file.append(records);
  }
  /// The lines of all files, which must verify.
  static std::size_t verified(const std::vector<std::string>& paths) {
    server::audit_verifier verifier(line_key(), {});
    for (const std::string& p : paths) {
      std::istringstream file(read_whole(p));
      const auto read = verifier.read(file);
      BOOST_TEST_CONTEXT(p << (read ? "" : read.error().what)) BOOST_TEST(read.has_value());
    }
    return verifier.lines();
  }
  std::string refused() {
    try {
      open();
    } catch (const std::runtime_error& e) {
      return e.what();
    }
    return "";
  }
};

BOOST_FIXTURE_TEST_SUITE(audit_files, filed)

BOOST_AUTO_TEST_CASE(a_new_file_is_for_its_owner_alone_and_empty_until_there_is_something) {
  ::umask(0);
  audit_file file = open();
  ::umask(022);
  struct stat info {};
  BOOST_TEST(::stat(path.c_str(), &info) == 0);
  BOOST_TEST((info.st_mode & 0777) == 0600u);
  BOOST_TEST(info.st_size == 0);
}

BOOST_AUTO_TEST_CASE(a_restart_goes_on_where_the_last_ended) {
  for (int i = 0; i < 3; ++i) {
    audit_file file = open();
    BOOST_TEST(append(file, 2 * i, 2 * i + 2).has_value());
    BOOST_TEST(file.head().seq == static_cast<std::uint64_t>(3 + 2 * i));
  }
  BOOST_TEST(verified({path}) == 7u);
}

BOOST_AUTO_TEST_CASE(a_line_torn_by_a_crash_is_cut_off_and_noted) {
  std::string whole;
  {
    audit_file file = open();
    BOOST_TEST(append(file, 0, 3).has_value());
    whole = read_whole(path);
    BOOST_TEST(append(file, 3, 4).has_value());
  }
  const std::string last = read_whole(path).substr(whole.size());
  for (std::size_t torn = 1; torn < last.size(); torn += 7) {
    folder.write("audit.jsonl", whole + last.substr(0, torn));
    audit_file file = open();
    BOOST_TEST(file.cut() == static_cast<off_t>(torn));
    BOOST_TEST(read_whole(path) == whole);
    BOOST_TEST(append(file, 3, 4).has_value());
    BOOST_TEST(file.cut() == 0);
    BOOST_TEST(read_whole(path).find("cut_torn_line") != std::string::npos);
    BOOST_TEST(verified({path}) == 6u);
  }
}

BOOST_AUTO_TEST_CASE(a_first_line_torn_by_a_crash_is_cut_off) {
  folder.write("audit.jsonl", R"({"seq":1,"at":"2026-)");
  audit_file file = open();
  BOOST_TEST(append(file, 0, 1).has_value());
  BOOST_TEST(verified({path}) == 3u);
}

BOOST_AUTO_TEST_CASE(a_file_that_ends_in_anything_else_is_left_alone) {
  for (const std::string& text : {std::string("something else"), std::string("something else\n"),
                                  std::string("\n"), std::string("\n\n"), std::string(100'000, '\0'),
                                  chain_of(3) + "{}\n", chain_of(3, {}, line_key(9))}) {
    folder.write("audit.jsonl", text);
    BOOST_TEST(!refused().empty());
    BOOST_TEST(read_whole(path) == text);
  }
  std::string changed = chain_of(3);
  changed[changed.rfind("viewed")] ^= 1;
  folder.write("audit.jsonl", changed);
  BOOST_TEST(refused().find("was changed") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_used_stops_the_start) {
  folder.write("audit.jsonl", "", 0666);
  BOOST_TEST(refused().find("chmod 600") != std::string::npos);
  ::chmod(path.c_str(), 0640);
  BOOST_TEST(refused() == "");
  std::filesystem::remove(path);
  std::filesystem::create_directory(path);
  BOOST_TEST(refused().find("cannot open") != std::string::npos);
  std::filesystem::remove(path);
  BOOST_REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  BOOST_TEST(refused().find("is not a file") != std::string::npos);
  BOOST_CHECK_THROW(audit_file(folder.path("no/such/folder"), line_key(), [] { return std::int64_t{0}; }),
                    std::runtime_error);
}

BOOST_AUTO_TEST_CASE(two_servers_cannot_have_one_file) {
  audit_file file = open();
  BOOST_TEST(refused().find("in use by another server") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_full_disk_leaves_no_half_line_and_is_tried_again) {
  audit_file file = open();
  BOOST_TEST(append(file, 0, 5).has_value());
  const std::string before = read_whole(path);
  const server::chain_head head = file.head();
  {
    const full_disk disk(before.size() + 700);
    for (int i = 0; i < 3; ++i) {
      const auto appended = append(file, 5, 15);
      BOOST_REQUIRE(!appended.has_value());
      BOOST_TEST(appended.error().text().find("cannot write") != std::string::npos);
      BOOST_TEST((file.head() == head));
      BOOST_TEST(read_whole(path) == before);
    }
  }
  BOOST_TEST(file.append({}).has_value());
  BOOST_TEST(read_whole(path).find(R"("note":"resumed")") != std::string::npos);
  BOOST_TEST(append(file, 5, 15).has_value());
  BOOST_TEST(verified({path}) == 17u);
}

BOOST_AUTO_TEST_CASE(a_file_moved_away_is_followed_by_one_that_goes_on) {
  const std::string old = folder.path("audit.jsonl.1");
  audit_file file = open();
  BOOST_TEST(append(file, 0, 5).has_value());
  std::filesystem::rename(path, old);
  BOOST_TEST(append(file, 5, 8).has_value());
  BOOST_TEST(verified({old, path}) == 10u);
  std::filesystem::remove(path);
  folder.write("audit.jsonl", ""); // logrotate's `create`
  BOOST_TEST(append(file, 8, 9).has_value());
  BOOST_TEST(read_whole(path).starts_with(R"({"seq":11,)"));
}

BOOST_AUTO_TEST_CASE(a_file_changed_by_somebody_else_is_not_written_to) {
  audit_file file = open();
  BOOST_TEST(append(file, 0, 5).has_value());
  std::filesystem::resize_file(path, 0); // logrotate's `copytruncate`
  const auto appended = append(file, 5, 6);
  BOOST_REQUIRE(!appended.has_value());
  BOOST_TEST(appended.error().text().find("changed by somebody else") != std::string::npos);
  BOOST_TEST(read_whole(path) == "");
  std::filesystem::rename(path, folder.path("kept"));
  BOOST_TEST(append(file, 5, 6).has_value());
  BOOST_TEST(read_whole(path).starts_with(R"({"seq":7,)"));
}

BOOST_AUTO_TEST_CASE(a_new_file_that_cannot_be_made_is_tried_again) {
  audit_file file = open();
  BOOST_TEST(append(file, 0, 2).has_value());
  std::filesystem::rename(path, folder.path("old"));
  std::filesystem::create_directory(path);
  BOOST_TEST(!append(file, 2, 3).has_value());
  std::filesystem::remove(path);
  BOOST_TEST(append(file, 2, 3).has_value());
  BOOST_TEST(verified({folder.path("old"), path}) == 5u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test

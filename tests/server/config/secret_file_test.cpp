#include "server/config/files.hpp"
#include "server/config/secret_file.hpp"
#include "tests/support/temp_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

#include <sys/stat.h>

using namespace invited::server;
using invited::test::temp_folder;

BOOST_AUTO_TEST_SUITE(config_files)

BOOST_AUTO_TEST_CASE(a_file_is_read_whole) {
  const temp_folder folder;
  const std::string text{"a\0b\r\n\xff", 6};
  const auto contents = read_file_and_mode(folder.write("f", text, 0640));
  BOOST_TEST_REQUIRE(contents.has_value());
  BOOST_TEST(contents->text == text);
  BOOST_TEST((contents->mode & 07777u) == 0640u);
  BOOST_TEST(read_file(folder.write("empty", "")).value().empty());
}

BOOST_AUTO_TEST_CASE(what_is_not_a_file_is_an_error_and_never_waited_for) {
  namespace errc = boost::system::errc;
  const temp_folder folder;
  BOOST_TEST((read_file(folder.path("none")).error() == errc::no_such_file_or_directory));
  BOOST_TEST((read_file(folder.path("")).error() == errc::is_a_directory));
  BOOST_TEST((read_file("").error() == errc::no_such_file_or_directory));
  const auto pipe = folder.path("pipe");
  BOOST_TEST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  BOOST_TEST((read_file(pipe).error() == errc::not_supported));
  BOOST_TEST((read_file("/dev/zero").error() == errc::not_supported));
}

BOOST_AUTO_TEST_CASE(a_megabyte_is_the_limit) {
  constexpr std::size_t megabyte = std::size_t{1} << 20;
  const temp_folder folder;
  BOOST_TEST(read_file(folder.write("most", std::string(megabyte, 'x'))).value().size() == megabyte);
  BOOST_TEST((read_file(folder.write("more", std::string(megabyte + 1, 'x'))).error() ==
              boost::system::errc::file_too_large));
}

BOOST_AUTO_TEST_CASE(a_file_that_says_nothing_of_its_size_is_not_taken_for_empty) {
  // procfs: the size is 0, but there is content
  BOOST_TEST((read_file("/proc/self/status").error() == boost::system::errc::text_file_busy));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(config_secret_file)

BOOST_AUTO_TEST_CASE(only_its_owner_may_have_any_right) {
  const temp_folder folder;
  for (const mode_t mode : {0600u, 0400u, 0700u}) BOOST_TEST_CONTEXT(std::oct << mode)
  BOOST_TEST(read_secret_file(folder.write("f", "secret", mode)).value() == "secret");
  for (const mode_t mode : {0644u, 0640u, 0604u, 0620u, 0602u, 0610u, 0601u, 0666u})
    BOOST_TEST_CONTEXT(std::oct << mode) {
      const auto file = folder.write("f", "secret", mode);
      const auto secret = read_secret_file(file);
      BOOST_TEST_REQUIRE(!secret);
      const auto& text = secret.error().text();
      BOOST_TEST(text.find("chmod 600 " + file) != std::string::npos);
      BOOST_TEST(text.find("secret") == std::string::npos);
    }
  const auto text = read_secret_file(folder.write("f", "x", 0644)).error().text();
  BOOST_TEST(text == "'" + folder.path("f") +
                         "' has mode 0644, so others than its owner may use it; run: chmod 600 " +
                         folder.path("f"));
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_named) {
  const temp_folder folder;
  for (const auto& read : {read_secret_file, read_secret_line, read_jwt_secret})
    BOOST_TEST(read(folder.path("none")).error().text() ==
               "cannot read '" + folder.path("none") + "': No such file or directory");
}

BOOST_AUTO_TEST_CASE(a_newline_at_the_end_is_not_part_of_a_line) {
  const temp_folder folder;
  const struct {
    std::string_view content, expected;
  } cases[] = {
      {"pass", "pass"}, {"pass\n", "pass"}, {"pass\r\n", "pass"}, {"pass with blanks\n", "pass with blanks"}};
  for (const auto& c : cases)
    BOOST_TEST(read_secret_line(folder.write("f", c.content)).value() == c.expected);
  for (const std::string_view blank : {"pass\n\n", " pass\n", "pass \n", "pass\t", "\npass", "pass\r\r\n"})
    BOOST_TEST(read_secret_line(folder.write("f", blank)).error().text() ==
               "'" + folder.path("f") +
                   "' has a blank or an empty line before or behind the secret; remove it");
  BOOST_TEST(read_secret_line(folder.write("f", "\xEF\xBB\xBFpass\n")).error().text() ==
             "'" + folder.path("f") +
                 "' begins with a byte order mark, which would be a part of the secret; save it without");
  for (const std::string_view empty : {"", "\n", "\r\n"})
    BOOST_TEST(read_secret_line(folder.write("f", empty)).error().text() ==
               "'" + folder.path("f") + "' is empty");
  // The key file is not a single line; its reader handles newlines.
  BOOST_TEST(read_secret_file(folder.write("f", "seal x\n")).value() == "seal x\n");
}

BOOST_AUTO_TEST_CASE(a_jwt_secret_has_32_bytes) {
  const temp_folder folder;
  const std::string enough(32, 's');
  BOOST_TEST(read_jwt_secret(folder.write("f", enough)).value() == enough);
  BOOST_TEST(read_jwt_secret(folder.write("f", enough + "\n")).value() == enough);
  // The newline does not count: 31 bytes and a newline are 31.
  for (const std::string& content : {std::string(31, 's'), std::string(31, 's') + "\n"}) {
    const auto text = read_jwt_secret(folder.write("f", content)).error().text();
    BOOST_TEST(text.find("holds 31 bytes") != std::string::npos);
    BOOST_TEST(text.find("sss") == std::string::npos);
  }
  BOOST_TEST(!read_jwt_secret(folder.write("f", enough, 0644)));
}

BOOST_AUTO_TEST_SUITE_END()

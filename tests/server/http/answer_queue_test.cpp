#include "server/http/answer_queue.hpp"

#include <boost/test/unit_test.hpp>

#include <utility>

namespace invited::server {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

const answer_frame frame{.date = "Sun, 06 Nov 1994 08:49:37 GMT", .request_id = "abc"};
const answer_frame head_frame{.date = frame.date, .request_id = frame.request_id, .head_only = true};

handlers::response answer_of(std::string body, std::string_view file = {}) {
  handlers::response answer;
  answer.content_type = "text/plain";
  answer.body = std::move(body);
  answer.file = file;
  return answer;
}

std::string bytes_of(const handlers::response& answer) {
  std::string bytes;
  render(bytes, answer, frame);
  return bytes;
}

constexpr std::size_t kept = 64 * 1024; ///< the largest answers that do not count against the budget

/// An answer of so many bytes, with its head.
handlers::response answer_of_size(std::size_t size) {
  auto answer = answer_of(std::string(size, 'x'));
  while (bytes_of(answer).size() > size) answer.body.pop_back();
  return answer;
}

struct queue_fixture {
  memory_budget memory{100'000};
  answer_queue queue{memory};
  const answer_queue::time_point now{std::chrono::hours{1}};

  void add(const handlers::response& answer, std::shared_ptr<const void> held = {}) {
    queue.add(answer, frame, now, std::move(held));
  }

  /// Everything that waits, taken in pieces of `piece` bytes.
  std::string take(std::size_t piece = std::string::npos) {
    std::string all;
    while (!queue.empty()) {
      const auto part = queue.output().substr(0, piece);
      BOOST_TEST_REQUIRE(!part.empty());
      all += part;
      queue.written(part.size());
    }
    return all;
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(answer_queue_test, queue_fixture)

BOOST_AUTO_TEST_CASE(where_nothing_waits_nothing_is_due) {
  BOOST_TEST(queue.empty());
  BOOST_TEST(queue.output().empty());
  BOOST_TEST(!queue.is_due(now + std::chrono::hours{1}));
  BOOST_TEST(!queue.must_go_first());
  add(answer_of("one"));
  take();
  BOOST_TEST(queue.empty());
  BOOST_TEST(queue.output().empty());
  BOOST_TEST(!queue.is_due(now + std::chrono::hours{1}));
}

BOOST_AUTO_TEST_CASE(answers_leave_in_their_order_in_whatever_pieces_they_are_taken) {
  const std::string all = bytes_of(answer_of("one")) + bytes_of(answer_of("")) + bytes_of(answer_of("three"));
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, all.size() - 1, all.size()}) {
    BOOST_TEST_CONTEXT("in pieces of " << piece) {
      add(answer_of("one"));
      add(answer_of(""));
      add(answer_of("three"));
      BOOST_TEST(take(piece) == all);
    }
  }
}

BOOST_AUTO_TEST_CASE(an_answer_may_come_while_the_first_is_half_written) {
  add(answer_of("one"));
  const std::string first(queue.output().substr(0, 10));
  queue.written(first.size());
  add(answer_of("two"));
  BOOST_TEST(first + take(3) == bytes_of(answer_of("one")) + bytes_of(answer_of("two")));
}

BOOST_AUTO_TEST_CASE(its_memory_is_used_again) {
  add(answer_of(std::string(20'000, 'x')));
  const char* const place = queue.output().data();
  for (int i = 0; i < 3; ++i) {
    take();
    add(answer_of(std::string(20'000, 'y')));
    BOOST_TEST(static_cast<const void*>(queue.output().data()) == place);
  }
}

BOOST_AUTO_TEST_CASE(an_interim_answer_has_its_place_in_the_order) {
  add(answer_of("one"));
  queue.add_continue(now);
  add(answer_of("two"));
  BOOST_TEST(take() ==
             bytes_of(answer_of("one")) + std::string(continue_answer) + bytes_of(answer_of("two")));
  queue.add_continue(now);
  BOOST_TEST(!queue.is_due(now + milliseconds{5}));
  BOOST_TEST(queue.is_due(now + milliseconds{5} + nanoseconds{1}));
  BOOST_TEST(take(1) == continue_answer);
}

BOOST_AUTO_TEST_CASE(the_first_waits_five_milliseconds_for_the_others) {
  add(answer_of("one"));
  queue.add(answer_of("two"), frame, now + milliseconds{4}, {}); // does not start the time anew
  BOOST_TEST(!queue.is_due(now));
  BOOST_TEST(!queue.is_due(now + milliseconds{5}));
  BOOST_TEST(queue.is_due(now + milliseconds{5} + nanoseconds{1}));
  take();
  queue.add(answer_of("three"), frame, now + milliseconds{10}, {});
  BOOST_TEST(!queue.is_due(now + milliseconds{15}));
  BOOST_TEST(queue.is_due(now + milliseconds{16}));
}

BOOST_AUTO_TEST_CASE(what_waits_together_is_bounded) {
  constexpr std::size_t most = 32 * 1024;
  add(answer_of_size(most));
  BOOST_TEST(!queue.is_due(now));
  take();
  add(answer_of_size(most + 1));
  BOOST_TEST(queue.is_due(now));
  BOOST_TEST(!queue.must_go_first()); // the next request may be looked at meanwhile
}

BOOST_AUTO_TEST_CASE(a_file_is_last_and_is_not_copied) {
  const std::string file(300'000, 'f');
  add(answer_of("one"));
  add(answer_of("two", file));
  BOOST_TEST(queue.must_go_first());
  std::string all;
  while (queue.output().data() != file.data()) {
    all += queue.output().substr(0, 1);
    queue.written(1);
  }
  BOOST_TEST(all == bytes_of(answer_of("one")) + bytes_of(answer_of("two", file)));
  for (std::size_t sent = 0; sent < file.size(); sent += 100'000) {
    BOOST_TEST(!queue.empty());
    BOOST_TEST(queue.must_go_first());
    BOOST_TEST(static_cast<const void*>(queue.output().data()) == file.data() + sent);
    BOOST_TEST(queue.output().size() == file.size() - sent);
    queue.written(100'000);
  }
  BOOST_TEST(queue.empty());
  BOOST_TEST(!queue.must_go_first());
  BOOST_TEST(memory.used() == 0U); // a file takes none
}

BOOST_AUTO_TEST_CASE(a_head_request_gets_no_file_and_no_content) {
  const std::string file = "file";
  queue.add(answer_of("two", file), head_frame, now, {});
  BOOST_TEST(!queue.must_go_first());
  const std::string all = take();
  BOOST_TEST(all.ends_with("\r\n\r\n"));
  BOOST_TEST(all.find("Content-Length: 7\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_large_answer_counts_until_its_last_byte_is_written) {
  add(answer_of_size(kept));
  BOOST_TEST(memory.used() == 0U);
  take();
  add(answer_of_size(kept + 1));
  BOOST_TEST(memory.used() > kept);
  queue.written(kept);
  BOOST_TEST(memory.used() > kept);
  queue.written(1);
  BOOST_TEST(queue.empty());
  BOOST_TEST(memory.used() == 0U);
}

BOOST_AUTO_TEST_CASE(small_answers_count_when_they_are_large_together) {
  add(answer_of_size(kept - 1000));
  BOOST_TEST(memory.used() == 0U);
  add(answer_of_size(1001));
  BOOST_TEST(memory.used() > kept);
  take(1000);
  BOOST_TEST(memory.used() == 0U);
}

BOOST_AUTO_TEST_CASE(a_large_answer_may_pass_the_budget) {
  memory_share others(memory);
  BOOST_TEST_REQUIRE(others.grow_to(memory.max()));
  {
    answer_queue left(memory);
    left.add(answer_of_size(2 * kept), frame, now, {});
    BOOST_TEST(memory.used() >= memory.max() + 2 * kept);
    left.written(10);
  } // and its client leaves
  BOOST_TEST(memory.used() == memory.max());
}

BOOST_AUTO_TEST_CASE(what_a_small_answer_holds_is_let_go_at_once) {
  auto place = std::make_shared<const int>(1);
  const std::weak_ptr<const int> held = place;
  add(answer_of_size(kept), std::exchange(place, nullptr));
  BOOST_TEST(held.expired());
  BOOST_TEST(!queue.must_go_first());
}

BOOST_AUTO_TEST_CASE(what_a_large_answer_holds_is_let_go_when_it_is_written) {
  auto place = std::make_shared<const int>(1);
  const std::weak_ptr<const int> held = place;
  add(answer_of("before"));
  add(answer_of_size(kept + 1), std::exchange(place, nullptr));
  BOOST_TEST(queue.must_go_first());
  add(answer_of("a refusal, which holds nothing"));
  queue.written(queue.output().size() - 1);
  BOOST_TEST(!held.expired());
  BOOST_TEST(queue.must_go_first());
  queue.written(1);
  BOOST_TEST(held.expired());
  BOOST_TEST(!queue.must_go_first());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server

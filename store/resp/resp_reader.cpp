#include "store/resp/resp_reader.hpp"

#include <hiredis/hiredis.h> // only for its version
#include <hiredis/read.h>

#include <new>

namespace invited::store::redis {
namespace {

// Room for what is around a text: its head ("$67108864\r\n", "+") and its end ("\r\n"). Without it, a text of
// exactly the limit would pass in one piece and fail in several.
constexpr std::size_t around_a_text = 32;

// hiredis asks for an object for each value and only passes it back: as a parent, or with the finished reply.
// Our values live in the intake, so the object is the intake itself; null ends the reading.
// noexcept, because an exception must not pass through C.
resp_intake& intake_of(const redisReadTask* task) {
  return *static_cast<resp_intake*>(task->privdata);
}

void* taken(const redisReadTask* task, bool added) noexcept {
  if (added) return task->privdata;
  intake_of(task).refusal = "reply is too large";
  return nullptr;
}

void* refused(const redisReadTask* task, std::string_view why) noexcept {
  intake_of(task).refusal = why;
  return nullptr;
}

constexpr std::string_view not_resp2 = "reply is not RESP2";

void* create_string(const redisReadTask* task, char* text, std::size_t length) noexcept {
  reply_builder& values = intake_of(task).values;
  switch (task->type) {
  case REDIS_REPLY_STRING: return taken(task, values.add_text(kind::bulk, {text, length}));
  case REDIS_REPLY_STATUS: return taken(task, values.add_text(kind::status, {text, length}));
  case REDIS_REPLY_ERROR: return taken(task, values.add_text(kind::error, {text, length}));
  default: return refused(task, not_resp2); // big numbers and verbatim texts
  }
}

void* open_array(const redisReadTask* task, std::size_t elements) noexcept {
  if (task->type != REDIS_REPLY_ARRAY) return refused(task, not_resp2); // maps, sets and pushes
  resp_intake& intake = intake_of(task);
  if (intake.values.depth() >= intake.depth) return refused(task, "reply is nested too deeply");
  return taken(task, intake.values.open_array(elements));
}

void* create_integer(const redisReadTask* task, long long value) noexcept {
  return taken(task, intake_of(task).values.add_integer(value));
}

void* create_nil(const redisReadTask* task) noexcept {
  if (task->type == REDIS_REPLY_NIL)
    return refused(task, not_resp2); // RESP2 has only texts and arrays that are nil
  return taken(task, intake_of(task).values.add_nil());
}

void free_object(void*) noexcept {}

// Not const, because hiredis requires this; it is never written to. 1.0 knows RESP3, and counts in other
// types.
#if HIREDIS_MAJOR >= 1
void* create_array(const redisReadTask* task, std::size_t elements) noexcept {
  return open_array(task, elements);
}

void* create_double(const redisReadTask* task, double, char*, std::size_t) noexcept {
  return refused(task, not_resp2);
}

void* create_bool(const redisReadTask* task, int) noexcept {
  return refused(task, not_resp2);
}

redisReplyObjectFunctions functions = {create_string, create_array, create_integer, create_double,
                                       create_nil,    create_bool,  free_object};
#else
void* create_array(const redisReadTask* task, int elements) noexcept {
  return open_array(task, static_cast<std::size_t>(elements));
}

redisReplyObjectFunctions functions = {create_string, create_array, create_integer, create_nil, free_object};
#endif

} // namespace

void resp_reader::release::operator()(redisReader* r) const noexcept {
  redisReaderFree(r);
}

resp_reader::resp_reader(resp_limits limits)
    : limits_(limits), intake_{reply_builder(limits.values, limits.bytes), limits.depth, {}} {
  reset();
}

resp_reader::~resp_reader() = default;

void resp_reader::reset() {
  intake_.values.clear();
  intake_.refusal = {};
  broken_ = {};
  reader_.reset(redisReaderCreateWithFunctions(&functions));
  if (!reader_) throw std::bad_alloc();
  reader_->privdata = &intake_;
  // hiredis frees an empty buffer that is larger than this. So one large reply does not stay in memory, but
  // the buffer is not freed with every batch, as with its default of 16 KiB.
  reader_->maxbuf = 256 << 10;
}

void resp_reader::feed(std::string_view bytes) {
  if (bytes.empty() || !broken_.empty()) return;
  if (redisReaderFeed(reader_.get(), bytes.data(), bytes.size()) != REDIS_OK) throw std::bad_alloc();
}

resp_reader::outcome resp_reader::next(reply& out) {
  if (!broken_.empty()) return outcome::broken;
  void* object = nullptr;
  if (redisReaderGetReply(reader_.get(), &object) != REDIS_OK) {
    // A refusal of ours looks like missing memory to hiredis.
    if (!intake_.refusal.empty()) return fail(intake_.refusal);
    return fail(reader_->err == REDIS_ERR_OOM ? std::string_view("no memory for the reply")
                                              : reader_->errstr);
  }
  if (object != nullptr) {
    out = intake_.values.take();
    return outcome::reply;
  }
  // The unparsed rest is a bulk string whose end has not come.
  if (reader_->len - reader_->pos > limits_.bytes + around_a_text) return fail("reply is too large");
  return outcome::more;
}

resp_reader::outcome resp_reader::fail(std::string_view why) noexcept {
  broken_ = why;
  return outcome::broken;
}

std::string_view resp_reader::error() const noexcept {
  return broken_;
}

} // namespace invited::store::redis

#include "store/redis/resp_reader.hpp"

#include <hiredis/read.h>

#include <new>

namespace invited::store::redis {
namespace {

// Room for what is around a text: its head ("$67108864\r\n", "+") and its end ("\r\n"). Without it, a text of
// exactly the limit would pass in one piece and fail in several.
constexpr std::size_t around_a_text = 32;

// hiredis asks for an object for each value and only passes it back: as a parent, or with the finished reply.
// Our values live in the builder, so the object is the builder itself; null means that a limit was hit.
// noexcept, because an exception must not pass through C.
void* token(const redisReadTask* task, bool added) {
  return added ? task->privdata : nullptr;
}

reply_builder& builder_of(const redisReadTask* task) {
  return *static_cast<reply_builder*>(task->privdata);
}

kind kind_of(int type) {
  switch (type) {
  case REDIS_REPLY_STATUS: return kind::status;
  case REDIS_REPLY_ERROR: return kind::error;
  default: return kind::bulk;
  }
}

void* create_string(const redisReadTask* task, char* text, std::size_t length) noexcept {
  return token(task, builder_of(task).add_text(kind_of(task->type), {text, length}));
}

void* create_array(const redisReadTask* task, int elements) noexcept {
  return token(task, builder_of(task).open_array(static_cast<std::size_t>(elements)));
}

void* create_integer(const redisReadTask* task, long long value) noexcept {
  return token(task, builder_of(task).add_integer(value));
}

void* create_nil(const redisReadTask* task) noexcept {
  return token(task, builder_of(task).add_nil());
}

void free_object(void*) noexcept {}

// Not const, because hiredis requires this; it is never written to.
redisReplyObjectFunctions functions = {create_string, create_array, create_integer, create_nil, free_object};

} // namespace

void resp_reader::release::operator()(redisReader* r) const noexcept {
  redisReaderFree(r);
}

resp_reader::resp_reader(resp_limits limits) : limits_(limits), builder_(limits.values, limits.bytes) {
  reset();
}

resp_reader::~resp_reader() = default;

void resp_reader::reset() {
  builder_.clear();
  broken_ = {};
  reader_.reset(redisReaderCreateWithFunctions(&functions));
  if (!reader_) throw std::bad_alloc();
  reader_->privdata = &builder_;
  // hiredis frees an empty buffer that is larger than this. So one large reply does not stay in memory, but
  // the buffer is not freed with every batch, as with its default of 16 KiB.
  reader_->maxbuf = 256 << 10;
}

void resp_reader::feed(std::string_view bytes) {
  if (bytes.empty()) return;
  if (redisReaderFeed(reader_.get(), bytes.data(), bytes.size()) != REDIS_OK && reader_->err == REDIS_ERR_OOM)
    throw std::bad_alloc();
}

resp_reader::outcome resp_reader::next(reply& out) {
  if (!broken_.empty()) return outcome::broken;
  void* object = nullptr;
  if (redisReaderGetReply(reader_.get(), &object) != REDIS_OK)
    return fail(reader_->err == REDIS_ERR_OOM ? std::string_view("reply is too large") : reader_->errstr);
  if (object != nullptr) {
    out = builder_.take();
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

#include "store/redis/script_call.hpp"

#include "store/base/script_number.hpp"
#include "store/redis/link.hpp"

#include <array>

namespace invited::store::redis {

using boost::system::error_code;

void script_writer::begin(std::size_t key_count, std::size_t argument_count) {
  const script_number keys(static_cast<std::int64_t>(key_count));
  const std::array<std::string_view, 3> head = {by_source_ ? "EVAL" : "EVALSHA",
                                                by_source_ ? script_.source : script_.sha1, keys};
  out_.begin(head.size() + key_count + argument_count, head);
}

void script_writer::write(strings keys, strings args) {
  begin(keys.size(), args.size());
  out_.args({keys, args});
}

call::~call() {
  if (caller_) link_.abandon(*this);
}

/// False: the call could not be sent, and the caller goes on at once.
bool call::await_suspend(std::coroutine_handle<> caller) {
  if (send(false)) {
    caller_ = caller;
    return true;
  }
  ++link_.counts().unavailable;
  answer_ = make_error_code(errc::unavailable);
  return false;
}

bool call::send(bool by_source) {
  return link_.send(*this, [&](resp_writer out) { encode(out, by_source); });
}

void call::encode(resp_writer out, bool by_source) const {
  if (script_ == nullptr) return out.command({args_});
  script_writer to(out, *script_, by_source);
  if (made_ != nullptr) return made_->write_to(to);
  to.write(keys_, args_);
}

void call::complete(error_code ec, reply&& r) {
  if (ec) return fail(ec);
  if (r.kind() != kind::error) {
    answer_.emplace(std::move(r));
    return resume();
  }
  if (script_ != nullptr && !by_source_ && r.code() == "NOSCRIPT") {
    // Redis was restarted, or its scripts were flushed. Nothing ran, so this does not repeat anything.
    by_source_ = true;
    if (!send(true)) fail(make_error_code(errc::unavailable));
    return;
  }
  ++link_.counts().refused;
  link_.refused(r.code());
  finish(make_error_code(errc::refused));
}

void call::fail(error_code ec) {
  ++(ec == errc::unanswered ? link_.counts().unanswered : link_.counts().unavailable);
  finish(ec);
}

void call::finish(error_code ec) {
  answer_ = ec;
  resume();
}

/// The caller may destroy this.
void call::resume() {
  std::exchange(caller_, nullptr).resume();
}

} // namespace invited::store::redis

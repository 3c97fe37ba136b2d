#include "handlers/making/bulk_places.hpp"

#include <utility>

namespace invited::handlers {
namespace {

/// Neither issuer nor subject has a control character.
std::string key_of(const principal& who) {
  std::string key = who.issuer;
  key.append("\n").append(who.subject).append("\n");
  if (who.account_epoch) key += std::to_string(*who.account_epoch);
  return key;
}

} // namespace

class bulk_places::place {
public:
  place(bulk_places& of, std::string key) : all_(of), key_(std::move(key)) {
    const std::lock_guard guard(all_.lock_);
    taken_ = all_.taken_.insert(key_).second;
  }
  ~place() {
    if (!taken_) return;
    const std::lock_guard guard(all_.lock_);
    all_.taken_.erase(key_);
  }
  place(const place&) = delete;
  place& operator=(const place&) = delete;

  bool taken() const { return taken_; }

private:
  bulk_places& all_;
  const std::string key_;
  bool taken_ = false;
};

std::shared_ptr<const void> bulk_places::take(const principal& who) {
  auto mine = std::make_shared<const place>(*this, key_of(who));
  if (!mine->taken()) return nullptr;
  return mine;
}

} // namespace invited::handlers

#include "store/base/errc.hpp"

#include <string>

namespace invited::store {
namespace {

class category final : public boost::system::error_category {
public:
  const char* name() const noexcept override { return "invited.store"; }

  std::string message(int value) const override {
    switch (static_cast<errc>(value)) {
    case errc::unavailable: return "the store is not available";
    case errc::unanswered: return "the store did not answer in time";
    case errc::refused: return "the store refused the command";
    case errc::unexpected: return "the store's answer breaks the script's contract";
    case errc::key_unavailable: return "the record is sealed under a key that is not loaded";
    case errc::corrupt: return "the sealed record does not open";
    case errc::busy: return "too many costly reads wait already";
    }
    return "unknown store error";
  }
};

} // namespace

const boost::system::error_category& error_category() noexcept {
  static const category instance;
  return instance;
}

boost::system::error_code make_error_code(errc e) noexcept {
  return {static_cast<int>(e), error_category()};
}

} // namespace invited::store

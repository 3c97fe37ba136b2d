#include "handlers/images/qr_code.hpp"

#include <qrencode.h>

#include <memory>
#include <new>
#include <stdexcept>

namespace invited::handlers {

qr_code::qr_code(const std::string& text) {
  if (text.empty() || text.size() > longest) throw std::length_error("a text that no QR code holds");
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> made(
      QRcode_encodeData(static_cast<int>(text.size()), bytes, 0, QR_ECLEVEL_M), QRcode_free);
  if (!made) throw std::bad_alloc(); // everything else was ruled out
  side_ = static_cast<unsigned>(made->width);
  modules_.reserve(std::size_t{side_} * side_);
  for (std::size_t i = 0; i < std::size_t{side_} * side_; ++i) modules_.push_back((made->data[i] & 1) != 0);
}

} // namespace invited::handlers

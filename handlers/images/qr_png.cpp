#include "handlers/images/qr_code.hpp"

#include <png.h>

#include <csetjmp>
#include <memory>
#include <new>

namespace invited::handlers {
namespace {

// libpng leaves a failed call by longjmp, which skips destructors. So every object with a destructor is in
// draw_png(), which is not skipped. Only memory can fail.

struct png_struct_ends {
  png_infop info = nullptr;
  void operator()(png_structp png) { png_destroy_write_struct(&png, &info); }
};
using png_ptr = std::unique_ptr<png_struct, png_struct_ends>;

void on_error(png_structp png, png_const_charp) {
  png_longjmp(png, 1);
}
void on_warning(png_structp, png_const_charp) {}

void on_bytes(png_structp png, png_bytep bytes, std::size_t size) {
  bool taken = true;
  try {
    static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<const char*>(bytes), size);
  } catch (const std::bad_alloc&) {
    taken = false;
  }
  if (!taken) png_error(png, "memory"); // not from within the handler
}
void on_flush(png_structp) {}

/// Draws a row of pixels, a bit each, 1 for white. `y` counts modules from the quiet zone's edge.
void draw_row(const qr_code& code, unsigned y, unsigned scale, std::string& row) {
  row.assign((std::size_t{code.full_side()} * scale + 7) / 8, '\xff');
  if (y < qr_code::quiet_zone || y >= qr_code::quiet_zone + code.side()) return;
  for (unsigned x = 0; x < code.side(); ++x) {
    if (!code.dark(x, y - qr_code::quiet_zone)) continue;
    const unsigned from = (x + qr_code::quiet_zone) * scale;
    for (unsigned pixel = from; pixel < from + scale; ++pixel)
      row[pixel / 8] = static_cast<char>(row[pixel / 8] & ~(0x80 >> pixel % 8));
  }
}

bool begin(png_structp png, png_infop info, unsigned pixels) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  png_set_IHDR(png, info, pixels, pixels, 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  // Rows repeat, and with this filter a repeated one is all zeros.
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);
  png_write_info(png, info);
  return true;
}

bool write_rows(png_structp png, const std::string& row, unsigned times) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  for (unsigned i = 0; i < times; ++i) png_write_row(png, reinterpret_cast<png_const_bytep>(row.data()));
  return true;
}

bool end(png_structp png) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  png_write_end(png, nullptr);
  return true;
}

} // namespace

std::string draw_png(const qr_code& code, unsigned scale) {
  std::string out, row;
  png_ptr png(png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, on_error, on_warning));
  if (!png) throw std::bad_alloc();
  const png_infop info = png_create_info_struct(png.get());
  if (info == nullptr) throw std::bad_alloc();
  png.get_deleter().info = info;
  png_set_write_fn(png.get(), &out, on_bytes, on_flush);

  bool good = begin(png.get(), info, code.full_side() * scale);
  for (unsigned y = 0; good && y < code.full_side(); ++y) {
    draw_row(code, y, scale, row);
    good = write_rows(png.get(), row, scale);
  }
  if (!good || !end(png.get())) throw std::bad_alloc();
  return out;
}

} // namespace invited::handlers

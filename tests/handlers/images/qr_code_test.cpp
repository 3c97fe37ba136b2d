#include "handlers/images/qr_code.hpp"

#include "tests/support/qr_reader.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

namespace invited::handlers {
namespace {

/// A link with a base_url long enough to make it `size` bytes.
std::string link_of(std::size_t size) {
  const std::string end = "/invite/4c85db01-e312-47a5-a8e8-f8ff5fdd79b3";
  std::string link = "https://portal.example.org/";
  while (link.size() + end.size() < size) link += "a-b_c.d~%7E/"[link.size() % 12];
  return link + end;
}

unsigned big_endian(std::string_view bytes, std::size_t at) {
  unsigned n = 0;
  for (std::size_t i = at; i < at + 4; ++i) n = n << 8 | static_cast<unsigned char>(bytes[i]);
  return n;
}

BOOST_AUTO_TEST_SUITE(images_qr_code)

BOOST_AUTO_TEST_CASE(both_images_read_as_the_text) {
  for (const std::size_t size : {70U, 90U, 250U, 700U}) {
    const std::string link = link_of(size);
    const qr_code code(link);
    for (const unsigned scale : {2U, 3U, 8U, 11U}) {
      BOOST_TEST_CONTEXT(size << " bytes, scale " << scale) {
        BOOST_TEST(test::read_qr_png(draw_png(code, scale)) == link);
        BOOST_TEST(test::read_qr_svg(draw_svg(code, scale)) == link);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(the_longest_text_reads_too) {
  const std::string link = link_of(qr_code::longest);
  BOOST_REQUIRE(link.size() == qr_code::longest);
  const qr_code code(link);
  BOOST_TEST(code.side() == 177U);
  BOOST_TEST(test::read_qr_png(draw_png(code, 4)) == link);
  BOOST_TEST(test::read_qr_svg(draw_svg(code, 4)) == link);
  BOOST_CHECK_THROW(qr_code(link + "x"), std::length_error);
  BOOST_CHECK_THROW(qr_code(""), std::length_error);
}

BOOST_AUTO_TEST_CASE(what_means_something_elsewhere_is_taken_as_it_is) {
  const std::string text = "https://a.example/invite/%C3%BC+\"<&>' \x01~";
  BOOST_TEST(test::read_qr_png(draw_png(qr_code(text), 4)) == text);
}

BOOST_AUTO_TEST_CASE(a_png_has_its_scale_and_one_bit_a_pixel) {
  const qr_code code(link_of(70));
  for (const unsigned scale : {1U, 2U, 7U, 32U}) {
    const std::string png = draw_png(code, scale);
    BOOST_TEST(png.starts_with("\x89PNG\r\n\x1a\n"));
    BOOST_TEST(big_endian(png, 16) == code.full_side() * scale);
    BOOST_TEST(big_endian(png, 20) == code.full_side() * scale);
    BOOST_TEST(png[24] == 1); // bits
    BOOST_TEST(png[25] == 0); // grey
    BOOST_TEST(png.size() < 4000U);
  }
}

BOOST_AUTO_TEST_CASE(an_svg_is_plain_and_has_its_quiet_zone) {
  const qr_code code(link_of(70));
  const std::string svg = draw_svg(code, 8);
  const std::string side = std::to_string(code.full_side()), pixels = std::to_string(code.full_side() * 8);
  BOOST_TEST(svg.starts_with(R"(<svg xmlns="http://www.w3.org/2000/svg" width=")" + pixels + R"(" height=")" +
                             pixels + R"(" viewBox="0 0 )" + side + " " + side +
                             R"(" shape-rendering="crispEdges">)"));
  BOOST_TEST(svg.find(R"(d="M4 4h7v1h-7z)") != std::string::npos); // the first finder pattern begins
  for (const std::string_view never : {"<style", "style=", "<script", "href", "invite"})
    BOOST_TEST(svg.find(never) == std::string::npos, never);
  BOOST_TEST(svg.find("<path") == svg.rfind("<path"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers

#include "tests/support/qr_reader.hpp"

#include "tests/support/child_process.hpp"
#include "tests/support/temp_folder.hpp"

namespace invited::test {
namespace {

std::string output_of(std::vector<std::string> args) {
  child_process program("/usr/bin/env", std::move(args));
  program.wait();
  return program.out();
}

std::string read_file(const std::string& png) {
  std::string text = output_of({"zbarimg", "--quiet", "--raw", "--oneshot", png});
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

} // namespace

std::string read_qr_png(std::string_view png) {
  const temp_folder folder;
  return read_file(folder.write("qr.png", png));
}

std::string read_qr_svg(std::string_view svg) {
  const temp_folder folder;
  const std::string drawn = folder.path("qr.png");
  output_of({"rsvg-convert", "--output", drawn, folder.write("qr.svg", svg)});
  return read_file(drawn);
}

} // namespace invited::test

#include "tests/fuzz/fuzz.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

/// Replaces libFuzzer if inputs are only to be replayed. Gives a target every file of the named folders, in
/// the order of their names.
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_of(const fs::path& named) {
  std::vector<fs::path> files;
  if (!fs::is_directory(named)) return {named};
  for (const auto& entry : fs::directory_iterator(named)) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

bool replay(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  if (!in.good() && !in.eof()) return false;
  std::printf("%s\n", file.filename().c_str());
  std::fflush(stdout); // the last one named is the one that ended the process
  const auto exact = std::make_unique<std::uint8_t[]>(bytes.size());
  std::copy(bytes.begin(), bytes.end(), exact.get());
  return LLVMFuzzerTestOneInput(exact.get(), bytes.size()) == 0;
}

} // namespace

int main(int count, char** named) {
  std::size_t replayed = 0;
  for (int i = 1; i < count; ++i) {
    for (const fs::path& file : files_of(named[i])) {
      if (!replay(file)) {
        std::fprintf(stderr, "cannot be replayed: %s\n", file.c_str());
        return 1;
      }
      ++replayed;
    }
  }
  std::printf("%zu inputs\n", replayed);
  return replayed == 0 ? 1 : 0;
}

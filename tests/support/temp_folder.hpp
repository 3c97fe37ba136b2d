#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

#include <sys/stat.h>

namespace invited::test {

/// A folder for one test. It is deleted with everything in it.
class temp_folder {
public:
  temp_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "invited-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = name;
  }
  ~temp_folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  temp_folder(const temp_folder&) = delete;
  temp_folder& operator=(const temp_folder&) = delete;

  std::string path(std::string_view name) const { return (path_ / name).string(); }

  /// Writes a file with exactly this mode, whatever the umask is; returns its path.
  std::string write(std::string_view name, std::string_view text, mode_t mode = 0600) const {
    const auto file = path(name);
    std::ofstream{file, std::ios::binary} << text;
    if (::chmod(file.c_str(), mode) != 0) throw std::runtime_error("chmod");
    return file;
  }

private:
  std::filesystem::path path_;
};

} // namespace invited::test

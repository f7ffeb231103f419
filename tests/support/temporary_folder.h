// A folder that goes with its test.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace parley::testing {

class TemporaryFolder {
 public:
  TemporaryFolder() : TemporaryFolder(std::filesystem::temp_directory_path()) {}
  // In memory where the system has such a place: for tests that sync much and prove nothing by it.
  static std::filesystem::path InMemory() {
    const std::filesystem::path memory = "/dev/shm";
    return std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
  }
  explicit TemporaryFolder(const std::filesystem::path& parent)
      : path_((parent / "parley-XXXXXX").string()) {
    if (mkdtemp(path_.data()) == nullptr) std::abort();
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace parley::testing

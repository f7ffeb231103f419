#include "app/data_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/encoding.h"

namespace parley::app {
namespace {

namespace fs = std::filesystem;

base::Error Failure(std::string_view doing, const std::string& path) {
  const int reason = errno;
  return base::Error(
      reason == ENOENT ? base::ErrorCode::kNotFound : base::ErrorCode::kUnavailable,
      fmt::format("Cannot {} {}: {}", doing, path, std::strerror(reason)));
}

class HeldLock final : public FolderLock {
 public:
  explicit HeldLock(int fd) : fd_(fd) {}
  ~HeldLock() override { ::close(fd_); }

 private:
  const int fd_;
};

}  // namespace

base::Result<std::unique_ptr<FolderLock>> LockFolder(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    return base::Error(base::ErrorCode::kUnavailable,
                       fmt::format("Cannot make the data folder {}: {}. Choose another with --data",
                                   folder, error.message()));
  const std::string path = folder + "/lock";
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return Failure("open", path);
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd);
    return base::Error(
        base::ErrorCode::kUnavailable,
        fmt::format("Another Parley uses the data folder {}. Stop it, or choose another folder "
                    "with --data",
                    folder));
  }
  return std::unique_ptr<FolderLock>(std::make_unique<HeldLock>(fd));
}

base::Result<base::SealKey> LoadKey(const std::string& path, bool make, base::Random& random) {
  base::SealKey key;
  auto text = ReadFile(path);
  if (!text && text.error().code == base::ErrorCode::kNotFound && make) {
    random.Fill(key);
    const std::string_view bytes(reinterpret_cast<const char*>(key.data()), key.size());
    PARLEY_CHECK(WriteFile(path, base::ToHexText(bytes) + "\n"));
    return key;
  }
  if (!text) return text.error();
  while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
  const auto bytes = base::FromHexText(*text);
  if (!bytes || bytes->size() != key.size())
    return base::Error(base::ErrorCode::kUnavailable,
                       fmt::format("{} is not a key: 64 hex digits are expected", path));
  std::memcpy(key.data(), bytes->data(), key.size());
  return key;
}

base::Result<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Failure("read", path);
  return std::string{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

base::Result<void> WriteFile(const std::string& path, std::string_view content) {
  const std::string temporary = path + ".new";
  const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return Failure("write", temporary);
  const bool written = ::write(fd, content.data(), content.size()) ==
                           static_cast<ssize_t>(content.size()) &&
                       ::fsync(fd) == 0;
  ::close(fd);
  if (!written || ::rename(temporary.c_str(), path.c_str()) != 0) return Failure("write", path);
  const std::string folder = fs::path(path).parent_path().string();
  const int home = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (home < 0) return Failure("open", folder);
  const bool synced = ::fsync(home) == 0;
  ::close(home);
  if (!synced) return Failure("sync", folder);
  return {};
}

}  // namespace parley::app

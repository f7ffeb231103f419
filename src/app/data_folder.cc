#include "app/data_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>

#include "base/digest.h"
#include "base/encoding.h"

namespace parley::app {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;

class HeldLock final : public FolderLock {
 public:
  explicit HeldLock(int fd) : fd_(fd) {}
  ~HeldLock() override {
    (void)!::ftruncate(fd_, 0);
    ::close(fd_);
  }

 private:
  const int fd_;
};

// The process id that the holder wrote; 0 while it is about to.
int ReadHolder(int fd) {
  char text[16];
  const ssize_t size = ::pread(fd, text, sizeof text, 0);
  int pid = 0;
  if (size > 0) std::from_chars(text, text + size, pid);
  return pid;
}

// Makes the folder for its owner alone; one that is there stays as it is.
base::Result<void> MakeFolder(const std::string& folder) {
  std::error_code error;
  if (fs::is_directory(folder, error)) return {};
  error.clear();  // that there is none is no failure
  fs::path path = fs::path(folder).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();  // "data/"
  const fs::path parent = path.parent_path();
  if (!parent.empty()) fs::create_directories(parent, error);
  if (!error && ::mkdir(path.c_str(), 0700) == 0) return {};
  const std::string reason = error ? error.message() : std::strerror(errno);
  return Error(
      ErrorCode::kUnavailable,
      fmt::format("Cannot make the data folder {}: {}. Choose another with --data, or make "
                  "it and give it to the user who runs Parley",
                  folder, reason));
}

}  // namespace

base::Result<std::unique_ptr<FolderLock>> LockFolder(const std::string& folder) {
  PARLEY_CHECK(MakeFolder(folder));
  const std::string path = folder + "/" + std::string(kLockName);
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    return Error(
        ErrorCode::kUnavailable,
        fmt::format("Cannot write into the data folder {}: {}. Choose another with --data, "
                    "or give it to the user who runs Parley",
                    folder, std::strerror(errno)));
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    const int pid = ReadHolder(fd);
    ::close(fd);
    return Error(ErrorCode::kInvalidState,
                 fmt::format("Another Parley{} uses the data folder {}. Stop it, or choose another "
                             "folder with --data",
                             pid > 0 ? fmt::format(" (process {})", pid) : "", folder));
  }
  // Told to others only; a failure to write it is no reason to stop.
  const std::string pid = std::to_string(::getpid()) + "\n";
  if (::ftruncate(fd, 0) == 0) (void)!::pwrite(fd, pid.data(), pid.size(), 0);
  return std::unique_ptr<FolderLock>(std::make_unique<HeldLock>(fd));
}

int LockHolder(const std::string& folder) {
  const std::string path = folder + "/" + std::string(kLockName);
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  const bool is_free = ::flock(fd, LOCK_SH | LOCK_NB) == 0;
  const int pid = is_free ? 0 : ReadHolder(fd);
  ::close(fd);
  return pid;
}

base::Result<void> CheckRestored(const std::string& folder) {
  std::error_code error;
  if (!fs::exists(folder + "/" + std::string(kRestoringName), error)) return {};
  return Error(ErrorCode::kUnavailable,
               fmt::format("A restore into {} did not come to its end. Empty the folder and run "
                           "parley restore again",
                           folder));
}

base::Result<base::SealKey> LoadKey(const std::string& path, bool make, base::Random& random) {
  base::SealKey key;
  auto text = ReadFile(path);
  if (!text && text.error().code == ErrorCode::kNotFound && make) {
    random.Fill(key);
    const std::string_view bytes(reinterpret_cast<const char*>(key.data()), key.size());
    PARLEY_CHECK(WriteFile(path, base::ToHexText(bytes) + "\n"));
    return key;
  }
  if (!text) return text.error();
  while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
  const auto bytes = base::FromHexText(*text);
  if (!bytes || bytes->size() != key.size())
    return Error(
        ErrorCode::kUnavailable,
        fmt::format("{} is not a key: 64 hex digits are expected. Put the right file there, "
                    "or name another with --key-file",
                    path));
  std::memcpy(key.data(), bytes->data(), key.size());
  return key;
}

base::Result<base::SealKey> LoadFolderKey(const std::string& folder, const std::string& key_file,
                                          base::Random& random) {
  std::error_code error;
  const bool has_database = fs::exists(folder + "/" + std::string(kDatabaseName), error);
  const bool own_key = key_file.empty();
  const std::string path = own_key ? folder + "/" + std::string(kKeyName) : key_file;
  auto key = LoadKey(path, own_key && !has_database, random);
  if (key || key.error().code != ErrorCode::kNotFound) return key;
  return Error(ErrorCode::kUnavailable,
               own_key ? fmt::format("{} is missing, and what the database keeps sealed opens only "
                                     "with it. Put it back, from a backup, or name it with "
                                     "--key-file",
                                     path)
                       : fmt::format("There is no key file {}. Put the key there, or name another "
                                     "with --key-file",
                                     path));
}

std::string KeyFingerprint(const base::SealKey& key) {
  const std::string_view bytes(reinterpret_cast<const char*>(key.data()), key.size());
  const base::Digest digest = base::HmacSha256(bytes, "parley key fingerprint");
  return base::ToHexText(base::AsText(digest)).substr(0, 12);
}

}  // namespace parley::app

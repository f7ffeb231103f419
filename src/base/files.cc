#include "base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace parley::base {
namespace {

Error Failure(std::string_view doing, const std::string& path) {
  const int reason = errno;
  return Error(reason == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnavailable,
               fmt::format("Cannot {} {}: {}", doing, path, std::strerror(reason)));
}

bool WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Result<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Failure("read", path);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad() || std::filesystem::is_directory(path))
    return Error(ErrorCode::kUnavailable, fmt::format("Cannot read {}", path));
  return text;
}

Result<void> WriteFile(const std::string& path, std::string_view content) {
  const std::string temporary = path + ".new";
  const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return Failure("write", temporary);
  const bool written = WriteAll(fd, content) && ::fsync(fd) == 0;
  if (!written) {
    const Error error = Failure("write", path);
    ::close(fd);
    ::unlink(temporary.c_str());
    return error;
  }
  ::close(fd);
  if (::rename(temporary.c_str(), path.c_str()) != 0) return Failure("write", path);
  return SyncFolder(std::filesystem::path(path).parent_path().string());
}

Result<void> SyncFolder(const std::string& path) {
  const int fd = ::open(path.empty() ? "." : path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return Failure("open", path);
  const bool synced = ::fsync(fd) == 0;
  const Error error = Failure("sync", path);
  ::close(fd);
  if (!synced) return error;
  return {};
}

}  // namespace parley::base

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/log.h"
#include "sim/network/log.h"

namespace parley::sim::network {
namespace {

base::Error FileError(std::string_view what, const std::string& path) {
  const std::string reason = std::strerror(errno);
  return base::Error(base::ErrorCode::kUnavailable,
                     "The file of the simulated network cannot be " + std::string(what),
                     path + ": " + reason);
}

class FileLog final : public Log {
 public:
  FileLog(std::string path, int fd, std::uint64_t size)
      : path_(std::move(path)), fd_(fd), size_(size) {}
  ~FileLog() override { ::close(fd_); }

  std::uint64_t size() const override { return size_; }
  base::Result<void> Append(std::string_view bytes) override;
  base::Result<std::string> Read(std::uint64_t offset, std::size_t length) const override;
  base::Result<void> Truncate(std::uint64_t size) override;

 private:
  const std::string path_;
  const int fd_;
  std::uint64_t size_;
  bool broken_ = false;  // holds half a write that could not be cut off
};

base::Result<void> FileLog::Append(std::string_view bytes) {
  if (broken_) return base::Error(base::ErrorCode::kUnavailable, {}, path_ + ": write failed");
  ssize_t written = 0;
  do {
    written = ::write(fd_, bytes.data(), bytes.size());
  } while (written < 0 && errno == EINTR);
  if (written == static_cast<ssize_t>(bytes.size())) {
    size_ += bytes.size();
    return {};
  }
  if (written >= 0) errno = ENOSPC;  // a short write to a file: the disk is full
  base::Error error = FileError("written", path_);
  if (written > 0 && ::ftruncate(fd_, static_cast<off_t>(size_)) != 0) {
    broken_ = true;
    base::LogError("Half a record could not be cut off; nothing more is written",
                   {{"path", path_}, {"size", size_}});
  }
  return error;
}

base::Result<std::string> FileLog::Read(std::uint64_t offset, std::size_t length) const {
  std::string bytes;
  if (offset >= size_) return bytes;
  bytes.resize(std::min<std::uint64_t>(length, size_ - offset));
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got =
        ::pread(fd_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FileError("read", path_);
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

base::Result<void> FileLog::Truncate(std::uint64_t size) {
  if (::ftruncate(fd_, static_cast<off_t>(size)) != 0) return FileError("cut", path_);
  size_ = size;
  return {};
}

}  // namespace

base::Result<std::unique_ptr<Log>> OpenFileLog(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) return FileError("opened", path);
  struct stat status;
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0 || ::fstat(fd, &status) != 0) {
    base::Error error =
        FileError(errno == EWOULDBLOCK ? "opened: another process has it" : "opened", path);
    ::close(fd);
    return error;
  }
  return std::unique_ptr<Log>(
      std::make_unique<FileLog>(path, fd, static_cast<std::uint64_t>(status.st_size)));
}

}  // namespace parley::sim::network

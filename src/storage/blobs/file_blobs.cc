#include "storage/blobs/file_blobs.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <utility>

namespace parley::storage {
namespace {

namespace fs = std::filesystem;

base::Error Failure(std::string_view doing, const std::string& path) {
  const int reason = errno;
  return base::Error(
      reason == ENOENT ? base::ErrorCode::kNotFound : base::ErrorCode::kUnavailable, "",
      fmt::format("cannot {} {}: {}", doing, path, std::strerror(reason)));
}

bool IsDigest(std::string_view text) {
  return text.size() == 64 &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

base::Result<void> SyncFolder(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return Failure("open", path);
  const bool synced = ::fsync(fd) == 0;
  ::close(fd);
  if (!synced) return Failure("sync", path);
  return {};
}

// A file being written; removed again unless it is committed.
class FileWriter final : public core::BlobStore::Writer {
 public:
  FileWriter(std::string folder, std::string path, int fd)
      : folder_(std::move(folder)), path_(std::move(path)), fd_(fd) {}
  ~FileWriter() override {
    if (fd_ < 0) return;
    ::close(fd_);
    ::unlink(path_.c_str());
  }

  base::Result<void> Write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return Failure("write", path_);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
  }

  base::Result<void> Commit(const std::string& sha256) override {
    const std::string home = folder_ + "/" + sha256.substr(0, 2);
    const std::string path = home + "/" + sha256.substr(2);
    if (::fsync(fd_) != 0) return Failure("sync", path_);
    ::close(std::exchange(fd_, -1));
    if (::mkdir(home.c_str(), 0700) == 0) {
      PARLEY_CHECK(SyncFolder(folder_));
    } else if (errno != EEXIST) {
      return Failure("make", home);
    }
    if (::rename(path_.c_str(), path.c_str()) != 0) return Failure("rename", path_);
    return SyncFolder(home);
  }

 private:
  const std::string folder_, path_;
  int fd_;
};

class FileBlobs final : public core::BlobStore {
 public:
  explicit FileBlobs(std::string folder) : folder_(std::move(folder)) {}

  base::Result<void> Store(const std::string& sha256, std::string_view bytes) override {
    if (PathOf(sha256)) return {};
    PARLEY_TRY(writer, NewWriter());
    PARLEY_CHECK(writer->Write(bytes));
    return writer->Commit(sha256);
  }

  base::Result<std::string> Read(const std::string& sha256) const override {
    PARLEY_TRY(path, PathOf(sha256));
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file.good() && !file.eof()) return Failure("read", path);
    return bytes;
  }

  base::Result<std::string> PathOf(const std::string& sha256) const override {
    if (!IsDigest(sha256)) return base::ErrorCode::kNotFound;
    std::string path = folder_ + "/" + sha256.substr(0, 2) + "/" + sha256.substr(2);
    if (::access(path.c_str(), R_OK) != 0) return Failure("open", path);
    return path;
  }

  base::Result<void> Delete(const std::string& sha256) override {
    PARLEY_TRY(path, PathOf(sha256));
    if (::unlink(path.c_str()) != 0) return Failure("delete", path);
    return {};
  }

  base::Result<std::unique_ptr<Writer>> NewWriter() override {
    const std::string path = fmt::format("{}/incoming/{}-{}", folder_, ::getpid(), next_++);
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return Failure("make", path);
    return std::unique_ptr<Writer>(std::make_unique<FileWriter>(folder_, path, fd));
  }

 private:
  const std::string folder_;
  std::atomic<std::uint64_t> next_{0};
};

class MemoryBlobs final : public core::BlobStore {
 public:
  base::Result<void> Store(const std::string& sha256, std::string_view bytes) override {
    blobs_[sha256] = bytes;
    return {};
  }
  base::Result<std::string> Read(const std::string& sha256) const override {
    const auto found = blobs_.find(sha256);
    if (found == blobs_.end()) return base::ErrorCode::kNotFound;
    return found->second;
  }
  base::Result<std::string> PathOf(const std::string&) const override {
    return base::Error(base::ErrorCode::kNotFound, "", "blobs in memory have no path");
  }
  base::Result<void> Delete(const std::string& sha256) override {
    if (blobs_.erase(sha256) == 0) return base::ErrorCode::kNotFound;
    return {};
  }
  base::Result<std::unique_ptr<Writer>> NewWriter() override {
    return std::unique_ptr<Writer>(std::make_unique<MemoryWriter>(*this));
  }

 private:
  class MemoryWriter final : public Writer {
   public:
    explicit MemoryWriter(MemoryBlobs& blobs) : blobs_(blobs) {}
    base::Result<void> Write(std::string_view bytes) override {
      bytes_ += bytes;
      return {};
    }
    base::Result<void> Commit(const std::string& sha256) override {
      return blobs_.Store(sha256, bytes_);
    }

   private:
    MemoryBlobs& blobs_;
    std::string bytes_;
  };

  std::map<std::string, std::string> blobs_;
};

}  // namespace

base::Result<std::unique_ptr<core::BlobStore>> OpenBlobFolder(const std::string& folder) {
  std::error_code error;
  fs::remove_all(folder + "/incoming", error);  // what an earlier process did not finish
  fs::create_directories(folder + "/incoming", error);
  if (error)
    return base::Error(base::ErrorCode::kUnavailable,
                       fmt::format("Cannot make the media folder {}: {}", folder, error.message()));
  return std::unique_ptr<core::BlobStore>(std::make_unique<FileBlobs>(folder));
}

std::unique_ptr<core::BlobStore> MakeMemoryBlobs() { return std::make_unique<MemoryBlobs>(); }

}  // namespace parley::storage

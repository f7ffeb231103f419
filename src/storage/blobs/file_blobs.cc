#include "storage/blobs/file_blobs.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <numeric>
#include <utility>

#include "base/encoding.h"

namespace parley::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kIncoming = "incoming";

// `missing`: what it means that a file is not there.
base::Error Failure(std::string_view doing, const std::string& path,
                    base::ErrorCode missing = base::ErrorCode::kUnavailable) {
  const int reason = errno;
  return base::Error(reason == ENOENT ? missing : base::ErrorCode::kUnavailable, "",
                     fmt::format("cannot {} {}: {}", doing, path, std::strerror(reason)));
}

bool IsDigest(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

base::Result<void> SyncFolder(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return Failure("open", path);
  const bool synced = ::fsync(fd) == 0;
  const base::Error failure = Failure("sync", path);
  ::close(fd);
  if (!synced) return failure;
  return {};
}

base::Time TimeOf(const timespec& time) {
  return base::FromUnixMs(std::int64_t{time.tv_sec} * 1000 + time.tv_nsec / 1'000'000);
}

class FileBlobs final : public BlobFolder {
 public:
  FileBlobs(std::string folder, std::int64_t max_size)
      : folder_(std::move(folder)), max_size_(max_size) {}

  base::Result<void> Store(const std::string& sha256, std::string_view bytes) override;
  base::Result<std::string> Read(const std::string& sha256) const override;
  base::Result<std::string> PathOf(const std::string& sha256) const override;
  base::Result<void> Renew(const std::string& sha256) override;
  base::Result<void> Delete(const std::string& sha256, base::Time stored_before) override;
  base::Result<std::vector<std::string>> Shelf(std::uint8_t first) const override;
  std::int64_t Size() const override;
  base::Result<std::unique_ptr<Writer>> NewWriter() override;

  // Gives a complete and synced file its name.
  base::Result<void> Keep(const std::string& incoming, const std::string& sha256);

 private:
  std::string HomeOf(std::string_view sha256) const {
    return fmt::format("{}/{}", folder_, sha256.substr(0, 2));
  }

  std::int64_t& SizeOfShelf(std::string_view sha256) const {
    return sizes_[base::FromHexText(sha256.substr(0, 2))->front() & 0xff];
  }

  const std::string folder_;
  const std::int64_t max_size_;
  std::atomic<std::uint64_t> next_{0};
  // Held while a name appears, is renewed or goes, so that Delete sees all or nothing of it.
  mutable std::mutex names_;
  mutable std::array<std::int64_t, 256> sizes_{};  // of each shelf; guarded by names_
};

// A file being written; removed again unless it is committed.
class FileWriter final : public core::BlobStore::Writer {
 public:
  FileWriter(FileBlobs& blobs, std::string path, int fd)
      : blobs_(blobs), path_(std::move(path)), fd_(fd) {}
  ~FileWriter() override {
    if (fd_ >= 0) ::close(fd_);
    if (!kept_) ::unlink(path_.c_str());
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
    if (::fsync(fd_) != 0) return Failure("sync", path_);
    ::close(std::exchange(fd_, -1));
    PARLEY_CHECK(blobs_.Keep(path_, sha256));
    kept_ = true;
    return {};
  }

 private:
  FileBlobs& blobs_;
  const std::string path_;
  int fd_;
  bool kept_ = false;
};

base::Result<void> FileBlobs::Store(const std::string& sha256, std::string_view bytes) {
  if (Renew(sha256)) return {};
  PARLEY_TRY(writer, NewWriter());
  PARLEY_CHECK(writer->Write(bytes));
  return writer->Commit(sha256);
}

base::Result<std::string> FileBlobs::Read(const std::string& sha256) const {
  PARLEY_TRY(path, PathOf(sha256));
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file.good() && !file.eof()) return Failure("read", path);
  return bytes;
}

base::Result<std::string> FileBlobs::PathOf(const std::string& sha256) const {
  if (!IsDigest(sha256)) return base::ErrorCode::kNotFound;
  std::string path = HomeOf(sha256) + "/" + sha256.substr(2);
  if (::access(path.c_str(), R_OK) != 0) return Failure("open", path, base::ErrorCode::kNotFound);
  return path;
}

base::Result<void> FileBlobs::Renew(const std::string& sha256) {
  PARLEY_TRY(path, PathOf(sha256));
  {
    const std::lock_guard lock(names_);
    if (::utimensat(AT_FDCWD, path.c_str(), nullptr, 0) != 0)
      return Failure("renew", path, base::ErrorCode::kNotFound);
  }
  // Whoever stored it first may not have come to syncing the folder yet.
  return SyncFolder(HomeOf(sha256));
}

base::Result<void> FileBlobs::Delete(const std::string& sha256, base::Time stored_before) {
  PARLEY_TRY(path, PathOf(sha256));
  const std::lock_guard lock(names_);
  struct stat about = {};
  if (::stat(path.c_str(), &about) != 0)
    return Failure("look at", path, base::ErrorCode::kNotFound);
  if (TimeOf(about.st_mtim) >= stored_before) return {};
  if (::unlink(path.c_str()) != 0) return Failure("delete", path, base::ErrorCode::kNotFound);
  SizeOfShelf(sha256) -= about.st_size;
  return {};
}

base::Result<std::vector<std::string>> FileBlobs::Shelf(std::uint8_t first) const {
  const std::string name = fmt::format("{:02x}", first);
  std::vector<std::string> digests;
  std::error_code error;
  std::int64_t size = 0;
  for (fs::directory_iterator entry(folder_ + "/" + name, error), end; !error && entry != end;
       entry.increment(error)) {
    std::string digest = name + entry->path().filename().string();
    if (!IsDigest(digest)) continue;
    std::error_code gone;
    const std::uintmax_t bytes = entry->file_size(gone);
    if (!gone) size += static_cast<std::int64_t>(bytes);
    digests.push_back(std::move(digest));
  }
  if (error && error != std::errc::no_such_file_or_directory)
    return base::Error(base::ErrorCode::kUnavailable, "",
                       fmt::format("cannot list {}/{}: {}", folder_, name, error.message()));
  {
    const std::lock_guard lock(names_);
    sizes_[first] = size;
  }
  std::sort(digests.begin(), digests.end());
  return digests;
}

std::int64_t FileBlobs::Size() const {
  const std::lock_guard lock(names_);
  return std::accumulate(sizes_.begin(), sizes_.end(), std::int64_t{0});
}

base::Result<std::unique_ptr<core::BlobStore::Writer>> FileBlobs::NewWriter() {
  if (Size() >= max_size_)
    return base::Error(base::ErrorCode::kUnavailable, "There is no room for media at the moment",
                       fmt::format("{} holds {} bytes, as much as is allowed", folder_, max_size_));
  std::string path = fmt::format("{}/{}/{}-{}", folder_, kIncoming, ::getpid(), next_++);
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return Failure("make", path);
  return std::unique_ptr<Writer>(std::make_unique<FileWriter>(*this, std::move(path), fd));
}

base::Result<void> FileBlobs::Keep(const std::string& incoming, const std::string& sha256) {
  if (!IsDigest(sha256)) return base::Error(base::ErrorCode::kInternal, "", "not a digest");
  const std::string home = HomeOf(sha256), path = home + "/" + sha256.substr(2);
  {
    const std::lock_guard lock(names_);
    struct stat about = {}, before = {};
    if (::stat(path.c_str(), &before) != 0) before.st_size = 0;
    if (::stat(incoming.c_str(), &about) != 0 || ::rename(incoming.c_str(), path.c_str()) != 0)
      return Failure("rename", incoming);
    SizeOfShelf(sha256) += about.st_size - before.st_size;
  }
  return SyncFolder(home);
}

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
  base::Result<void> Renew(const std::string& sha256) override {
    if (!blobs_.contains(sha256)) return base::ErrorCode::kNotFound;
    return {};
  }
  base::Result<void> Delete(const std::string& sha256, base::Time) override {
    if (blobs_.erase(sha256) == 0) return base::ErrorCode::kNotFound;
    return {};
  }
  base::Result<std::vector<std::string>> Shelf(std::uint8_t first) const override {
    const std::string name = fmt::format("{:02x}", first);
    std::vector<std::string> digests;
    for (auto it = blobs_.lower_bound(name); it != blobs_.end() && it->first.starts_with(name);
         ++it)
      digests.push_back(it->first);
    return digests;
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

// Removes what an earlier process did not finish.
void Sweep(const std::string& incoming, std::error_code& error) {
  fs::directory_iterator entry(incoming, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    std::error_code ignored;
    fs::remove(entry->path(), ignored);
  }
}

}  // namespace

base::Result<std::unique_ptr<BlobFolder>> OpenBlobFolder(const std::string& folder,
                                                         std::int64_t max_size) {
  const auto failed = [&](std::string_view why) {
    return base::Error(base::ErrorCode::kUnavailable,
                       fmt::format("Cannot use the media folder {}: {}", folder, why));
  };
  std::error_code error;
  const std::string incoming = fmt::format("{}/{}", folder, kIncoming);
  fs::create_directories(incoming, error);
  const fs::path parent = error ? fs::path() : fs::absolute(folder, error).parent_path();
  if (!error) Sweep(incoming, error);
  if (error) return failed(error.message());
  // All of them now, so that none has to be made durable later, beside the file in it.
  for (int i = 0; i < 256; ++i)
    if (::mkdir(fmt::format("{}/{:02x}", folder, i).c_str(), 0700) != 0 && errno != EEXIST)
      return failed(std::strerror(errno));
  for (const std::string& path : {folder, parent.string()})
    if (auto synced = SyncFolder(path); !synced) return failed(synced.error().detail);
  return std::unique_ptr<BlobFolder>(std::make_unique<FileBlobs>(folder, max_size));
}

std::unique_ptr<core::BlobStore> MakeMemoryBlobs() { return std::make_unique<MemoryBlobs>(); }

}  // namespace parley::storage

#include "sim/network/media_shelf.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <vector>

#include "base/digest.h"
#include "base/encoding.h"
#include "sim/network/message.h"
#include "sim/network/person.h"

namespace parley::sim::network {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiece = 256 * 1024;

base::Result<void> CheckSize(std::uint64_t size) {
  if (size == 0) return base::ErrorCode::kMediaEmpty;
  if (size > static_cast<std::uint64_t>(kMaxMedia)) return base::ErrorCode::kMediaTooLarge;
  return {};
}

base::Error FolderError(const std::string& path, const std::string& why) {
  return base::Error(base::ErrorCode::kUnavailable,
                     "The media folder of the simulated network cannot be used", path + ": " + why);
}

std::string HexOf(const base::Digest& digest) { return base::ToHexText(base::AsText(digest)); }

class MediaFolder final : public MediaShelf {
 public:
  explicit MediaFolder(std::string folder) : folder_(std::move(folder)) {}

  base::Result<std::string> Store(std::string_view bytes) override;
  base::Result<std::string> StoreFile(const std::string& path) override;
  base::Result<StoredMedia> Open(std::string_view sha256) const override;

 private:
  // A name of its own for bytes that are not complete yet.
  std::string IncomingPath() { return fmt::format("{}/.incoming-{}", folder_, ++incoming_); }
  base::Result<std::string> Keep(const std::string& incoming, const base::Digest& digest);
  base::Error Discard(const std::string& incoming, const std::string& why);

  const std::string folder_;
  std::uint64_t incoming_ = 0;
};

base::Result<std::string> MediaFolder::Store(std::string_view bytes) {
  PARLEY_CHECK(CheckSize(bytes.size()));
  const std::string incoming = IncomingPath();
  std::ofstream file(incoming, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) return Discard(incoming, "write failed");
  return Keep(incoming, base::Sha256(bytes));
}

base::Result<std::string> MediaFolder::StoreFile(const std::string& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  std::ifstream from(path, std::ios::binary);
  if (error || !from) return base::Error(base::ErrorCode::kNotFound, "No such file", path);
  PARLEY_CHECK(CheckSize(size));
  const std::string incoming = IncomingPath();
  std::ofstream file(incoming, std::ios::binary | std::ios::trunc);
  base::Sha256Stream digest;
  std::vector<char> piece(kPiece);
  std::uint64_t left = size;  // a file that grows meanwhile is taken as it was
  while (left > 0 && file) {
    from.read(piece.data(), static_cast<std::streamsize>(std::min<std::uint64_t>(left, kPiece)));
    const auto got = static_cast<std::size_t>(from.gcount());
    if (got == 0) return Discard(incoming, "the source ended early");
    digest.Add(std::string_view(piece.data(), got));
    file.write(piece.data(), static_cast<std::streamsize>(got));
    left -= got;
  }
  file.close();
  if (!file) return Discard(incoming, "write failed");
  return Keep(incoming, digest.Finish());
}

base::Result<StoredMedia> MediaFolder::Open(std::string_view sha256) const {
  // Checked before it becomes part of a path.
  if (!IsSha256(sha256)) return base::ErrorCode::kNotFound;
  StoredMedia media;
  media.path = fmt::format("{}/{}", folder_, sha256);
  std::error_code error;
  const std::uintmax_t size = fs::file_size(media.path, error);
  if (error) return base::ErrorCode::kNotFound;
  media.size = static_cast<std::int64_t>(size);
  return media;
}

base::Result<std::string> MediaFolder::Keep(const std::string& incoming,
                                            const base::Digest& digest) {
  std::string sha256 = HexOf(digest);
  std::error_code error;
  fs::rename(incoming, folder_ + "/" + sha256, error);
  if (error) return Discard(incoming, error.message());
  return sha256;
}

base::Error MediaFolder::Discard(const std::string& incoming, const std::string& why) {
  std::error_code ignored;
  fs::remove(incoming, ignored);
  return FolderError(folder_, why);
}

class MemoryMedia final : public MediaShelf {
 public:
  base::Result<std::string> Store(std::string_view bytes) override {
    PARLEY_CHECK(CheckSize(bytes.size()));
    std::string sha256 = HexOf(base::Sha256(bytes));
    stored_.try_emplace(sha256, std::make_shared<const std::string>(bytes));
    return sha256;
  }

  base::Result<std::string> StoreFile(const std::string& path) override {
    std::error_code error;
    const std::uintmax_t size = fs::file_size(path, error);
    std::ifstream from(path, std::ios::binary);
    if (error || !from) return base::Error(base::ErrorCode::kNotFound, "No such file", path);
    PARLEY_CHECK(CheckSize(size));
    std::string bytes(size, '\0');
    from.read(bytes.data(), static_cast<std::streamsize>(size));
    if (static_cast<std::uintmax_t>(from.gcount()) != size)
      return FolderError(path, "the source ended early");
    return Store(bytes);
  }

  base::Result<StoredMedia> Open(std::string_view sha256) const override {
    const auto found = stored_.find(sha256);
    if (found == stored_.end()) return base::ErrorCode::kNotFound;
    StoredMedia media;
    media.bytes = found->second;
    media.size = static_cast<std::int64_t>(found->second->size());
    return media;
  }

 private:
  std::map<std::string, std::shared_ptr<const std::string>, std::less<>> stored_;
};

}  // namespace

base::Result<std::unique_ptr<MediaShelf>> OpenMediaFolder(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return FolderError(path, error.message());
  fs::directory_iterator entry(path, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    // What a process that was killed left half-written.
    std::error_code ignored;
    if (entry->path().filename().string().starts_with(".incoming-"))
      fs::remove(entry->path(), ignored);
  }
  if (error) return FolderError(path, error.message());
  return std::unique_ptr<MediaShelf>(std::make_unique<MediaFolder>(path));
}

std::unique_ptr<MediaShelf> MakeMemoryMedia() { return std::make_unique<MemoryMedia>(); }

}  // namespace parley::sim::network

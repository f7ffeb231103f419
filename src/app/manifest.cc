#include "app/manifest.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include "app/data_folder.h"
#include "base/digest.h"
#include "base/encoding.h"
#include "base/files.h"

namespace parley::app {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::string_view kHeadMark = "# Parley backup ";
constexpr std::string_view kMediaFolder = "media/";
constexpr std::string_view kSimFolder = "sim/";
constexpr std::size_t kShortSum = 16;
constexpr std::size_t kPiece = 256 * 1024;
// What lies at the top of a backup, besides the two folders.
constexpr std::string_view kTopNames[] = {kDatabaseName, kKeyName, kDemoName};

bool IsHex(std::string_view text, std::size_t size) {
  return text.size() == size &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// No way out of the folder, and nothing that a backup does not hold.
bool IsBackupPath(const BackupFile& file) {
  const std::string& path = file.path;
  if (path.find("..") != std::string::npos || path.find("//") != std::string::npos ||
      path.size() > 300 || path.find_first_of(std::string_view("\\\0", 2)) != std::string::npos)
    return false;
  if (path.starts_with(kMediaFolder))
    return path == fmt::format("media/{}/{}", file.sha256.substr(0, 2), file.sha256.substr(2));
  const std::string ending = "." + file.sha256.substr(0, kShortSum);
  if (!path.ends_with(ending)) return false;
  if (path.starts_with(kSimFolder)) return true;
  const std::string_view name = std::string_view(path).substr(0, path.size() - ending.size());
  return std::find(std::begin(kTopNames), std::end(kTopNames), name) != std::end(kTopNames);
}

Error Damaged(const std::string& path, std::string_view how) {
  return Error(ErrorCode::kUnavailable,
               fmt::format("{} is damaged: {}. Use another backup", path, how));
}

base::Result<BackupHead> ReadHead(const std::string& path, std::string_view line) {
  if (!line.starts_with(kHeadMark)) return Damaged(path, "its first line is not Parley's");
  line.remove_prefix(kHeadMark.size());
  PARLEY_TRY(value, base::ParseJson(line));
  // The format comes first: a newer one may have other members.
  const base::json::value* format =
      value.is_object() ? base::Find(value.get_object(), "format") : nullptr;
  if (format == nullptr || !format->is_int64()) return Damaged(path, "it does not tell its format");
  if (format->get_int64() > kBackupFormat)
    return Error(
        ErrorCode::kUnavailable,
        fmt::format("The backup has format {}, this Parley knows up to {}: restore it with "
                    "the newer Parley that wrote it",
                    format->get_int64(), kBackupFormat));
  return base::Decode<BackupHead>(value);
}

base::Error CopyError(std::string_view doing, const std::string& path) {
  const int reason = errno;
  return Error(reason == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnavailable,
               fmt::format("Cannot {} {}: {}", doing, path, std::strerror(reason)));
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  const int fd_;
};

bool WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// Reads `from` to its end; writes it to `out` unless that is negative.
base::Result<CopiedFile> Pump(const std::string& from, int out, const std::string& to) {
  const Descriptor in(::open(from.c_str(), O_RDONLY | O_CLOEXEC));
  if (in.get() < 0) return CopyError("read", from);
  const auto piece = std::make_unique<char[]>(kPiece);
  base::Sha256Stream digest;
  CopiedFile copied;
  while (true) {
    const ssize_t got = ::read(in.get(), piece.get(), kPiece);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return CopyError("read", from);
    if (got == 0) break;
    const std::string_view bytes(piece.get(), static_cast<std::size_t>(got));
    digest.Add(bytes);
    copied.bytes += got;
    if (out >= 0 && !WriteAll(out, bytes)) return CopyError("write", to);
  }
  copied.sha256 = base::ToHexText(base::AsText(digest.Finish()));
  return copied;
}

}  // namespace

std::string PrintManifest(const Manifest& manifest) {
  std::string text = std::string(kHeadMark) + base::EncodeText(manifest.head) + "\n";
  for (const BackupFile& file : manifest.files)
    text += fmt::format("{}  {}\n", file.sha256, file.path);
  return text;
}

base::Result<Manifest> ReadManifest(const std::string& folder) {
  const std::string path = folder + "/" + std::string(kManifestName);
  PARLEY_TRY(text, base::ReadFile(path));
  std::string_view rest = text;
  const auto next_line = [&rest] {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return line;
  };
  Manifest manifest;
  PARLEY_TRY(head, ReadHead(path, next_line()));
  manifest.head = head;
  while (!rest.empty()) {
    const std::string_view line = next_line();
    BackupFile file;
    file.sha256 = line.substr(0, 64);
    if (!IsHex(file.sha256, 64) || line.size() < 67 || line.substr(64, 2) != "  ")
      return Damaged(path, "a line is not a sum and a name");
    file.path = line.substr(66);
    if (!IsBackupPath(file)) return Damaged(path, "it names a file that no backup has");
    manifest.files.push_back(std::move(file));
  }
  if (static_cast<std::int64_t>(manifest.files.size()) != manifest.head.files)
    return Damaged(path, "lines are missing");
  return manifest;
}

std::string DataPathOf(const BackupFile& file) {
  if (file.path.starts_with(kMediaFolder)) return file.path;
  return file.path.substr(0, file.path.size() - kShortSum - 1);
}

std::string BackupPathOf(std::string_view data_path, std::string_view sha256) {
  return fmt::format("{}.{}", data_path, sha256.substr(0, kShortSum));
}

base::Result<CopiedFile> CopyFile(const std::string& from, const std::string& to,
                                  std::string_view expected) {
  const std::string temporary = to + ".new";
  const auto copy = [&]() -> base::Result<CopiedFile> {
    const Descriptor out(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (out.get() < 0) return CopyError("write", temporary);
    PARLEY_TRY(copied, Pump(from, out.get(), to));
    if (!expected.empty() && copied.sha256 != expected)
      return Error(ErrorCode::kMediaWrongType,
                   fmt::format("{} is damaged: its SHA-256 is not what it should be", from));
    if (::fsync(out.get()) != 0) return CopyError("write", to);
    return copied;
  };
  auto copied = copy();
  if (copied && ::rename(temporary.c_str(), to.c_str()) != 0) copied = CopyError("write", to);
  if (!copied) ::unlink(temporary.c_str());
  return copied;
}

base::Result<CopiedFile> DigestFile(const std::string& path) { return Pump(path, -1, ""); }

}  // namespace parley::app

#include "app/backup.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>

#include "app/data_folder.h"
#include "base/version.h"
#include "storage/sqlite/database_file.h"

namespace parley::app {
namespace {

namespace fs = std::filesystem;
using base::Error;
using base::ErrorCode;

constexpr std::string_view kSimName = "sim";

// Whether `inner` is `outer` or lies below it.
bool IsInside(const fs::path& inner, const fs::path& outer) {
  const auto [end, ignored] = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
  return end == outer.end();
}

// Makes the folder, or finds a backup in it; anything else is left alone.
base::Result<std::vector<BackupFile>> OpenBackupFolder(const std::string& folder,
                                                       const std::string& data) {
  std::error_code error;
  fs::path target = fs::weakly_canonical(folder, error);
  if (!target.has_filename()) target = target.parent_path();
  if (IsInside(target, fs::weakly_canonical(data, error)))
    return Error(ErrorCode::kInvalidState,
                 fmt::format("{} lies inside the data folder. Choose another place", folder));
  auto known = ReadManifest(folder);
  if (known) return std::move(known->files);
  if (known.error().code != ErrorCode::kNotFound) return known.error();
  fs::create_directories(target.parent_path(), error);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    return Error(ErrorCode::kUnavailable,
                 fmt::format("Cannot make {}: {}", folder, std::strerror(errno)));
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    // What a backup that did not come to its end has left.
    const std::string name = entry.path().filename().string();
    const bool is_ours = name == kLockName || name == kMediaName || name == kSimName ||
                         name.starts_with(std::string(kDatabaseName) + ".") ||
                         name.starts_with(std::string(kKeyName) + ".") ||
                         name.starts_with(std::string(kDemoName) + ".");
    if (!is_ours)
      return Error(
          ErrorCode::kInvalidState,
          fmt::format("{} is not empty and holds no backup of Parley. Choose another folder",
                      folder));
  }
  if (error)
    return Error(ErrorCode::kUnavailable,
                 fmt::format("Cannot read {}: {}", folder, error.message()));
  return std::vector<BackupFile>();
}

// Makes durable what another has written, for its owner's eyes alone.
base::Result<void> SyncFile(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = fd >= 0 && ::fchmod(fd, 0600) == 0 && ::fsync(fd) == 0;
  const int reason = errno;
  if (fd >= 0) ::close(fd);
  if (synced) return {};
  return Error(ErrorCode::kUnavailable,
               fmt::format("Cannot write {}: {}", path, std::strerror(reason)));
}

class BackupMaker {
 public:
  BackupMaker(const BackupSource& source, std::string folder, BackupReport& report)
      : source_(source), folder_(std::move(folder)), report_(report) {}

  base::Result<Manifest> Make(bool with_key) {
    // The database first: the media that it names was there before it.
    PARLEY_CHECK(AddDatabase());
    PARLEY_CHECK(AddMedia());
    PARLEY_CHECK(AddSimulatedNetwork());
    if (with_key && source_.has_own_key) {
      PARLEY_CHECK(AddFile(std::string(kKeyName)));
      manifest_.head.key_included = true;
    }
    if (with_key) PARLEY_CHECK(AddFile(std::string(kDemoName)));
    manifest_.head.files = static_cast<std::int64_t>(manifest_.files.size());
    return std::move(manifest_);
  }

 private:
  std::string InData(const std::string& path) const { return source_.data + "/" + path; }
  std::string InBackup(const std::string& path) const { return folder_ + "/" + path; }

  base::Result<void> AddDatabase() {
    const std::string temporary = InBackup(std::string(kDatabaseName)) + ".new";
    std::error_code error;
    fs::remove(temporary, error);
    if (auto made = source_.copy_database(temporary); !made)
      return Error(
          ErrorCode::kUnavailable,
          fmt::format("Cannot copy the database to {}: {}", temporary,
                      made.error().detail.empty() ? made.error().text : made.error().detail));
    PARLEY_TRY(schema, storage::SchemaOf(temporary));
    manifest_.head.schema = schema;
    PARLEY_TRY(digest, DigestFile(temporary));
    const std::string path = BackupPathOf(kDatabaseName, digest.sha256);
    PARLEY_CHECK(SyncFile(temporary));
    fs::rename(temporary, InBackup(path), error);
    if (error)
      return Error(ErrorCode::kUnavailable,
                   fmt::format("Cannot write {}: {}", InBackup(path), error.message()));
    Note(path, digest);
    ++report_.copied;
    return {};
  }

  base::Result<void> AddMedia() {
    std::error_code error;
    const std::string media(kMediaName);
    fs::create_directories(InBackup(media), error);
    for (const fs::directory_entry& home : fs::directory_iterator(InData(media), error)) {
      const std::string first = home.path().filename().string();
      if (first.size() != 2) continue;  // "incoming"
      std::error_code inner;
      for (const fs::directory_entry& entry : fs::directory_iterator(home.path(), inner))
        PARLEY_CHECK(AddBlob(first, entry.path().filename().string()));
    }
    return {};
  }

  base::Result<void> AddBlob(const std::string& first, const std::string& rest) {
    const std::string sha256 = first + rest;
    if (sha256.size() != 64) return {};
    const std::string path = fmt::format("{}/{}/{}", kMediaName, first, rest);
    std::error_code error, other_error;
    const auto size = fs::file_size(InData(path), error);
    if (!error && fs::file_size(InBackup(path), other_error) == size) {
      Note(path, {sha256, static_cast<std::int64_t>(size)});
      return {};
    }
    fs::create_directories(InBackup(fmt::format("{}/{}", kMediaName, first)), error);
    auto copied = CopyFile(InData(path), InBackup(path), sha256);
    if (copied) {
      Note(path, *copied);
      ++report_.copied;
      return {};
    }
    if (copied.error().code == ErrorCode::kNotFound) return {};  // its time to be kept was over
    if (copied.error().code != ErrorCode::kMediaWrongType) return copied.error();
    report_.damaged.push_back(path);
    return {};
  }

  base::Result<void> AddSimulatedNetwork() {
    std::error_code error;
    const std::string sim = InData(std::string(kSimName));
    if (!fs::is_directory(sim, error)) return {};
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(sim, error)) {
      if (!entry.is_regular_file()) continue;
      const std::string path = fs::path(entry.path()).lexically_relative(source_.data).string();
      PARLEY_CHECK(AddFile(path));
    }
    return {};
  }

  // A file that is not named by its content; one that is not there is left out.
  base::Result<void> AddFile(const std::string& data_path) {
    std::error_code error;
    const std::string temporary = InBackup(data_path) + ".copy";
    fs::create_directories(fs::path(temporary).parent_path(), error);
    auto copied = CopyFile(InData(data_path), temporary);
    if (!copied && copied.error().code == ErrorCode::kNotFound) return {};
    if (!copied) return copied.error();
    const std::string path = BackupPathOf(data_path, copied->sha256);
    if (!fs::exists(InBackup(path), error)) ++report_.copied;
    fs::rename(temporary, InBackup(path), error);
    if (error)
      return Error(ErrorCode::kUnavailable,
                   fmt::format("Cannot write {}: {}", InBackup(path), error.message()));
    Note(path, *copied);
    return {};
  }

  void Note(const std::string& path, const CopiedFile& file) {
    manifest_.files.push_back({path, file.sha256});
    manifest_.head.bytes += file.bytes;
  }

  const BackupSource& source_;
  const std::string folder_;
  BackupReport& report_;
  Manifest manifest_;
};

// The names in every folder that was written to become durable.
base::Result<void> SyncFolders(const std::string& folder, const std::vector<BackupFile>& files) {
  std::set<std::string> parents = {folder};
  for (const BackupFile& file : files)
    for (fs::path path = fs::path(file.path).parent_path(); !path.empty();
         path = path.parent_path())
      parents.insert(folder + "/" + path.string());
  for (const std::string& parent : parents) PARLEY_CHECK(base::SyncFolder(parent));
  return {};
}

// What only the older manifest names.
void RemoveOld(const std::string& folder, const std::vector<BackupFile>& old,
               const std::vector<BackupFile>& kept) {
  std::set<std::string> names;
  for (const BackupFile& file : kept) names.insert(file.path);
  std::error_code error;
  for (const BackupFile& file : old)
    if (!names.contains(file.path)) fs::remove(folder + "/" + file.path, error);
}

bool IsEmptyFolder(const std::string& folder) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
    if (entry.path().filename() != kLockName) return false;
  return true;
}

// Empties a data folder that was empty before.
void RemoveRestored(const std::string& data) {
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(data, error))
    if (entry.path().filename() != kLockName) fs::remove_all(entry.path(), error);
}

base::Result<void> CopyBack(const std::string& backup, const std::string& data,
                            const Manifest& manifest) {
  std::error_code error;
  for (const BackupFile& file : manifest.files) {
    const std::string to = data + "/" + DataPathOf(file);
    fs::create_directories(fs::path(to).parent_path(), error);
    PARLEY_CHECK(CopyFile(backup + "/" + file.path, to, file.sha256));
  }
  PARLEY_TRY(schema, storage::SchemaOf(data + "/" + std::string(kDatabaseName)));
  if (schema != manifest.head.schema)
    return Error(ErrorCode::kUnavailable, "The backup's database is not the one of its MANIFEST");
  std::vector<BackupFile> restored;
  for (const BackupFile& file : manifest.files) restored.push_back({DataPathOf(file), file.sha256});
  return SyncFolders(data, restored);
}

base::Result<Manifest> ReadUsable(const std::string& backup) {
  auto manifest = ReadManifest(backup);
  if (!manifest && manifest.error().code == ErrorCode::kNotFound)
    return Error(
        ErrorCode::kNotFound,
        fmt::format("{} holds no complete backup: there is no {} in it", backup, kManifestName));
  if (!manifest) return manifest.error();
  if (manifest->head.schema > storage::NewestSchema())
    return Error(
        ErrorCode::kUnavailable,
        fmt::format("The backup has schema {} and was written by Parley {}; this Parley {} "
                    "knows up to {}. Restore it with the newer one",
                    manifest->head.schema, manifest->head.parley, base::kVersion,
                    storage::NewestSchema()));
  const bool has_database =
      std::any_of(manifest->files.begin(), manifest->files.end(),
                  [](const BackupFile& file) { return DataPathOf(file) == kDatabaseName; });
  if (!has_database)
    return Error(ErrorCode::kUnavailable, fmt::format("{} has no database", backup));
  return manifest;
}

}  // namespace

base::Result<BackupReport> MakeBackup(const BackupSource& source, const std::string& folder,
                                      bool with_key, base::Time now) {
  PARLEY_TRY(old, OpenBackupFolder(folder, source.data));
  auto lock = LockFolder(folder);
  if (!lock && lock.error().code == ErrorCode::kInvalidState)
    return Error(ErrorCode::kInvalidState,
                 fmt::format("Another backup is being made into {}. Wait for its end", folder));
  if (!lock) return lock.error();
  BackupReport report;
  std::error_code error;
  report.folder = fs::weakly_canonical(folder, error).string();
  PARLEY_TRY(manifest, BackupMaker(source, folder, report).Make(with_key));
  manifest.head.parley = base::kVersion;
  manifest.head.made_at = base::FormatTime(now, base::TimeStyle::kIsoZ);
  manifest.head.key_fingerprint = KeyFingerprint(source.key);
  std::sort(manifest.files.begin(), manifest.files.end(),
            [](const BackupFile& a, const BackupFile& b) { return a.path < b.path; });
  PARLEY_CHECK(SyncFolders(folder, manifest.files));
  PARLEY_CHECK(WriteFile(folder + "/" + std::string(kManifestName), PrintManifest(manifest)));
  RemoveOld(folder, old, manifest.files);
  report.head = manifest.head;
  return report;
}

base::Result<BackupHead> RestoreBackup(const std::string& backup, const std::string& data) {
  PARLEY_TRY(manifest, ReadUsable(backup));
  PARLEY_TRY(lock, LockFolder(data));
  if (!IsEmptyFolder(data))
    return Error(ErrorCode::kInvalidState,
                 fmt::format("The data folder {} is not empty. Choose another with --data", data));
  const std::string mark = data + "/" + std::string(kRestoringName);
  PARLEY_CHECK(WriteFile(mark, ""));
  auto copied = CopyBack(backup, data, manifest);
  if (!copied) {
    RemoveRestored(data);
    return copied.error();
  }
  std::error_code error;
  fs::remove(mark, error);
  PARLEY_CHECK(base::SyncFolder(data));
  return manifest.head;
}

admin::BackupView ViewOf(const BackupReport& report) {
  admin::BackupView view;
  view.folder = report.folder;
  view.files = report.head.files;
  view.bytes = report.head.bytes;
  view.copied = report.copied;
  view.schema = report.head.schema;
  view.key_included = report.head.key_included;
  view.key_fingerprint = report.head.key_fingerprint;
  view.damaged = report.damaged;
  return view;
}

}  // namespace parley::app

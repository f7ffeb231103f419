#include "app/local_commands.h"

#include <fmt/format.h>

#include <filesystem>

#include "app/backup.h"
#include "app/check.h"
#include "app/check_channels.h"
#include "app/data_folder.h"
#include "app/docs.h"
#include "base/scheduler.h"
#include "base/version.h"
#include "cli/lookup.h"
#include "storage/sqlite/database_file.h"

namespace parley::app {
namespace {

namespace fs = std::filesystem;
namespace json = base::json;
using base::Error;
using base::ErrorCode;

// A server copies as long as it takes.
constexpr base::Duration kBackupTimeout = std::chrono::hours(24);

}  // namespace

std::string LocalCommands::DatabasePath() const {
  return options_.data + "/" + std::string(kDatabaseName);
}

// So that a mistyped --data makes no empty database.
base::Result<void> LocalCommands::NeedDatabase() const {
  std::error_code error;
  if (fs::exists(DatabasePath(), error)) return {};
  return Error(
      ErrorCode::kNotFound,
      fmt::format("There is no database in {}. Name the data folder with --data", options_.data));
}

base::Result<json::object> LocalCommands::Check() {
  json::object report = CheckInstallation(gathered_);
  if (LockHolder(options_.data) > 0) CheckCloudChannels(api_, report);
  return report;
}

base::Result<json::object> LocalCommands::Migrate() {
  PARLEY_CHECK(NeedDatabase());
  PARLEY_TRY(lock, LockFolder(options_.data));
  PARLEY_TRY(change, storage::MigrateFile(DatabasePath()));
  json::object report;
  report["from"] = change.from;
  report["to"] = change.to;
  return report;
}

base::Result<json::object> LocalCommands::Backup(const std::string& folder, bool with_key) {
  PARLEY_CHECK(NeedDatabase());
  auto lock = LockFolder(options_.data);
  if (!lock && lock.error().code == ErrorCode::kInvalidState) {
    json::object wanted;
    std::error_code error;
    wanted["folder"] = base::JsonView(fs::absolute(folder, error).lexically_normal().string());
    wanted["with_key"] = with_key;
    return cli::AsObject(api_.Post("/backup", std::move(wanted), kBackupTimeout));
  }
  if (!lock) return lock.error();
  const auto random = base::MakeSystemRandom();
  PARLEY_TRY(key, LoadFolderKey(options_.data, options_.key_file, *random));
  BackupSource source;
  source.data = options_.data;
  source.copy_database = [this](const std::string& path) {
    return storage::CopyDatabase(DatabasePath(), path);
  };
  source.key = key;
  source.has_own_key = options_.key_file.empty();
  const base::RealScheduler clock;
  PARLEY_TRY(report, MakeBackup(source, folder, with_key, clock.Now()));
  return cli::AsObject(base::ParseJson(base::EncodeText(ViewOf(report))));
}

base::Result<json::object> LocalCommands::Restore(const std::string& backup) {
  PARLEY_TRY(head, RestoreBackup(backup, options_.data));
  json::object report;
  report["folder"] = base::JsonView(options_.data);
  report["files"] = head.files;
  report["bytes"] = head.bytes;
  report["schema"] = head.schema;
  report["key_included"] = head.key_included;
  report["key_fingerprint"] = base::JsonView(head.key_fingerprint);
  return report;
}

base::Result<json::object> LocalCommands::WriteDocs(const std::string& folder) {
  PARLEY_TRY(written, WriteDocuments(folder));
  json::array files;
  for (const std::string& path : written) files.push_back(json::string(path));
  json::object report;
  report["files"] = std::move(files);
  return report;
}

std::string LocalCommands::Version() const { return std::string(base::kVersion); }

}  // namespace parley::app

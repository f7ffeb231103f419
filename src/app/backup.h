// Backing up a data folder, of a running server or of none, and restoring it.
//
// A backup holds a copy of the database as of one moment, the media, the simulated network when
// there is one, and, unless it is left out, the key that seals secrets together with demo.json,
// which shows keys. A second backup into the same folder copies only the media that is new. The
// admin token is not in it: a restored server draws its own.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "admin/node.h"
#include "app/manifest.h"
#include "base/result.h"
#include "base/seal.h"
#include "base/time.h"

namespace parley::app {

struct BackupSource {
  std::string data;  // the data folder
  // Writes the database as of now into a new file.
  std::function<base::Result<void>(const std::string& path)> copy_database;
  base::SealKey key{};
  bool has_own_key = true;  // false: the key lies elsewhere (--key-file) and is never included
};

struct BackupReport {
  BackupHead head;
  std::string folder;
  std::int64_t copied = 0;           // files that were not in the folder before
  std::vector<std::string> damaged;  // media whose bytes are not what their name says
};

// Blocks until all is written and synced. kInvalidState: the folder holds something else, lies
// inside the data folder, or another backup is being made into it. kUnavailable: disk, permissions.
base::Result<BackupReport> MakeBackup(const BackupSource& source, const std::string& folder,
                                      bool with_key, base::Time now);

// Into an empty or new data folder, locked while it lasts. kInvalidState: the folder is not empty
// or is in use. kUnavailable: the backup is damaged or newer than this Parley; nothing remains
// then.
base::Result<BackupHead> RestoreBackup(const std::string& backup, const std::string& data);

// The report as the admin API and the command line tell it.
admin::BackupView ViewOf(const BackupReport& report);

}  // namespace parley::app

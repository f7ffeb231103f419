// The data folder: what lies in it, who may use it, and the secrets that are made at the first
// start.
//
//   parley.db (+ -wal, -shm)  the store          key          seals secrets (unless --key-file)
//   media/                    blobs              admin.token  of the admin API and the command line
//   sim/                      simulated network  lock         held by the process that uses it
//   demo.json                 with --demo        server.json  where the running server answers
//   restoring                 while a backup is being restored into the folder
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/files.h"
#include "base/random.h"
#include "base/result.h"
#include "base/seal.h"

namespace parley::app {

using base::ReadFile;
using base::WriteFile;

inline constexpr std::string_view kDatabaseName = "parley.db";
inline constexpr std::string_view kKeyName = "key";
inline constexpr std::string_view kMediaName = "media";
inline constexpr std::string_view kLockName = "lock";
inline constexpr std::string_view kDemoName = "demo.json";
inline constexpr std::string_view kServerName = "server.json";
inline constexpr std::string_view kRestoringName = "restoring";

// Holds the folder's lock while it lives.
class FolderLock {
 public:
  virtual ~FolderLock() = default;
};

// Makes the folder (mode 0700) and locks it. The errors say what to do: kInvalidState when another
// process has it (named by its id), kUnavailable for the rest.
base::Result<std::unique_ptr<FolderLock>> LockFolder(const std::string& folder);

// The process that has the folder locked; 0 when none has.
int LockHolder(const std::string& folder);

// kUnavailable when a restore into the folder did not come to its end.
base::Result<void> CheckRestored(const std::string& folder);

// Reads the key, or makes it when `make` and the file is not there. kUnavailable names the file.
base::Result<base::SealKey> LoadKey(const std::string& path, bool make, base::Random& random);

// The key of a data folder: `key_file`, or the folder's own, which is made while the folder has no
// database yet. Later a missing key is an error, for another one could not open what was sealed.
base::Result<base::SealKey> LoadFolderKey(const std::string& folder, const std::string& key_file,
                                          base::Random& random);

// Tells keys apart without telling them: 12 hex digits.
std::string KeyFingerprint(const base::SealKey& key);

}  // namespace parley::app

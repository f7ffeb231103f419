// The data folder: what lies in it, who may use it, and the secrets that are made at the first start.
//
//   parley.db (+ -wal, -shm)  the store          key          seals secrets (unless --key-file)
//   media/                    blobs              admin.token  of the admin API and the command line
//   sim/                      simulated network  lock         held by the process that uses it
//   demo.json                 with --demo
#pragma once

#include <memory>
#include <string>

#include "base/random.h"
#include "base/result.h"
#include "base/seal.h"

namespace parley::app {

// Holds the folder's lock while it lives.
class FolderLock {
 public:
  virtual ~FolderLock() = default;
};

// Makes the folder (mode 0700) and locks it. kUnavailable says what to do: another process has it,
// no permission.
base::Result<std::unique_ptr<FolderLock>> LockFolder(const std::string& folder);

// Reads the key, or makes it when `make` and the file is not there. kUnavailable names the file.
base::Result<base::SealKey> LoadKey(const std::string& path, bool make, base::Random& random);

base::Result<std::string> ReadFile(const std::string& path);
// Writes a file of mode 0600 as a whole: temporary name, sync, rename, sync of the folder.
base::Result<void> WriteFile(const std::string& path, std::string_view content);

}  // namespace parley::app

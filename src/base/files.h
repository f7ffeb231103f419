// Small files, read and written as a whole.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace parley::base {

// kNotFound when there is no such file; kUnavailable names path and reason.
Result<std::string> ReadFile(const std::string& path);

// Writes a file of mode 0600 so that it is there whole or not at all: temporary name, sync, rename,
// sync of the folder. kUnavailable names path and reason ("No space left on device").
Result<void> WriteFile(const std::string& path, std::string_view content);

// Makes durable which names are in the folder.
Result<void> SyncFolder(const std::string& path);

}  // namespace parley::base

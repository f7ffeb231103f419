// Content-addressed bytes in a folder: <folder>/ab/cdef..., named by SHA-256. A file appears by
// rename after it was synced, and its folder is synced, so what is there is whole and durable.
#pragma once

#include <memory>
#include <string>

#include "core/media/media_source.h"

namespace parley::storage {

// Makes the folder. kUnavailable names it and the reason.
base::Result<std::unique_ptr<core::BlobStore>> OpenBlobFolder(const std::string& folder);

// For virtual time.
std::unique_ptr<core::BlobStore> MakeMemoryBlobs();

}  // namespace parley::storage

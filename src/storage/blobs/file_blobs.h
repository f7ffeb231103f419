// Content-addressed bytes in a folder: <folder>/ab/cdef..., named by SHA-256. A file is written in
// <folder>/incoming, synced, renamed, and its folder is synced, so what is there is whole and
// durable. A file's modification time is when its bytes were last stored. A crash leaves nothing
// behind in <folder>/incoming beyond the next start, and at most a file that no media row names.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>

#include "core/media/media_source.h"

namespace parley::storage {

class BlobFolder : public core::BlobStore {
 public:
  // How many bytes are kept, as far as is known.
  virtual std::int64_t Size() const = 0;
};

// Makes the folder and what belongs in it. kUnavailable names it and the reason.
//
// From `max_size` bytes on, nothing new is stored (kUnavailable) until something is deleted. What
// is counted is what was stored and deleted since, and what a shelf held when it was last listed:
// so all shelves are listed once at the start (core/retention.h).
base::Result<std::unique_ptr<BlobFolder>> OpenBlobFolder(
    const std::string& folder, std::int64_t max_size = std::numeric_limits<std::int64_t>::max());

// For virtual time.
std::unique_ptr<core::BlobStore> MakeMemoryBlobs();

}  // namespace parley::storage

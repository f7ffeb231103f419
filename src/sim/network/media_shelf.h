// Where the bytes of media lie, under the SHA-256 of their content: in a folder beside the
// network's file, or in memory for virtual time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace parley::sim::network {

struct StoredMedia {
  std::int64_t size = 0;
  std::string path;                          // the file that holds exactly the bytes, or empty:
  std::shared_ptr<const std::string> bytes;  // then they are here
};

// Thread: one at a time. The calls block for as long as the disk does.
class MediaShelf {
 public:
  virtual ~MediaShelf() = default;

  // Both answer the SHA-256 as lower-case hex. kMediaEmpty and kMediaTooLarge (over kMaxMedia)
  // refuse.
  virtual base::Result<std::string> Store(std::string_view bytes) = 0;
  virtual base::Result<std::string> StoreFile(const std::string& path) = 0;
  // kNotFound when nothing with that digest is stored.
  virtual base::Result<StoredMedia> Open(std::string_view sha256) const = 0;
};

// Makes the folder when it is missing. kUnavailable names it and the reason.
base::Result<std::unique_ptr<MediaShelf>> OpenMediaFolder(const std::string& path);
std::unique_ptr<MediaShelf> MakeMemoryMedia();

}  // namespace parley::sim::network

// The manifest of a backup: what is in it, with SHA-256 sums.
//
// MANIFEST begins with one line of JSON behind "# Parley backup "; the other lines are what
// sha256sum writes, so that `sha256sum -c MANIFEST` verifies a backup without Parley. A backup is
// complete when its MANIFEST is there: it is written last, and what an older one names stays until
// then. Files are therefore named by their content: media as in the data folder, the others with
// the first 16 digits of their sum behind their name ("parley.db.0123456789abcdef").
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/result.h"

namespace parley::app {

inline constexpr std::string_view kManifestName = "MANIFEST";
inline constexpr std::int64_t kBackupFormat = 1;

struct BackupHead {
  std::int64_t format = kBackupFormat;
  std::string parley;  // version that wrote it
  std::string made_at;
  std::int64_t schema = 0;
  bool key_included = false;
  std::string key_fingerprint;  // see KeyFingerprint
  std::int64_t files = 0, bytes = 0;
  static constexpr auto Fields() {
    using base::Required;
    using H = BackupHead;
    return base::FieldList(Required("format", &H::format), Required("parley", &H::parley),
                           Required("made_at", &H::made_at), Required("schema", &H::schema),
                           Required("key_included", &H::key_included),
                           Required("key_fingerprint", &H::key_fingerprint),
                           Required("files", &H::files), Required("bytes", &H::bytes));
  }
};

struct BackupFile {
  std::string path;    // below the backup's folder
  std::string sha256;  // hex
};

struct Manifest {
  BackupHead head;
  std::vector<BackupFile> files;
};

std::string PrintManifest(const Manifest& manifest);

// kNotFound when the folder has none. kUnavailable when it was changed or cut off, was written by a
// newer Parley in a form that this one does not know, or names files that no backup has.
base::Result<Manifest> ReadManifest(const std::string& folder);

// Where a file of a backup belongs in the data folder, and the reverse for a file that is not
// media.
std::string DataPathOf(const BackupFile& file);
std::string BackupPathOf(std::string_view data_path, std::string_view sha256);

// Copies a file and syncs it, returning its digest in hex; the new one appears whole, with mode
// 0600, under `to`. With `expected`, another digest is kMediaWrongType, and nothing remains.
struct CopiedFile {
  std::string sha256;
  std::int64_t bytes = 0;
};
base::Result<CopiedFile> CopyFile(const std::string& from, const std::string& to,
                                  std::string_view expected = {});
base::Result<CopiedFile> DigestFile(const std::string& path);

}  // namespace parley::app

// Where media comes from and where its bytes lie: declared for the core, implemented by `media` and
// `storage/blobs`.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/task.h"
#include "core/ids.h"
#include "core/media/media.h"

namespace parley::core {

enum class ContentKind : std::uint8_t;

struct MediaFromUrl {
  std::string url;  // one of Parley's own (MediaLinks) is not fetched: the bytes are here
};
// base64 "data:" URI or bytes from a form file, decoded.
struct MediaFromBytes {
  std::string bytes;
};
struct MediaFromStore {
  MediaId id;
};

// Media as a program describes it, before it was fetched.
struct MediaDraft {
  std::variant<MediaFromUrl, MediaFromBytes, MediaFromStore> source;
  std::optional<ContentKind> kind;  // none: the kind that the type belongs to
  std::string declared_type;        // MIME type as the program says; may be empty
  std::string file_name;
  std::string caption;
  bool voice = false;
  bool view_once = false;    // image, video and voice only
  bool for_message = false;  // in the form that WhatsApp takes (core/media/media_care.h)
  std::optional<std::vector<std::string>> mentions;  // numbers named in the caption
  // The dialect's own limit, in place of WhatsApp's for the kind (core/media/kinds.h).
  std::optional<std::int64_t> max_size;
};

// Gets the bytes, checks size and type, stores them. The errors are those of ErrorCode's kMedia...
// family, kAddressRefused, kInvalidFields (the URL, as a fault of "url"), kNotFound (stored id),
// kUnavailable (disk).
class MediaSource {
 public:
  virtual ~MediaSource() = default;
  // Sniffs the type; refuses what `draft.kind` cannot carry, what contradicts `declared_type`, and
  // what is over the limit of its kind or over `max_size`. The bytes are durable then. The row is
  // new, for the transaction that uses it: of stored media too, so that each use lives by itself.
  // It is the owner's, who may use no other's stored media.
  virtual base::Task<base::Result<Media>> Resolve(MediaOwner owner, MediaDraft draft,
                                                  std::int64_t max_size) = 0;
  // kMediaWrongType when no bytes that are of the type can go into a message of that kind.
  virtual base::Result<void> CheckDeclared(std::string_view type, ContentKind kind) const = 0;
};

// Content-addressed bytes. Thread: any. Files appear whole or not at all, and are durable when
// Store or Commit returns. kUnavailable: the disk is full or does not answer.
class BlobStore {
 public:
  virtual ~BlobStore() = default;
  virtual base::Result<void> Store(const std::string& sha256_hex, std::string_view bytes) = 0;
  virtual base::Result<std::string> Read(const std::string& sha256_hex) const = 0;
  // Path of the file, for serving; kNotFound when it is not there.
  virtual base::Result<std::string> PathOf(const std::string& sha256_hex) const = 0;
  // Counts the bytes as stored just now. kNotFound when they are not there.
  virtual base::Result<void> Renew(const std::string& sha256_hex) = 0;
  // Keeps bytes that were stored (again) at or after `stored_before`: a row for them may be on its
  // way. kNotFound when they are not there.
  virtual base::Result<void> Delete(const std::string& sha256_hex,
                                    base::Time stored_before = base::Time::max()) = 0;
  // The digests that begin with this byte: one of the 256 parts in which all are gone through.
  virtual base::Result<std::vector<std::string>> Shelf(std::uint8_t first) const = 0;

  // Takes bytes whose digest is not known yet.
  class Writer {
   public:
    virtual ~Writer() = default;  // without Commit, nothing remains
    virtual base::Result<void> Write(std::string_view bytes) = 0;
    virtual base::Result<void> Commit(const std::string& sha256_hex) = 0;
  };
  virtual base::Result<std::unique_ptr<Writer>> NewWriter() = 0;
};

// Unguessable public URLs of stored media ("https://gateway/media/<id>-<mac>/<file name>").
class MediaLinks {
 public:
  virtual ~MediaLinks() = default;
  // Where others reach this gateway, without a slash at the end.
  virtual const std::string& public_base() const = 0;
  virtual std::string UrlOf(const MediaRef& media) const = 0;
  // Of which media `url` is such a URL; none for any other.
  virtual std::optional<MediaId> IdOf(std::string_view url) const = 0;
};

}  // namespace parley::core

// Where media rows are kept (the bytes lie in the blob store). Thread: inside a transaction only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/media/media.h"

namespace parley::core {

struct Message;

// A message whose media waits to be looked into (core/media/inspections.h).
struct Inspection {
  AccountRow account;
  MessageRow message;
};

class MediaStore {
 public:
  virtual ~MediaStore() = default;

  virtual base::Result<void> Insert(const Media& media) = 0;
  virtual base::Result<std::optional<Media>> Find(const MediaOwner& owner, MediaId id) const = 0;
  // For serving by unguessable URL, where the URL itself is the permission.
  virtual base::Result<std::optional<Media>> FindPublic(MediaId id) const = 0;
  // The account's own newest row, of none of its channels, with these bytes (hex) and this type.
  virtual base::Result<std::optional<Media>> FindSame(AccountRow account, const std::string& sha256,
                                                      const std::string& mime_type) const = 0;
  // Counts the row as made at that time.
  virtual base::Result<void> Renew(MediaId id, base::Time at) = 0;
  // False when there is none: of a channel, its own only. The bytes stay until a sweep of what no
  // row names.
  virtual base::Result<bool> Delete(const MediaOwner& owner, MediaId id) = 0;
  // Deletes up to `limit` rows made before `until`, oldest first; returns how many. Their bytes
  // stay until a sweep of what no row names (core/retention.h).
  virtual base::Result<int> Prune(base::Time until, int limit) = 0;
  // Sets what the file shows and its thumbnail, and what the message that it came with says of it.
  virtual base::Result<void> SetFacts(const Media& media, const Message& message) = 0;

  virtual base::Result<void> PutInspection(const Inspection& inspection) = 0;
  virtual base::Result<void> DeleteInspection(const Inspection& inspection) = 0;
  // How many of an account wait; counts up to `limit`.
  virtual base::Result<int> CountInspections(AccountRow account, int limit) const = 0;
  virtual base::Result<std::int64_t> CountAllInspections() const = 0;
  // The oldest of the next account behind `after` that has one.
  virtual base::Result<std::optional<Inspection>> NextInspection(AccountRow after) const = 0;

  // Those of the digests (hex) that no row names.
  virtual base::Result<std::vector<std::string>> Unused(
      const std::vector<std::string>& digests) const = 0;
};

}  // namespace parley::core

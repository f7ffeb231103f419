#include "link/simulated/media_carrier.h"

#include <fstream>
#include <vector>

#include "base/crash_point.h"
#include "base/log.h"
#include "core/stamp.h"

namespace parley::link::simulated {
namespace {

constexpr std::size_t kCopyPiece = 256 * 1024;
constexpr base::Duration kRetry = std::chrono::milliseconds(300);

}  // namespace

base::Task<std::optional<core::Media>> MediaCarrier::Take(net::Media media) {
  while (true) {
    auto stored = network_.media().Open(media.sha256);
    if (!stored || stopped_) co_return std::nullopt;
    auto copy = [this, found = *stored, sha256 = media.sha256] { return Copy(found, sha256); };
    auto copied = co_await pool_.Run(scheduler_, std::move(copy));
    if (copied) break;
    if (!base::IsTransient(copied.error().code)) co_return std::nullopt;
    base::LogWarning("Media of a message could not be stored", {{"reason", copied.error().detail}});
    co_await scheduler_.Sleep(kRetry);
  }
  base::ReachCrashPoint("after_media_before_report");
  core::Stamp stamp(scheduler_.Now(), random_);
  core::Media row;
  row.account = account_;
  row.ref.id = stamp.Next<core::MediaId>();
  row.ref.mime_type = media.mime_type;
  row.ref.size = media.size;
  row.ref.sha256 = media.sha256;
  row.ref.file_name = media.file_name;
  row.created_at = stamp.now();
  co_return row;
}

// On a pool thread.
base::Result<void> MediaCarrier::Copy(const net::StoredMedia& stored, const std::string& sha256) {
  if (stored.path.empty()) return blobs_.Store(sha256, *stored.bytes);
  std::ifstream file(stored.path, std::ios::binary);
  if (!file) return base::Error(base::ErrorCode::kNotFound, "", "no file " + stored.path);
  PARLEY_TRY(writer, blobs_.NewWriter());
  std::vector<char> piece(kCopyPiece);
  while (file) {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto got = static_cast<std::size_t>(file.gcount());
    PARLEY_CHECK(writer->Write(std::string_view(piece.data(), got)));
  }
  if (!file.eof())
    return base::Error(base::ErrorCode::kUnavailable, "", "cannot read " + stored.path);
  return writer->Commit(sha256);
}

base::Task<bool> MediaCarrier::Give(core::Content content) {
  const core::MediaRef* media = core::MediaOf(content);
  if (media == nullptr || network_.media().Open(media->sha256)) co_return true;
  auto path = blobs_.PathOf(media->sha256);
  if (path) co_return network_.media().StoreFile(*path).has_value();
  auto bytes = blobs_.Read(media->sha256);
  co_return bytes&& network_.media().Store(*bytes);
}

}  // namespace parley::link::simulated

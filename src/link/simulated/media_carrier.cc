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

core::MediaFacts FactsOf(net::MediaFacts said) {
  core::MediaFacts facts;
  facts.width = said.width;
  facts.height = said.height;
  facts.duration_ms = said.duration_ms;
  facts.pages = said.pages;
  facts.waveform = std::move(said.waveform);
  facts.title = std::move(said.title);
  return facts;
}

}  // namespace

base::Task<std::optional<core::Media>> MediaCarrier::Take(net::Media media) {
  std::int64_t size = 0;  // who names a picture by its digest does not know it
  while (true) {
    auto stored = network_.media().Open(media.sha256);
    if (!stored || stopped_) co_return std::nullopt;
    auto copy = [this, found = *stored, sha256 = media.sha256] { return Copy(found, sha256); };
    auto copied = co_await pool_.Run(scheduler_, std::move(copy));
    if (copied && media.mime_type.empty()) media.mime_type = PictureTypeOf(*copied);
    if (copied) {
      size = stored->size;
      break;
    }
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
  row.ref.size = size;
  row.ref.sha256 = media.sha256;
  row.ref.file_name = media.file_name;
  if (media.facts) row.ref.facts = FactsOf(std::move(*media.facts));
  row.created_at = stamp.now();
  co_return row;
}

// On a pool thread.
base::Result<std::string> MediaCarrier::Copy(const net::StoredMedia& stored,
                                             const std::string& sha256) {
  if (stored.path.empty()) {
    PARLEY_CHECK(blobs_.Store(sha256, *stored.bytes));
    return stored.bytes->substr(0, kPictureHead);
  }
  std::ifstream file(stored.path, std::ios::binary);
  if (!file) return base::Error(base::ErrorCode::kNotFound, "", "no file " + stored.path);
  PARLEY_TRY(writer, blobs_.NewWriter());
  std::vector<char> piece(kCopyPiece);
  std::string head;
  while (file) {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const std::string_view got(piece.data(), static_cast<std::size_t>(file.gcount()));
    if (head.empty()) head = got.substr(0, kPictureHead);
    PARLEY_CHECK(writer->Write(got));
  }
  if (!file.eof())
    return base::Error(base::ErrorCode::kUnavailable, "", "cannot read " + stored.path);
  PARLEY_CHECK(writer->Commit(sha256));
  return head;
}

base::Task<bool> MediaCarrier::Give(core::MediaRef media) {
  if (network_.media().Open(media.sha256)) co_return true;
  auto path = blobs_.PathOf(media.sha256);
  if (path) co_return network_.media().StoreFile(*path).has_value();
  auto bytes = blobs_.Read(media.sha256);
  co_return bytes&& network_.media().Store(*bytes);
}

}  // namespace parley::link::simulated

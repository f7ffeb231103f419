#include "sim/network/record_log.h"

#include <fmt/format.h>

#include "base/encoding.h"
#include "base/log.h"
#include "sim/network/frame.h"

namespace parley::sim::network {
namespace {

constexpr std::size_t kMaxFrame = kFrameHeader + kMaxPayload;
constexpr std::size_t kWindow = 4 * kMaxFrame;
// Nearly every record is smaller, so that it is read in one call.
constexpr std::size_t kUsualFrame = 1024;
// Larger ones are read again, so that all recent records take 32 MB at most.
constexpr std::size_t kMaxRemembered = 16 * 1024;

base::Error CannotRead(std::uint64_t offset, std::string_view why) {
  return base::Error(
      base::ErrorCode::kInvalidState,
      fmt::format("The file of the simulated network cannot be read at byte {}: {}", offset, why));
}

// Reads a log from front to back through one buffer.
class Window {
 public:
  explicit Window(const Log& log) : log_(log) {}

  // The bytes from `offset`, enough for a whole frame unless the log ends before.
  base::Result<std::string_view> At(std::uint64_t offset) {
    const bool inside = offset >= start_ && offset - start_ <= bytes_.size();
    const bool reaches_end = start_ + bytes_.size() == log_.size();
    if (!inside || (bytes_.size() - (offset - start_) < kMaxFrame && !reaches_end)) {
      PARLEY_TRY(bytes, log_.Read(offset, kWindow));
      bytes_ = std::move(bytes);
      start_ = offset;
    }
    return std::string_view(bytes_).substr(offset - start_);
  }

 private:
  const Log& log_;
  std::string bytes_;
  std::uint64_t start_ = 0;
};

base::Result<Record> Understand(const Frame& frame) {
  if (frame.version != kFrameVersion)
    return base::Error(base::ErrorCode::kInvalidState,
                       fmt::format("written by a newer version ({})", frame.version));
  return DecodeRecord(frame.payload);
}

}  // namespace

RecordLog::Cached& RecordLog::PlaceOf(std::uint64_t offset) {
  return recent_[(offset * 0x9E3779B97F4A7C15u >> 32) % recent_.size()];
}

void RecordLog::Remember(std::uint64_t offset, std::size_t size,
                         std::shared_ptr<const Record> record) {
  if (size > kMaxRemembered) return;
  Cached& place = PlaceOf(offset);
  place.offset = offset;
  place.record = std::move(record);
}

base::Result<void> RecordLog::Replay(const Apply& apply) {
  PARLEY_TRY(mark, log_.Read(0, kFileMark.size()));
  if (!kFileMark.starts_with(mark))
    return CannotRead(0, "this is not a file of the simulated network");
  if (mark.size() == kFileMark.size()) return ReplayRecords(apply);
  PARLEY_CHECK(log_.Truncate(0));
  return log_.Append(kFileMark);
}

base::Result<void> RecordLog::ReplayRecords(const Apply& apply) {
  Window window(log_);
  std::uint64_t offset = kFileMark.size();
  while (offset < log_.size()) {
    PARLEY_TRY(bytes, window.At(offset));
    const std::optional<Frame> frame = ReadFrame(bytes);
    if (!frame) return CutTail(offset);
    auto record = Understand(*frame);
    if (!record) return CannotRead(offset, record.error().public_text());
    auto applied = apply(offset, *record);
    if (!applied) return CannotRead(offset, applied.error().public_text());
    offset += frame->size;
  }
  return {};
}

// What is cut off must be a tail: a valid frame behind the damage means that the middle was hit,
// and cutting there would lose what came after it.
base::Result<void> RecordLog::CutTail(std::uint64_t offset) {
  Window window(log_);
  for (std::uint64_t behind = offset + 1; behind < log_.size(); ++behind) {
    PARLEY_TRY(bytes, window.At(behind));
    if (ReadFrame(bytes))
      return CannotRead(offset, "the record is damaged, and records behind it are not");
  }
  base::LogWarning("Cut a torn record off the end of the simulated network's file",
                   {{"bytes", log_.size() - offset}, {"at", offset}});
  return log_.Truncate(offset);
}

base::Result<std::uint64_t> RecordLog::Append(std::shared_ptr<const Record> record) {
  const std::string payload = EncodeRecord(*record);
  if (payload.size() > kMaxPayload || !base::IsUtf8(payload))
    return base::Error(base::ErrorCode::kInvalidFields, "Too long, or not UTF-8");
  const std::uint64_t offset = log_.size();
  PARLEY_CHECK(log_.Append(MakeFrame(payload)));
  Remember(offset, payload.size(), std::move(record));
  return offset;
}

base::Result<void> RecordLog::TakeBack(std::uint64_t offset) {
  PlaceOf(offset) = Cached();
  return log_.Truncate(offset);
}

base::Result<std::shared_ptr<const Record>> RecordLog::Fetch(std::uint64_t offset) {
  const Cached& place = PlaceOf(offset);
  if (place.record && place.offset == offset) return place.record;
  PARLEY_TRY(bytes, log_.Read(offset, kUsualFrame));
  std::optional<Frame> frame = ReadFrame(bytes);
  if (!frame) {
    PARLEY_TRY(longer, log_.Read(offset, kMaxFrame));
    bytes = std::move(longer);
    frame = ReadFrame(bytes);
  }
  if (!frame) return CannotRead(offset, "the record is damaged");
  auto record = Understand(*frame);
  if (!record) return CannotRead(offset, record.error().public_text());
  auto shared = std::make_shared<const Record>(std::move(*record));
  Remember(offset, frame->size, shared);
  return shared;
}

}  // namespace parley::sim::network

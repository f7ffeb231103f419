#include "wire/noise/frame.h"

#include <algorithm>

namespace parley::wire::noise {
namespace {

constexpr std::size_t kLength = 3;
// Of a buffer that holds less. There are thousands of readers, and most are idle.
constexpr std::size_t kKeptCapacity = 2048;
constexpr std::string_view kRoutingMark{"ED\x00\x01", 4};

std::string LengthOf(std::string_view bytes) {
  std::string length;
  for (int shift = 16; shift >= 0; shift -= 8) length += static_cast<char>(bytes.size() >> shift);
  return length;
}

std::size_t ReadLength(std::string_view bytes) {
  std::size_t length = 0;
  for (const char byte : bytes.substr(0, kLength))
    length = length << 8 | static_cast<std::uint8_t>(byte);
  return length;
}

// Whether the bytes begin like `wanted`, or are the beginning of it.
bool MayBe(std::string_view bytes, std::string_view wanted) {
  const std::size_t size = std::min(bytes.size(), wanted.size());
  return bytes.substr(0, size) == wanted.substr(0, size);
}

}  // namespace

std::string MakeOpening(std::string_view routing) {
  std::string opening;
  if (!routing.empty() && routing.size() <= kMaxRouting)
    opening.append(kRoutingMark).append(LengthOf(routing)).append(routing);
  return opening.append(kHeader);
}

Result<std::string> MakeFrame(std::string_view bytes) {
  if (bytes.size() > kMaxFrame) return Fault{FaultCode::kTooLarge, "longer than a frame can be"};
  return LengthOf(bytes).append(bytes);
}

void FrameReader::Add(std::string_view bytes) {
  buffer_.erase(0, begin_);
  begin_ = 0;
  buffer_ += bytes;
}

Result<std::optional<std::string>> FrameReader::Next() {
  if (expects_opening_) {
    PARLEY_TRY(is_there, SkipOpening());
    if (!is_there) return std::optional<std::string>();
    expects_opening_ = false;
  }
  if (rest().size() < kLength) return std::optional<std::string>();
  const std::size_t length = ReadLength(rest());
  if (length > max_frame_) return Fault{FaultCode::kTooLarge, "a frame too long for a handshake"};
  if (rest().size() - kLength < length) return std::optional<std::string>();
  std::optional<std::string> frame(rest().substr(kLength, length));
  begin_ += kLength + length;
  if (buffer_.capacity() > kKeptCapacity && rest().size() <= kKeptCapacity) {
    std::string(rest()).swap(
        buffer_);  // a short one that is assigned would go into the same memory
    begin_ = 0;
  }
  return frame;
}

Result<bool> FrameReader::SkipOpening() {
  std::string_view bytes = rest();
  if (!bytes.empty() && bytes[0] == kRoutingMark[0]) {
    if (!MayBe(bytes, kRoutingMark)) return Fault{FaultCode::kMalformed, "not a client's opening"};
    if (bytes.size() < kRoutingMark.size() + kLength) return false;
    bytes.remove_prefix(kRoutingMark.size());
    const std::size_t routing = ReadLength(bytes);
    if (routing > kMaxRouting) return Fault{FaultCode::kTooLarge, "too much routing"};
    bytes.remove_prefix(kLength);
    if (bytes.size() < routing) return false;
    bytes.remove_prefix(routing);
  }
  if (!MayBe(bytes, kHeader)) {
    if (MayBe(bytes, kHeader.substr(0, 2)))
      return Fault{FaultCode::kOldVersion, "another version of the protocol"};
    return Fault{FaultCode::kMalformed, "not a client's opening"};
  }
  if (bytes.size() < kHeader.size()) return false;
  begin_ = buffer_.size() - (bytes.size() - kHeader.size());
  return true;
}

}  // namespace parley::wire::noise

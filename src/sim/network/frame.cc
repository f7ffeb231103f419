#include "sim/network/frame.h"

#include <zlib.h>

namespace parley::sim::network {
namespace {

void PutU32(char* to, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) to[i] = static_cast<char>(value >> (8 * i));
}

std::uint32_t GetU32(const char* from) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i)
    value |= static_cast<std::uint32_t>(static_cast<unsigned char>(from[i])) << (8 * i);
  return value;
}

std::uint32_t Add(std::uint32_t crc, std::string_view bytes) {
  return static_cast<std::uint32_t>(
      ::crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

// The checksum covers everything but itself.
std::uint32_t Checksum(std::string_view length, std::string_view version_and_payload) {
  return Add(Add(0, length), version_and_payload);
}

}  // namespace

std::string MakeFrame(std::string_view payload) {
  std::string frame(kFrameHeader, '\0');
  frame += payload;
  PutU32(frame.data(), static_cast<std::uint32_t>(payload.size()));
  frame[8] = static_cast<char>(kFrameVersion);
  const std::string_view view = frame;
  PutU32(frame.data() + 4, Checksum(view.substr(0, 4), view.substr(8)));
  return frame;
}

std::optional<Frame> ReadFrame(std::string_view bytes) {
  if (bytes.size() < kFrameHeader) return std::nullopt;
  const std::size_t length = GetU32(bytes.data());
  if (length < kMinPayload || length > kMaxPayload || bytes.size() - kFrameHeader < length)
    return std::nullopt;
  const std::string_view covered = bytes.substr(8, 1 + length);
  if (GetU32(bytes.data() + 4) != Checksum(bytes.substr(0, 4), covered)) return std::nullopt;
  Frame frame;
  frame.version = static_cast<std::uint8_t>(covered[0]);
  frame.payload = covered.substr(1);
  frame.size = kFrameHeader + length;
  return frame;
}

std::uint32_t Crc32(std::string_view bytes) { return Add(0, bytes); }

}  // namespace parley::sim::network

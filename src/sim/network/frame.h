// Frames: how one record lies in the file. The format is described in
// docs/protocol/simulated-network-file.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley::sim::network {

inline constexpr std::string_view kFileMark = "parley simulated network 1\n";
inline constexpr std::size_t kFrameHeader = 9;
inline constexpr std::size_t kMinPayload = 2;
inline constexpr std::size_t kMaxPayload = 1 << 20;
inline constexpr std::uint8_t kFrameVersion = 1;

// The payload must have kMinPayload to kMaxPayload bytes.
std::string MakeFrame(std::string_view payload);

struct Frame {
  std::uint8_t version = 0;
  std::string_view payload;  // inside the bytes that were read
  std::size_t size = 0;      // of the whole frame
};
// The frame at the beginning of `bytes`; nullopt when it is cut short, or its length or checksum is
// wrong.
std::optional<Frame> ReadFrame(std::string_view bytes);

// CRC-32 as in zlib.
std::uint32_t Crc32(std::string_view bytes);

}  // namespace parley::sim::network

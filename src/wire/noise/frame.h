// Frames of a connection: lengths in front of bytes, and what a client says before the first one.
// docs/protocol/wire-noise.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "wire/crypto/fault.h"

namespace parley::wire::noise {

// What a client begins with: the protocol, and the version of its dictionaries. Also the prologue
// of the handshake.
inline constexpr std::string_view kHeader{"WA\x06\x03", 4};

inline constexpr std::size_t kMaxFrame = (std::size_t{1} << 24) - 1;
inline constexpr std::size_t kMaxHandshakeFrame = 64 * 1024;
inline constexpr std::size_t kMaxRouting = 4096;

// The first bytes of a client. `routing` is what the network told it the last time, as a rule
// nothing; more than kMaxRouting is a bug and left out.
std::string MakeOpening(std::string_view routing);

// Up to kMaxFrame bytes; more is a fault.
Result<std::string> MakeFrame(std::string_view bytes);

// Cuts a stream into frames, whatever pieces it comes in. Begins with the bound of the handshake,
// so that a stranger cannot make this side hold more.
class FrameReader {
 public:
  enum class Side : std::uint8_t {
    kClient,  // reads a server's stream: frames alone
    kServer,  // reads a client's: the opening first
  };

  explicit FrameReader(Side side) : expects_opening_(side == Side::kServer) {}

  // What is added is held until it is given out: the messages of the WebSocket must be bounded
  // where they are read, to somewhat more than kMaxFrame, and in the handshake than
  // kMaxHandshakeFrame.
  void Add(std::string_view bytes);
  // nullopt when more bytes are needed. After a fault the stream makes no sense any more.
  Result<std::optional<std::string>> Next();
  // Memory that it takes. After a long frame it is given back.
  std::size_t capacity() const { return buffer_.capacity(); }
  // The handshake is over: from now on up to kMaxFrame.
  void AllowLongFrames() { max_frame_ = kMaxFrame; }

 private:
  // False when more bytes are needed.
  Result<bool> SkipOpening();
  std::string_view rest() const { return std::string_view(buffer_).substr(begin_); }

  std::string buffer_;
  std::size_t begin_ = 0;  // what is before it was given out
  bool expects_opening_;
  std::size_t max_frame_ = kMaxHandshakeFrame;
};

}  // namespace parley::wire::noise

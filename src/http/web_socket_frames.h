// The frames of a WebSocket (RFC 6455), as a server reads and writes them. Pure; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace parley::http {

enum class WebSocketOpcode : std::uint8_t {
  kContinuation = 0,
  kText = 1,
  kBinary = 2,
  kClose = 8,
  kPing = 9,
  kPong = 10,
};

// What a side says when it ends a connection (RFC 6455, section 7.4.1).
enum class WebSocketClose : std::uint16_t {
  kNormal = 1000,
  kProtocolError = 1002,
  kNotTaken = 1003,  // text, where only binary messages are read
  kTooLarge = 1009,
};

// A frame of a server: whole, and not masked.
std::string MakeWebSocketFrame(WebSocketOpcode opcode, std::string_view payload);
// The payload of a close frame.
std::string MakeClosePayload(WebSocketClose code);

// Reads what a client sends, in whatever pieces it comes. Between two messages it holds nothing.
class WebSocketReader {
 public:
  enum class Got : std::uint8_t {
    kNothing,  // more bytes are needed
    kMessage,  // payload() is a whole message
    kPing,     // payload() is to be sent back
    kClose,    // payload() is to be sent back, and the connection ends
    kFault,    // fault() says why the connection has to end
  };

  explicit WebSocketReader(std::size_t max_message) : max_message_(max_message) {}

  // Reads the front of `data` and removes it. After kClose and kFault it is of no use any more.
  Got Read(std::string_view& data);
  // Gives it away. Of the last kMessage, kPing or kClose.
  std::string TakePayload();
  WebSocketClose fault() const { return fault_; }
  // From the next frame on.
  void Bound(std::size_t max_message) { max_message_ = max_message; }

 private:
  static constexpr std::size_t kMaxHeader = 14;
  static constexpr std::size_t kMaxControl = 125;

  bool FillHeader(std::string_view& data);
  Got Begin();
  Got Finish();
  Got Fail(WebSocketClose why);
  std::string& payload() { return is_control() ? control_ : message_; }
  bool is_control() const { return (opcode_ & 8) != 0; }

  std::size_t max_message_;
  std::array<std::uint8_t, kMaxHeader> header_{};
  std::size_t header_size_ = 0;
  std::uint8_t opcode_ = 0;
  bool in_payload_ = false;
  bool in_message_ = false;  // a fragment came, and not the last one
  bool gave_control_ = false;
  std::uint64_t left_ = 0;  // of the frame's payload
  std::uint64_t place_ = 0;
  std::array<std::uint8_t, 4> mask_{};
  std::string message_, control_;
  WebSocketClose fault_ = WebSocketClose::kNormal;
};

}  // namespace parley::http

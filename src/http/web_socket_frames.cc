#include "http/web_socket_frames.h"

#include <algorithm>
#include <utility>

namespace parley::http {
namespace {

constexpr std::uint8_t kFinal = 0x80, kReserved = 0x70, kMasked = 0x80;

bool IsKnown(std::uint8_t opcode) {
  return opcode <= static_cast<std::uint8_t>(WebSocketOpcode::kBinary) ||
         (opcode >= static_cast<std::uint8_t>(WebSocketOpcode::kClose) &&
          opcode <= static_cast<std::uint8_t>(WebSocketOpcode::kPong));
}

void AppendBigEndian(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    out += static_cast<char>(value >> shift & 0xff);
}

}  // namespace

std::string MakeWebSocketFrame(WebSocketOpcode opcode, std::string_view payload) {
  std::string frame;
  frame.reserve(payload.size() + 10);
  frame += static_cast<char>(kFinal | static_cast<std::uint8_t>(opcode));
  if (payload.size() < 126) {
    frame += static_cast<char>(payload.size());
  } else if (payload.size() <= 0xffff) {
    frame += static_cast<char>(126);
    AppendBigEndian(frame, payload.size(), 2);
  } else {
    frame += static_cast<char>(127);
    AppendBigEndian(frame, payload.size(), 8);
  }
  frame += payload;
  return frame;
}

std::string MakeClosePayload(WebSocketClose code) {
  std::string payload;
  AppendBigEndian(payload, static_cast<std::uint16_t>(code), 2);
  return payload;
}

WebSocketReader::Got WebSocketReader::Read(std::string_view& data) {
  for (;;) {
    if (!in_payload_) {
      if (!FillHeader(data)) return Got::kNothing;
      if (Begin() == Got::kFault) return Got::kFault;
    }
    std::string& into = payload();
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, data.size()));
    const std::size_t before = into.size();
    into.append(data.substr(0, size));
    for (std::size_t i = before; i < into.size(); ++i)
      into[i] = static_cast<char>(static_cast<std::uint8_t>(into[i]) ^ mask_[place_++ % 4]);
    data.remove_prefix(size);
    left_ -= size;
    if (left_ > 0) return Got::kNothing;
    const Got got = Finish();
    if (got != Got::kNothing) return got;
  }
}

std::string WebSocketReader::TakePayload() {
  return std::exchange(gave_control_ ? control_ : message_, std::string());
}

// True when the header is whole.
bool WebSocketReader::FillHeader(std::string_view& data) {
  for (;;) {
    std::size_t wanted = 2;
    if (header_size_ >= 2) {
      const std::uint8_t length = header_[1] & 0x7f;
      wanted += (length == 126 ? 2 : length == 127 ? 8 : 0) + ((header_[1] & kMasked) != 0 ? 4 : 0);
    }
    if (header_size_ >= 2 && header_size_ == wanted) return true;
    if (data.empty()) return false;
    const std::size_t size = std::min(wanted - header_size_, data.size());
    std::copy_n(data.begin(), size, header_.begin() + static_cast<std::ptrdiff_t>(header_size_));
    header_size_ += size;
    data.remove_prefix(size);
  }
}

WebSocketReader::Got WebSocketReader::Begin() {
  opcode_ = header_[0] & 0x0f;
  const bool is_final = (header_[0] & kFinal) != 0;
  const std::uint8_t short_length = header_[1] & 0x7f;
  // No extension was agreed on, and a client masks all that it sends (sections 5.1 and 5.2).
  if ((header_[0] & kReserved) != 0 || (header_[1] & kMasked) == 0 || !IsKnown(opcode_))
    return Fail(WebSocketClose::kProtocolError);
  if (opcode_ == static_cast<std::uint8_t>(WebSocketOpcode::kText))
    return Fail(WebSocketClose::kNotTaken);
  if (is_control() && (!is_final || short_length > kMaxControl))
    return Fail(WebSocketClose::kProtocolError);
  if (!is_control()) {
    const bool continues = opcode_ == static_cast<std::uint8_t>(WebSocketOpcode::kContinuation);
    if (continues != in_message_) return Fail(WebSocketClose::kProtocolError);
    in_message_ = !is_final;
  }
  left_ = short_length;
  std::size_t at = 2;
  if (short_length >= 126) {
    left_ = 0;
    for (const std::size_t end = at + (short_length == 126 ? 2 : 8); at < end; ++at)
      left_ = left_ << 8 | header_[at];
  }
  if (!is_control() && left_ > max_message_ - std::min(max_message_, message_.size()))
    return Fail(WebSocketClose::kTooLarge);
  std::copy_n(header_.begin() + static_cast<std::ptrdiff_t>(at), 4, mask_.begin());
  place_ = 0;
  in_payload_ = true;
  return Got::kNothing;
}

WebSocketReader::Got WebSocketReader::Finish() {
  in_payload_ = false;
  header_size_ = 0;
  gave_control_ = is_control();
  switch (static_cast<WebSocketOpcode>(opcode_)) {
    case WebSocketOpcode::kPing:
      return Got::kPing;
    case WebSocketOpcode::kClose:
      return Got::kClose;
    case WebSocketOpcode::kPong:
      control_.clear();
      return Got::kNothing;
    case WebSocketOpcode::kContinuation:
    case WebSocketOpcode::kText:
    case WebSocketOpcode::kBinary:
      break;
  }
  return in_message_ ? Got::kNothing : Got::kMessage;
}

WebSocketReader::Got WebSocketReader::Fail(WebSocketClose why) {
  fault_ = why;
  return Got::kFault;
}

}  // namespace parley::http

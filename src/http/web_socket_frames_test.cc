#include "http/web_socket_frames.h"

#include <gtest/gtest.h>

namespace parley::http {
namespace {

using Got = WebSocketReader::Got;

// A client's frame.
std::string Masked(std::uint8_t first, std::string_view payload, bool masked = true) {
  std::string frame(1, static_cast<char>(first));
  const char mask = masked ? '\x80' : '\0';
  if (payload.size() < 126) {
    frame += static_cast<char>(mask | static_cast<char>(payload.size()));
  } else if (payload.size() < 65536) {
    frame += static_cast<char>(mask | 126);
    frame += static_cast<char>(payload.size() >> 8);
    frame += static_cast<char>(payload.size() & 0xff);
  } else {
    frame += static_cast<char>(mask | 127);
    for (int shift = 56; shift >= 0; shift -= 8)
      frame += static_cast<char>(payload.size() >> shift & 0xff);
  }
  constexpr std::string_view kMask = "\x11\x22\x33\x44";
  if (masked) frame += kMask;
  for (std::size_t i = 0; i < payload.size(); ++i)
    frame += masked ? static_cast<char>(payload[i] ^ kMask[i % 4]) : payload[i];
  return frame;
}

constexpr std::uint8_t kWhole = 0x82, kBegin = 0x02, kMiddle = 0x00, kEnd = 0x80;

TEST(WebSocketFrames, WritesLengthsInTheirThreeForms) {
  EXPECT_EQ(MakeWebSocketFrame(WebSocketOpcode::kBinary, "ab"),
            "\x82\x02"
            "ab");
  EXPECT_EQ(MakeWebSocketFrame(WebSocketOpcode::kPong, "").size(), 2u);
  EXPECT_EQ(MakeWebSocketFrame(WebSocketOpcode::kBinary, std::string(126, 'a')).substr(0, 4),
            std::string("\x82\x7e\x00\x7e", 4));
  EXPECT_EQ(MakeWebSocketFrame(WebSocketOpcode::kBinary, std::string(65536, 'a')).substr(0, 10),
            std::string("\x82\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10));
}

TEST(WebSocketFrames, ReadsMessagesInWhateverPieces) {
  const std::string all = Masked(kWhole, "first") + Masked(kWhole, std::string(300, 'b')) +
                          Masked(kWhole, std::string(70000, 'c')) + Masked(kWhole, "");
  for (const std::size_t size : {std::size_t{1}, std::size_t{7}, all.size()}) {
    WebSocketReader reader(100000);
    std::vector<std::string> messages;
    for (std::size_t at = 0; at < all.size(); at += size) {
      std::string_view piece = std::string_view(all).substr(at, size);
      for (;;) {
        const Got got = reader.Read(piece);
        if (got == Got::kNothing) break;
        ASSERT_EQ(got, Got::kMessage);
        messages.push_back(reader.TakePayload());
      }
      ASSERT_TRUE(piece.empty());
    }
    ASSERT_EQ(messages.size(), 4u);
    EXPECT_EQ(messages[0], "first");
    EXPECT_EQ(messages[1], std::string(300, 'b'));
    EXPECT_EQ(messages[2], std::string(70000, 'c'));
    EXPECT_EQ(messages[3], "");
  }
}

TEST(WebSocketFrames, PutsFragmentsTogetherAroundAPing) {
  WebSocketReader reader(100);
  const std::string all = Masked(kBegin, "one ") + Masked(0x89, "ping") + Masked(kMiddle, "two ") +
                          Masked(kEnd, "three");
  std::string_view rest = all;
  ASSERT_EQ(reader.Read(rest), Got::kPing);
  EXPECT_EQ(reader.TakePayload(), "ping");
  ASSERT_EQ(reader.Read(rest), Got::kMessage);
  EXPECT_EQ(reader.TakePayload(), "one two three");
}

TEST(WebSocketFrames, SaysWhenTheClientCloses) {
  WebSocketReader reader(100);
  const std::string all =
      Masked(0x8a, "pong") + Masked(0x88, MakeClosePayload(WebSocketClose::kNormal));
  std::string_view rest = all;
  ASSERT_EQ(reader.Read(rest), Got::kClose);
  EXPECT_EQ(reader.TakePayload(), "\x03\xe8");
}

struct Broken {
  const char* what;
  std::string bytes;
  WebSocketClose code;
};

TEST(WebSocketFrames, RefusesWhatIsNotOfTheProtocol) {
  const Broken broken[] = {
      {"not masked", Masked(kWhole, "x", false), WebSocketClose::kProtocolError},
      {"a reserved bit", Masked(0xc2, "x"), WebSocketClose::kProtocolError},
      {"an unknown opcode", Masked(0x83, "x"), WebSocketClose::kProtocolError},
      {"text", Masked(0x81, "x"), WebSocketClose::kNotTaken},
      {"a continuation of nothing", Masked(kEnd, "x"), WebSocketClose::kProtocolError},
      {"a message in a message", Masked(kBegin, "x") + Masked(kWhole, "y"),
       WebSocketClose::kProtocolError},
      {"a ping in pieces", Masked(0x09, "x"), WebSocketClose::kProtocolError},
      {"a long ping", Masked(0x89, std::string(126, 'x')), WebSocketClose::kProtocolError},
      {"too large", Masked(kWhole, std::string(101, 'x')), WebSocketClose::kTooLarge},
      {"too large in pieces",
       Masked(kBegin, std::string(60, 'x')) + Masked(kEnd, std::string(41, 'x')),
       WebSocketClose::kTooLarge},
      {"a length of 64 bits", Masked(kWhole, "").substr(0, 1) + "\xff" + std::string(12, '\xff'),
       WebSocketClose::kTooLarge},
  };
  for (const Broken& each : broken) {
    WebSocketReader reader(100);
    std::string_view rest = each.bytes;
    EXPECT_EQ(reader.Read(rest), Got::kFault) << each.what;
    EXPECT_EQ(reader.fault(), each.code) << each.what;
  }
}

TEST(WebSocketFrames, TakesAMessageOfExactlyTheBound) {
  WebSocketReader reader(100);
  const std::string all = Masked(kBegin, std::string(60, 'x')) + Masked(kEnd, std::string(40, 'x'));
  std::string_view rest = all;
  EXPECT_EQ(reader.Read(rest), Got::kMessage);
  reader.TakePayload();
  reader.Bound(10);
  const std::string next = Masked(kWhole, std::string(11, 'x'));
  rest = next;
  EXPECT_EQ(reader.Read(rest), Got::kFault);
}

}  // namespace
}  // namespace parley::http

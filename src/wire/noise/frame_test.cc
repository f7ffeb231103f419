#include "wire/noise/frame.h"

#include <gtest/gtest.h>

namespace parley::wire::noise {
namespace {

using Side = FrameReader::Side;

std::string Frame(std::string_view bytes) { return MakeFrame(bytes).value(); }

TEST(Frame, HasItsLengthInFront) {
  EXPECT_EQ(Frame("abc"), std::string("\0\0\3abc", 6));
  EXPECT_EQ(Frame(std::string(0x010203, 'x')).substr(0, 3), "\1\2\3");
  EXPECT_EQ(Frame(std::string(kMaxFrame, 'x')).size(), kMaxFrame + 3);
  EXPECT_EQ(MakeFrame(std::string(kMaxFrame + 1, 'x')).error().code, FaultCode::kTooLarge);
}

TEST(Frame, IsCutFromWhateverPieces) {
  const std::string stream = MakeOpening("") + Frame("one") + Frame("") + Frame("three");
  for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
    FrameReader reader(Side::kServer);
    std::vector<std::string> frames;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
      reader.Add(std::string_view(stream).substr(at, piece));
      for (auto frame = reader.Next(); frame.value(); frame = reader.Next())
        frames.push_back(**frame);
    }
    EXPECT_EQ(frames, (std::vector<std::string>{"one", "", "three"})) << piece;
  }
}

TEST(Frame, AServerHasNoOpening) {
  FrameReader reader(Side::kClient);
  reader.Add(Frame("one"));
  EXPECT_EQ(reader.Next().value(), "one");
  EXPECT_EQ(reader.Next().value(), std::nullopt);
}

TEST(Opening, IsTheHeader) { EXPECT_EQ(MakeOpening(""), std::string("WA\x06\x03", 4)); }

TEST(Opening, MayHaveRouting) {
  EXPECT_EQ(MakeOpening("xyz"), std::string("ED\0\1\0\0\3xyzWA\6\3", 14));
  FrameReader reader(Side::kServer);
  for (const char c : MakeOpening("xyz") + Frame("one")) {
    EXPECT_EQ(reader.Next().value(), std::nullopt);
    reader.Add(std::string(1, c));
  }
  EXPECT_EQ(reader.Next().value(), "one");
}

FaultCode FaultOf(const std::string& bytes) {
  FrameReader reader(Side::kServer);
  reader.Add(bytes);
  return reader.Next().error().code;
}

TEST(Opening, OthersAreRefusedAtOnce) {
  EXPECT_EQ(FaultOf("G"), FaultCode::kMalformed);
  EXPECT_EQ(FaultOf("GET / HTTP/1.1\r\n"), FaultCode::kMalformed);
  EXPECT_EQ(FaultOf("WB"), FaultCode::kMalformed);
  EXPECT_EQ(FaultOf("WA\x05"), FaultCode::kOldVersion);
  EXPECT_EQ(FaultOf("WA\x06\x02"), FaultCode::kOldVersion);
  EXPECT_EQ(FaultOf("EE"), FaultCode::kMalformed);
  EXPECT_EQ(FaultOf(std::string("ED\0\2", 4)), FaultCode::kMalformed);
  EXPECT_EQ(FaultOf(std::string("ED\0\1\0\x10\1", 7)), FaultCode::kTooLarge);
  EXPECT_EQ(FaultOf(std::string("ED\0\1\0\0\1xGET", 11)), FaultCode::kMalformed);
}

TEST(Frame, OfAHandshakeIsShort) {
  FrameReader reader(Side::kClient);
  reader.Add(Frame(std::string(kMaxHandshakeFrame, 'x')));
  EXPECT_EQ(reader.Next().value()->size(), kMaxHandshakeFrame);
  const std::string longer = Frame(std::string(kMaxHandshakeFrame + 1, 'x'));
  reader.Add(longer.substr(0, 3));
  EXPECT_EQ(reader.Next().error().code, FaultCode::kTooLarge);  // before it is here
  FrameReader later(Side::kClient);
  later.AllowLongFrames();
  later.Add(longer);
  EXPECT_EQ(later.Next().value()->size(), kMaxHandshakeFrame + 1);
}

TEST(Frame, LongOnesLeaveNoMemoryBehind) {
  FrameReader reader(Side::kClient);
  reader.AllowLongFrames();
  reader.Add(Frame(std::string(1 << 20, 'x')) + Frame("short") + Frame("cut").substr(0, 4));
  EXPECT_GT(reader.capacity(), 1u << 20);
  EXPECT_EQ(reader.Next().value()->size(), 1u << 20);
  EXPECT_LE(reader.capacity(), 2048u);
  EXPECT_EQ(reader.Next().value(), "short");
  EXPECT_EQ(reader.Next().value(), std::nullopt);
  reader.Add("ut");
  EXPECT_EQ(reader.Next().value(), "cut");
  for (const std::size_t size : {3000u, 60'000u}) {
    reader.Add(Frame(std::string(size, 'y')));
    EXPECT_EQ(reader.Next().value()->size(), size);
    EXPECT_LE(reader.capacity(), 2048u) << size;
  }
}

}  // namespace
}  // namespace parley::wire::noise

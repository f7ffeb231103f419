#include "wire/binary/inflate.h"

#include <gtest/gtest.h>

namespace parley::wire::binary {
namespace {

TEST(Inflate, ThereAndBack) {
  for (const std::size_t size : {0, 1, 16383, 16384, 16385, 100000}) {
    const std::string plain(size, 'x');
    EXPECT_EQ(Inflate(Deflate(plain), size).value(), plain);
  }
}

TEST(Inflate, StopsAtTheBound) {
  EXPECT_EQ(Inflate(Deflate(std::string(1001, 'x')), 1000).error().code, FaultCode::kTooLarge);
  // A thousandth of what it holds.
  const std::string bomb = Deflate(std::string(64 << 20, '\0'));
  EXPECT_LT(bomb.size(), 70000u);
  EXPECT_EQ(Inflate(bomb, 16 << 20).error().code, FaultCode::kTooLarge);
}

TEST(Inflate, RefusesWhatIsNoStream) {
  const std::string stream = Deflate("some text, some text, some text");
  for (std::size_t size = 0; size < stream.size(); ++size)
    EXPECT_EQ(Inflate(stream.substr(0, size), 1000).error().code, FaultCode::kMalformed);
  EXPECT_EQ(Inflate(stream + "x", 1000).value(), "some text, some text, some text");
  for (std::size_t i = 0; i < stream.size(); ++i) {
    std::string changed = stream;
    changed[i] = static_cast<char>(changed[i] ^ 0x55);
    EXPECT_FALSE(Inflate(changed, 1000)) << i;
  }
  EXPECT_FALSE(Inflate("no stream at all", 1000));
}

}  // namespace
}  // namespace parley::wire::binary

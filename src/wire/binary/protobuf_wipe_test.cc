// Looks at all memory that this program gives back.
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "wire/binary/protobuf.h"

namespace {

constexpr std::string_view kKey = "a key of 32 bytes, not to be left";
bool is_watching = false;
int found = 0;

void GiveBack(void* memory, std::size_t size) {
  if (is_watching && memory != nullptr &&
      std::string_view(static_cast<const char*>(memory), size).find(kKey) != std::string_view::npos)
    ++found;
  std::free(memory);
}

}  // namespace

void* operator new(std::size_t size) {
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  std::abort();
}
void operator delete(void* memory) noexcept { GiveBack(memory, 0); }
void operator delete(void* memory, std::size_t size) noexcept { GiveBack(memory, size); }

namespace parley::wire::binary {
namespace {

TEST(FieldWriter, LeavesNoKeysBehind) {
  is_watching = true;
  { std::string(100, 'x').replace(1, kKey.size(), kKey); }
  EXPECT_EQ(found, 1);  // that is how it would be seen
  found = 0;
  {
    FieldWriter writer, unused;
    unused.Bytes(1, kKey);
    for (std::uint32_t i = 1; i < 100; ++i) writer.Bytes(i, kKey);
    std::string taken = writer.Take();
    EXPECT_EQ(taken.size(), 99 * (2 + kKey.size()) + 84);  // fields from 16 on have longer keys
    crypto::Wipe(taken);
  }
  is_watching = false;
  EXPECT_EQ(found, 0);
}

}  // namespace
}  // namespace parley::wire::binary

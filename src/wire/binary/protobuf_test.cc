#include "wire/binary/protobuf.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/encoding.h"

namespace parley::wire::binary {
namespace {

std::string Hex(std::string_view text) { return base::FromHexText(text).value(); }

Result<std::vector<Field>> ReadAll(std::string_view bytes) {
  std::vector<Field> fields;
  FieldReader reader(bytes);
  for (;;) {
    PARLEY_TRY(field, reader.Next());
    if (!field) return fields;
    fields.push_back(*field);
  }
}

// The examples of the encoding's own documentation.
TEST(Protobuf, KnownAnswers) {
  EXPECT_EQ(base::ToHexText(FieldWriter().Number(1, 150).Take()), "089601");
  EXPECT_EQ(base::ToHexText(FieldWriter().Bytes(2, "testing").Take()), "120774657374696e67");
  const std::string text = Hex("120774657374696e67");
  const auto fields = ReadAll(text);
  ASSERT_EQ(fields->size(), 1u);
  EXPECT_EQ((*fields)[0].number, 2u);
  EXPECT_EQ((*fields)[0].Bytes().value(), "testing");
  EXPECT_EQ((*ReadAll(Hex("089601")))[0].Number().value(), 150u);
}

TEST(Protobuf, ThereAndBack) {
  for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{127}, std::uint64_t{128},
                                    std::uint64_t{1} << 32, UINT64_MAX}) {
    for (const std::uint32_t number : {1u, 15u, 16u, (1u << 29) - 1}) {
      const std::string bytes = FieldWriter().Number(number, value).Bytes(number, "x").Take();
      const auto fields = ReadAll(bytes);
      ASSERT_EQ(fields->size(), 2u);
      EXPECT_EQ((*fields)[0].number, number);
      EXPECT_EQ((*fields)[0].Number().value(), value);
      EXPECT_EQ((*fields)[1].Bytes().value(), "x");
    }
  }
}

TEST(Protobuf, FixedNumbers) {
  const auto fields =
      ReadAll(Hex("0d01020304"
                  "110102030405060708"));
  ASSERT_EQ(fields->size(), 2u);
  EXPECT_EQ((*fields)[0].Number().value(), 0x04030201u);
  EXPECT_EQ((*fields)[1].Number().value(), 0x0807060504030201u);
}

TEST(Protobuf, TypesAreChecked) {
  const std::string number = Hex("0801"), bytes = Hex("0a0161");
  EXPECT_EQ((*ReadAll(number))[0].Bytes().error().code, FaultCode::kMalformed);
  EXPECT_EQ((*ReadAll(bytes))[0].Number().error().code, FaultCode::kMalformed);
  EXPECT_EQ((*ReadAll(bytes))[0].Number32().error().code, FaultCode::kMalformed);
}

TEST(Protobuf, LongNumbersAreCutTo32Bits) {
  EXPECT_EQ((*ReadAll(FieldWriter().Number(1, 0x100000005).Take()))[0].Number32().value(), 5u);
}

TEST(Protobuf, RefusesTheRest) {
  for (const char* hex : {
           "08",                        // no number
           "0880",                      // half a number
           "08ffffffffffffffffff02",    // more than 64 bits
           "08ffffffffffffffffffff01",  // many more
           "0a",                        // no length
           "0a0261",                    // bytes are missing
           "0affffffffffffffffff0161",  // a length of almost 2^64
           "0d010203",                  // half a fixed number
           "1101020304050607",          //
           "0b",                        // a group
           "0c",                        // its end
           "0e", "0f",                  // types that are not
           "0001",                      // field 0
           "8080808010"
           "01",  // field 2^29
       }) {
    const auto fields = ReadAll(Hex(hex));
    ASSERT_FALSE(fields) << hex;
    EXPECT_EQ(fields.error().code, FaultCode::kMalformed);
  }
  EXPECT_TRUE(ReadAll(""));
}

}  // namespace
}  // namespace parley::wire::binary

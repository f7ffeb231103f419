#include "base/uuid.h"

#include <gtest/gtest.h>

#include "base/digest.h"

namespace parley::base {
namespace {

TEST(Uuid, Version7SortsByTimeAndReadsBack) {
  const auto random = MakeSeededRandom(1);
  const Uuid early = MakeUuidV7(FromUnixMs(1'700'000'000'000), *random);
  const Uuid late = MakeUuidV7(FromUnixMs(1'700'000'000'001), *random);
  EXPECT_LT(early, late);
  EXPECT_EQ(early.ToText().substr(0, 15), "018bcfe5-6800-7");
  EXPECT_EQ(Uuid::Parse(early.ToText()), early);
  EXPECT_EQ(Uuid::Parse(early.ToHex()), early);
  EXPECT_EQ(Uuid::FromBytes(early.AsBytes()), early);
}

TEST(Uuid, RefusesOtherText) {
  for (const char* bad :
       {"", "018bcfe5", "018bcfe5-6800-7000-8000-00000000000g",
        "018bcfe5x6800-7000-8000-000000000000", "018bcfe568007000800000000000000000"})
    EXPECT_FALSE(Uuid::Parse(bad)) << bad;
}

TEST(Uuid, Version8DerivesFromADigest) {
  const Uuid id = MakeUuidV8(Sha256("abc"));
  EXPECT_EQ(id.ToText(), "ba7816bf-8f01-8fea-8141-40de5dae2223");
}

}  // namespace
}  // namespace parley::base

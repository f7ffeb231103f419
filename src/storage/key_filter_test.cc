#include "storage/key_filter.h"

#include <gtest/gtest.h>

#include "base/digest.h"

namespace parley::storage {
namespace {

IndexKey Key(int number) {
  const base::Digest digest = base::Sha256(std::to_string(number));
  return IndexKey::Of(KeySpace::kLink, base::AsText(digest).substr(0, 16), number);
}

TEST(KeyFilter, KnowsEveryKeyAndFewOthers) {
  KeyFilter filter(1000);
  for (int i = 0; i < 1000; ++i) filter.Add(Key(i));
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(filter.MayHold(Key(i))) << i;
  int wrong = 0;
  for (int i = 1000; i < 11000; ++i) wrong += filter.MayHold(Key(i));
  EXPECT_LT(wrong, 300);  // about one in a hundred
  EXPECT_LT(filter.bytes().size(), 1300u);
}

TEST(KeyFilter, IsTheSameAfterItWasStored) {
  KeyFilter filter(10);
  filter.Add(Key(7));
  const KeyFilter stored{std::string(filter.bytes())};
  EXPECT_TRUE(stored.MayHold(Key(7)));
  EXPECT_FALSE(stored.MayHold(Key(8)));
}

TEST(KeyFilter, AnswersMaybeWhereNothingWasStored) {
  EXPECT_TRUE(KeyFilter(std::string()).MayHold(Key(1)));
  EXPECT_FALSE(KeyFilter(0).MayHold(Key(1)));
}

TEST(KeyFilter, CoversDigestsOnly) {
  EXPECT_TRUE(KeyFilter::Covers(Key(1)));
  EXPECT_TRUE(KeyFilter::Covers(IndexKey::Of(KeySpace::kIdempotency, std::string(16, 'x'), 1)));
  EXPECT_FALSE(KeyFilter::Covers(IndexKey::Of(KeySpace::kChat, 1, 2, 3)));
  EXPECT_FALSE(KeyFilter::Covers(IndexKey::Of(KeySpace::kChannel, 1, 2, 3)));
}

TEST(IndexKey, HoldsNumbersInOrder) {
  const IndexKey key = IndexKey::Of(KeySpace::kChat, 5, 1'800'000'000'000, INT64_MAX);
  EXPECT_EQ(key.Number(0), 5);
  EXPECT_EQ(key.Number(1), 1'800'000'000'000);
  EXPECT_EQ(key.row(), INT64_MAX);
  EXPECT_EQ(IndexKey::Of(KeySpace::kChannel, 5, 6, 7).row(), 6);
  EXPECT_LT(IndexKey::Of(KeySpace::kChat, 5, 255, 9), IndexKey::Of(KeySpace::kChat, 5, 256, 0));
}

TEST(IndexKey, HasNeighbours) {
  const IndexKey key = IndexKey::Of(KeySpace::kChat, 5, 6, 255);
  EXPECT_EQ(key.Next(), IndexKey::Of(KeySpace::kChat, 5, 6, 256));
  EXPECT_EQ(key.Next().Previous(), key);
  EXPECT_EQ(IndexKey::Of(KeySpace::kChat, 5, 6, 0).Previous(),
            IndexKey::Of(KeySpace::kChat, 5, 5, -1));
}

}  // namespace
}  // namespace parley::storage

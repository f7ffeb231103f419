#include "admin/event_texts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parley::admin {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

core::LoggedEvent At(std::int64_t position, std::string url = "https://files.test/a") {
  core::LoggedEvent logged;
  logged.event.position = core::EventPosition(position);
  core::SubscriptionDisabled body;
  body.url = std::move(url);
  logged.event.body = std::move(body);
  return logged;
}

TEST(EventTexts, EncodesOnceForAllThatWatch) {
  EventTexts texts;
  const std::string first = texts.Of(At(7));
  EXPECT_THAT(first, StartsWith("id: 7\nevent: "));
  EXPECT_THAT(first, EndsWith("\n\n"));
  for (int page = 0; page < 3; ++page) EXPECT_EQ(texts.Of(At(7)), first);
  EXPECT_EQ(texts.encoded(), 1U);
  EXPECT_THAT(texts.Of(At(8)), StartsWith("id: 8\n"));
  EXPECT_EQ(texts.Of(At(7)), first);
  EXPECT_EQ(texts.encoded(), 2U);
}

TEST(EventTexts, KeepsTheNewestAlone) {
  EventTexts texts;
  const std::int64_t places = EventTexts::kPlaces;
  for (std::int64_t position = 1; position <= places; ++position) texts.Of(At(position));
  for (std::int64_t position = 1; position <= places; ++position) texts.Of(At(position));
  EXPECT_EQ(texts.encoded(), EventTexts::kPlaces);
  EXPECT_THAT(texts.Of(At(places + 1)), StartsWith("id: 257\n"));  // in the place of the first
  EXPECT_THAT(texts.Of(At(1)), StartsWith("id: 1\n"));
  EXPECT_EQ(texts.encoded(), EventTexts::kPlaces + 2);
}

TEST(EventTexts, KeepsNoLongOnes) {
  EventTexts texts;
  const std::string url = "https://files.test/" + std::string(EventTexts::kMaxText, 'x');
  texts.Of(At(3));
  EXPECT_THAT(texts.Of(At(3 + EventTexts::kPlaces, url)), HasSubstr(url));
  EXPECT_THAT(texts.Of(At(3 + EventTexts::kPlaces, url)), HasSubstr(url));
  EXPECT_EQ(texts.encoded(), 3U);
  EXPECT_THAT(texts.Of(At(3)), StartsWith("id: 3\n"));
  EXPECT_EQ(texts.encoded(), 3U);
}

}  // namespace
}  // namespace parley::admin

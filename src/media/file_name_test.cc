#include "media/file_name.h"

#include <gtest/gtest.h>

#include "core/messages/content_kind.h"

namespace parley::media {
namespace {

using core::ContentKind;

TEST(FileName, GetsAnotherEnding) {
  EXPECT_EQ(WithEnding("note.mp3", ".ogg"), "note.ogg");
  EXPECT_EQ(WithEnding("two.parts.mp3", ".ogg"), "two.parts.ogg");
  EXPECT_EQ(WithEnding("note", ".ogg"), "note.ogg");
  EXPECT_EQ(WithEnding(".mp3", ".ogg"), ".mp3.ogg");
  EXPECT_EQ(WithEnding("note.", ".ogg"), "note..ogg");
  EXPECT_EQ(WithEnding("Mr. Smith says hello", ".ogg"), "Mr. Smith says hello.ogg");
  EXPECT_EQ(WithEnding("v1.2 final", ".ogg"), "v1.2 final.ogg");
}

std::string NameOf(const std::string& name, const std::string& type, ContentKind kind,
                   bool voice = false) {
  core::MediaRef media;
  media.file_name = name;
  media.mime_type = type;
  NameAfterType(media, kind, voice);
  return media.file_name;
}

TEST(FileName, FollowsTheTypeOfVoiceAndStickers) {
  EXPECT_EQ(NameOf("note.mp3", "audio/ogg", ContentKind::kAudio, true), "note.ogg");
  EXPECT_EQ(NameOf("note.mp3", "audio/ogg; codecs=opus", ContentKind::kAudio, true), "note.ogg");
  EXPECT_EQ(NameOf("note", "audio/ogg", ContentKind::kAudio, true), "note.ogg");
  EXPECT_EQ(NameOf("note.OPUS", "audio/ogg", ContentKind::kAudio, true), "note.OPUS");
  EXPECT_EQ(NameOf("note.oga", "audio/ogg", ContentKind::kAudio, true), "note.oga");
  EXPECT_EQ(NameOf("", "audio/ogg", ContentKind::kAudio, true), "");
  EXPECT_EQ(NameOf("smile.png", "image/webp", ContentKind::kSticker), "smile.webp");
}

TEST(FileName, IsLeftAloneOtherwise) {
  EXPECT_EQ(NameOf("note.mp3", "audio/mpeg", ContentKind::kAudio, true), "note.mp3");
  EXPECT_EQ(NameOf("note.mp3", "audio/ogg", ContentKind::kAudio), "note.mp3");
  EXPECT_EQ(NameOf("a.png", "image/webp", ContentKind::kImage), "a.png");
  EXPECT_EQ(NameOf("report.2024", "application/pdf", ContentKind::kDocument), "report.2024");
}

}  // namespace
}  // namespace parley::media

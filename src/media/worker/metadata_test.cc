#include "media/worker/metadata.h"

#include <gtest/gtest.h>

#include "base/encoding.h"

namespace parley::media::worker {
namespace {

using namespace std::string_literals;

std::string Segment(char marker, const std::string& payload) {
  const std::size_t length = payload.size() + 2;
  return "\xff"s + marker + static_cast<char>(length >> 8) + static_cast<char>(length & 0xff) +
         payload;
}

// Little-endian Exif: a camera, an orientation, and a pointer to where it was.
std::string Exif(char orientation) {
  return "Exif\0\0"s + "II*\0\x08\0\0\0"s + "\x03\0"s +           //
         "\x0f\x01\x02\0\x04\0\0\0Cam\0"s +                       //
         "\x12\x01\x03\0\x01\0\0\0"s + orientation + "\0\0\0"s +  //
         "\x25\x88\x04\0\x01\0\0\0\x32\0\0\0"s + "\0\0\0\0"s + "GPS here"s;
}

const std::string kJfif = Segment('\xe0', "JFIF\0\1\1\0\0\1\0\1\0\0"s);
const std::string kProfile = Segment('\xe2', "ICC_PROFILE\0\1\1 colours"s);
const std::string kTables = Segment('\xdb', std::string(65, '\1'));
const std::string kScan = Segment('\xda', "\1\1\0\0\x3f\0"s) + "pixels\xff\0 more\xff\xd0 and on"s;
const std::string kMoreTables = Segment('\xc4', std::string(20, '\2'));
const std::string kEnd = "\xff\xd9"s;

std::string Jpeg(const std::string& before, const std::string& behind = "") {
  return "\xff\xd8"s + before + kProfile + kTables + kScan + kMoreTables + kScan + kEnd + behind;
}

TEST(CleanJpeg, TakesOutWhereAndByWhatItWasTaken) {
  const std::string mpf = Segment('\xe2', "MPF\0another picture"s);
  const Cleaned cleaned = CleanJpeg(Jpeg(kJfif + Segment('\xe1', Exif(1)) +
                                             Segment('\xe1', "http://ns.adobe.com/xap"s) +
                                             Segment('\xed', "Photoshop 3.0\0 city"s) + mpf,
                                         "\xff\xd8 the other picture, with its own place"));
  EXPECT_TRUE(cleaned.is_sound);
  ASSERT_TRUE(cleaned.is_changed);
  EXPECT_EQ(cleaned.bytes, Jpeg(kJfif));
  const Cleaned again = CleanJpeg(cleaned.bytes);
  EXPECT_TRUE(again.is_sound);
  EXPECT_FALSE(again.is_changed);
  const Cleaned harmless =
      CleanJpeg(Jpeg(kJfif + Segment('\xfe', "a comment"), "a note behind it"));
  EXPECT_TRUE(harmless.is_sound);
  EXPECT_FALSE(harmless.is_changed) << "what has nothing to hide stays as it is";
}

TEST(CleanJpeg, KeepsThePictureUpright) {
  const Cleaned cleaned = CleanJpeg(Jpeg(Segment('\xe1', Exif(6))));
  const std::string only_orientation =
      Segment('\xe1', "Exif\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"s);
  EXPECT_EQ(cleaned.bytes, Jpeg(only_orientation));
  EXPECT_FALSE(CleanJpeg(cleaned.bytes).is_changed);
  EXPECT_EQ(CleanJpeg(Jpeg(Segment('\xe1', Exif(9)))).bytes, Jpeg("")) << "there is no ninth way";
}

TEST(CleanJpeg, DoesNotTrustWhatItCannotWalkThrough) {
  const std::string whole = Jpeg(kJfif + Segment('\xe1', Exif(6)));
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(CleanJpeg(whole.substr(0, size)).is_sound) << size;
  EXPECT_TRUE(CleanJpeg(whole).is_sound);
  // A directory that points behind its end, or has more entries than there is room for.
  std::string far = Exif(6);
  far[10] = '\x7f';
  EXPECT_EQ(CleanJpeg(Jpeg(Segment('\xe1', far))).bytes, Jpeg(""));
  std::string many = Exif(6).substr(0, 30);
  many[14] = many[15] = '\xff';
  EXPECT_EQ(CleanJpeg(Jpeg(Segment('\xe1', many))).bytes, Jpeg(""));
}

std::string Chunk(const std::string& type, const std::string& data) {
  const auto size = static_cast<char>(data.size());
  return "\0\0\0"s + size + type + data + "crc!";
}

TEST(CleanPng, TakesOutExifAndXmp) {
  const std::string start = "\x89PNG\r\n\x1a\n"s + Chunk("IHDR", "size and form");
  const std::string pixels = Chunk("iCCP", "profile") + Chunk("tEXt", "Title\0Mine"s) +
                             Chunk("tIME", "then") + Chunk("IDAT", "pixels");
  const std::string end = Chunk("IEND", "");
  const std::string clean = start + pixels + end;
  const std::string told =
      start + Chunk("eXIf", "GPS") + Chunk("zTXt", "Raw profile type exif\0..."s) +
      Chunk("iTXt", "XML:com.adobe.xmp\0..."s) + pixels + end + "and more behind it";
  EXPECT_EQ(CleanPng(told).bytes, clean);
  EXPECT_TRUE(CleanPng(clean).is_sound);
  EXPECT_FALSE(CleanPng(clean + "a note behind it").is_changed);
  for (std::size_t size = 0; size < clean.size(); ++size)
    EXPECT_FALSE(CleanPng(clean.substr(0, size)).is_sound) << size;
  std::string endless = clean;
  endless[8] = '\xff';  // the first chunk has 4 GB
  EXPECT_FALSE(CleanPng(endless).is_sound);
}

}  // namespace
}  // namespace parley::media::worker

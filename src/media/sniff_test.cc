#include "media/sniff.h"

#include <gtest/gtest.h>

#include "base/encoding.h"

namespace parley::media {
namespace {

using core::ContentKind;
using namespace std::string_literals;

const std::string kPng = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\2\0\0\0"s;
const std::string kJpeg = "\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"s;
const std::string kWebp = "RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0\x30\1\0\x9d\1\x2a\1\0\1\0"s;
const std::string kMp4 =
    "\0\0\0\x18"
    "ftypisom\0\0\2\0isomiso2"s;
const std::string kM4a =
    "\0\0\0\x18"
    "ftypM4A \0\0\2\0isomiso2"s;
const std::string kOgg = "OggS\0\2\0\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\0\0\0\0\1\x13OpusHead\1\1\0\0"s;
const std::string kMp3 = "ID3\4\0\0\0\0\0\0\xff\xfb\x90\0"s;
const std::string kPdf = "%PDF-1.4\n1 0 obj\n"s;
const std::string kHtml = "<!DOCTYPE html>\n<html><head><title>Not found</title></head></html>"s;
const std::string kZip = "PK\5\6"s + std::string(18, '\0');

TEST(Sniffer, KnowsWhatWhatsAppCarries) {
  auto made = MakeSniffer();
  ASSERT_TRUE(made);
  Sniffer& sniffer = **made;
  EXPECT_EQ(sniffer.TypeOf(kPng), "image/png");
  EXPECT_EQ(sniffer.TypeOf(kJpeg), "image/jpeg");
  EXPECT_EQ(sniffer.TypeOf(kWebp), "image/webp");
  EXPECT_EQ(sniffer.TypeOf(kMp4), "video/mp4");
  EXPECT_EQ(sniffer.TypeOf(kOgg), "audio/ogg");
  EXPECT_EQ(sniffer.TypeOf(kMp3), "audio/mpeg");
  EXPECT_EQ(sniffer.TypeOf(kPdf), "application/pdf");
  EXPECT_EQ(sniffer.TypeOf(kHtml), "text/html");
  EXPECT_EQ(sniffer.TypeOf(kZip), "application/zip");
  EXPECT_EQ(sniffer.TypeOf("name,number\nBob,+15550100\nAnn,+15550101\n"), "text/csv");
  EXPECT_EQ(sniffer.TypeOf("hello"), "text/plain");
  EXPECT_EQ(sniffer.TypeOf("\x01\x02\x03\xfe"), "application/octet-stream");
  EXPECT_EQ(sniffer.TypeOf(kM4a).substr(0, 6), "audio/");
}

struct TypeCase {
  const char* sniffed;
  const char* declared;
  std::optional<ContentKind> kind;
  const char* type;  // what the message carries, or the sentence of the refusal
};
constexpr TypeCase kCases[] = {
    // Nothing declared: what was found.
    {"image/png", "", std::nullopt, "image/png"},
    {"application/octet-stream", "", std::nullopt, "application/octet-stream"},
    {"text/html", "", std::nullopt, "text/html"},
    // What says nothing counts as not declared, letter case and parameters do not count.
    {"image/png", "application/octet-stream", std::nullopt, "image/png"},
    {"image/png", "binary/octet-stream", ContentKind::kImage, "image/png"},
    {"image/png", "IMAGE/PNG; charset=binary", ContentKind::kImage, "image/png"},
    {"image/png", "nonsense", std::nullopt, "image/png"},
    // Within a family the finding is finer.
    {"image/jpeg", "image/jpg", std::nullopt, "image/jpeg"},
    {"image/webp", "image/png", ContentKind::kImage, "image/webp"},
    // The declaration says more than the finding.
    {"text/plain", "text/csv; charset=utf-8", std::nullopt, "text/csv"},
    {"application/zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
     ContentKind::kDocument,
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"application/octet-stream", "audio/aac", ContentKind::kAudio, "audio/aac"},
    {"video/mp4", "audio/mp4", ContentKind::kAudio, "audio/mp4"},
    {"video/mp4", "audio/mp4", std::nullopt, "audio/mp4"},
    {"application/ogg", "", ContentKind::kAudio, "audio/ogg"},
    {"video/webm", "", ContentKind::kAudio, "audio/webm"},
    // A document may be anything.
    {"image/png", "", ContentKind::kDocument, "image/png"},
    {"text/html", "text/html", ContentKind::kDocument, "text/html"},
    {"image/webp", "", ContentKind::kSticker, "image/webp"},
    // Contradictions.
    {"image/png", "video/mp4", std::nullopt, "The media is image/png, not video/mp4"},
    {"image/png", "application/pdf", std::nullopt, "The media is image/png, not application/pdf"},
    {"text/plain", "application/pdf", std::nullopt, "The media is text/plain, not application/pdf"},
    {"text/plain", "image/png", ContentKind::kImage, "The media is text/plain, not image/png"},
    {"application/octet-stream", "image/jpeg", ContentKind::kImage,
     "The media is application/octet-stream, not image/jpeg"},
    {"application/zip", "image/png", std::nullopt, "The media is application/zip, not image/png"},
    {"application/pdf", "application/zip", std::nullopt,
     "The media is application/pdf, not application/zip"},
    {"text/html", "image/jpeg", std::nullopt, "A web page came where image/jpeg was expected"},
    {"text/html", "application/pdf", ContentKind::kDocument,
     "A web page came where application/pdf was expected"},
    {"text/html", "text/html", ContentKind::kImage, "A web page came where image was expected"},
    {"text/html", "", ContentKind::kVideo, "A web page came where video was expected"},
    // What the kind cannot carry.
    {"application/pdf", "", ContentKind::kImage, "The media is application/pdf, not image"},
    {"audio/mpeg", "audio/mpeg", ContentKind::kVideo, "The media is audio/mpeg, not video"},
    {"application/octet-stream", "", ContentKind::kImage, "The media is not recognised as image"},
    {"image/png", "image/png", ContentKind::kSticker,
     "A sticker must be image/webp, not image/png"},
};

TEST(CheckType, ComparesWhatWasFoundWithWhatWasSaid) {
  for (const TypeCase& row : kCases) {
    SCOPED_TRACE(std::string(row.sniffed) + " declared " + row.declared);
    const auto type = CheckType(row.sniffed, row.declared, row.kind);
    EXPECT_EQ(type ? *type : type.error().text, row.type);
    if (type) continue;
    EXPECT_EQ(type.error().code, base::ErrorCode::kMediaWrongType);
  }
}

}  // namespace
}  // namespace parley::media

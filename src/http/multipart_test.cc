#include <gtest/gtest.h>

#include "http/forms.h"

namespace parley::http {
namespace {

constexpr std::string_view kType = "multipart/form-data; boundary=XX";

std::string FaultOf(std::string_view body, std::string_view type = kType) {
  const auto parts = ParseMultipart(body, type);
  if (parts) return "";
  EXPECT_EQ(parts.error().code, base::ErrorCode::kMalformedBody);
  return parts.error().text.substr(std::string_view("Invalid multipart form: ").size());
}

std::string PartWith(std::string_view header) {
  return "--XX\r\n" + std::string(header) + "\r\n\r\nx\r\n--XX--\r\n";
}

TEST(ParseMultipart, ReadsFieldsAndFiles) {
  const std::string body =
      "--XX\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\n+1555\r\n"
      "--XX\r\nContent-Disposition: form-data; name=\"media\"; filename=\"a.png\"\r\n"
      "Content-Type: image/png\r\n\r\n\x89PNG\r\n--X\r\n\r\n"
      "--XX--\r\n";
  const auto parts = ParseMultipart(body, "multipart/form-data; boundary=\"XX\"; charset=utf-8");
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 2u);
  EXPECT_EQ((*parts)[0].name, "to");
  EXPECT_FALSE((*parts)[0].is_file);
  EXPECT_EQ((*parts)[0].data, "+1555");
  EXPECT_EQ((*parts)[1].name, "media");
  EXPECT_TRUE((*parts)[1].is_file);
  EXPECT_EQ((*parts)[1].file_name, "a.png");
  EXPECT_EQ((*parts)[1].content_type, "image/png");
  EXPECT_EQ((*parts)[1].data, "\x89PNG\r\n--X\r\n");
}

TEST(ParseMultipart, TakesPreambleEpilogueAndPadding) {
  const auto parts = ParseMultipart(
      "this is a form\r\n--XX \t\r\nContent-Disposition: form-data; "
      "name=a\r\n\r\n\r\n--XX--\r\nbye",
      kType);
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 1u);
  EXPECT_EQ((*parts)[0].data, "");
}

TEST(ParseMultipart, TakesAFormWithoutParts) {
  const auto parts = ParseMultipart("--XX--\r\n", kType);
  ASSERT_TRUE(parts);
  EXPECT_TRUE(parts->empty());
}

TEST(ParseMultipart, AnEmptyFileNameIsStillAFile) {
  const auto parts =
      ParseMultipart(PartWith("Content-Disposition: form-data; name=\"f\"; filename=\"\""), kType);
  ASSERT_TRUE(parts);
  EXPECT_TRUE((*parts)[0].is_file);
  EXPECT_EQ((*parts)[0].file_name, "");
}

TEST(ParseMultipart, ReadsExtendedFileNames) {
  const auto parts = ParseMultipart(
      PartWith("content-disposition: form-data; name=f; filename*=utf-8''%E2%82%AC%20.txt"), kType);
  ASSERT_TRUE(parts);
  EXPECT_EQ((*parts)[0].file_name, "\xE2\x82\xAC .txt");
}

TEST(ParseMultipart, ABodyPartCannotBeTakenForHeaders) {
  const auto parts = ParseMultipart(
      "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nContent-Type: text/html\r\n--XX--",
      kType);
  ASSERT_TRUE(parts);
  EXPECT_EQ((*parts)[0].content_type, "");
  EXPECT_EQ((*parts)[0].data, "Content-Type: text/html");
}

TEST(ParseMultipart, RefusesATypeWithoutBoundary) {
  const std::string fault = "the Content-Type has no usable boundary";
  EXPECT_EQ(FaultOf("", "multipart/form-data"), fault);
  EXPECT_EQ(FaultOf("", "multipart/mixed; boundary=XX"), fault);
  EXPECT_EQ(FaultOf("", "multipart/form-data; boundary=\"\""), fault);
  EXPECT_EQ(FaultOf("", "multipart/form-data; boundary=" + std::string(71, 'b')), fault);
}

TEST(ParseMultipart, NamesWhatIsWrongAndWhere) {
  EXPECT_EQ(FaultOf("no form"), "no boundary at byte 0");
  EXPECT_EQ(FaultOf("--XXY\r\n"), "a boundary without a line end at byte 4");
  EXPECT_EQ(FaultOf("--XX\r\nContent-Disposition: form-data; name=a"),
            "a part header without an end at byte 6");
  EXPECT_EQ(FaultOf(PartWith("Content-Type: a/b")), "a part without Content-Disposition at byte 6");
  EXPECT_EQ(FaultOf("--XX\r\n\r\nx\r\n--XX--"), "a part without Content-Disposition at byte 6");
  EXPECT_EQ(FaultOf(PartWith("Content-Disposition: form-data")), "a part without a name at byte 6");
  EXPECT_EQ(FaultOf(PartWith("Content-Disposition: attachment; name=a")),
            "a Content-Disposition that is not form-data at byte 6");
  EXPECT_EQ(FaultOf(PartWith("Content-Disposition: form-data; name=\"\xFF\"")),
            "a name that is not UTF-8 at byte 6");
  EXPECT_EQ(FaultOf(PartWith("Content-Disposition: form-data; name=a\r\n"
                             "Content-Transfer-Encoding: base64")),
            "an unsupported Content-Transfer-Encoding at byte 6");
  EXPECT_EQ(FaultOf("--XX\r\nContent-Disposition: form-data; name=a\r\n\r\nx"),
            "a part without an end at byte 49");
}

TEST(ParseMultipart, HasALimitOfParts) {
  std::string body;
  for (std::size_t i = 0; i < kMaxFormParts; ++i)
    body += "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n";
  EXPECT_EQ(FaultOf(body + "--XX--"), "");
  EXPECT_NE(FaultOf(body + "--XX\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--XX--")
                .find("too many parts"),
            std::string::npos);
}

TEST(ParseMultipart, HasALimitForPartHeaders) {
  const std::string start = "Content-Disposition: form-data; name=a\r\nX: ";
  EXPECT_EQ(FaultOf(PartWith(start + std::string(kMaxPartHeader - start.size() - 4, 'x'))), "");
  EXPECT_EQ(FaultOf(PartWith(start + std::string(kMaxPartHeader - start.size() - 3, 'x'))),
            "a part header without an end at byte 6");
}

}  // namespace
}  // namespace parley::http

#include "core/media/data_uri.h"

#include <gtest/gtest.h>

namespace parley::core {
namespace {

struct Case {
  const char* text;
  const char* type;
  const char* bytes;
};

TEST(DataUri, IsTakenApart) {
  constexpr Case kCases[] = {
      {"data:image/png;base64,aGVsbG8=", "image/png", "hello"},
      {"data:image/png;base64,aGVsbG8", "image/png", "hello"},
      {"data:text/plain;charset=utf-8;base64,aGVsbG8=", "text/plain;charset=utf-8", "hello"},
      {"data:;base64,aGVsbG8=", "", "hello"},
      {"data:audio/ogg;codecs=opus;base64,aGVs\r\nbG8=", "audio/ogg;codecs=opus", "hello"},
      {"data:image/png;base64,-_-_", "image/png", "\xfb\xff\xbf"},
      {"data:image/png;base64,", "image/png", ""},
  };
  for (const Case& row : kCases) {
    SCOPED_TRACE(row.text);
    EXPECT_TRUE(IsDataUri(row.text));
    const auto uri = ParseDataUri(row.text, "body");
    ASSERT_TRUE(uri);
    EXPECT_EQ(uri->type, row.type);
    EXPECT_EQ(uri->bytes, row.bytes);
  }
}

TEST(DataUri, IsRefusedByTheNameOfItsField) {
  const std::string long_type = "data:" + std::string(300, 'x') + ";base64,aGVsbG8=";
  for (const std::string& text :
       {std::string("data:image/png,hello"), std::string("data:image/png;base64;aGVsbG8="),
        std::string("data:"), std::string("data:image/png;base64,a*b"),
        std::string("data:image/png;base64,aGVsbG8=aGVsbG8="),
        std::string("data:image/png;base64,aGVsb"), std::string("http://x/y;base64,aGVsbG8="),
        long_type}) {
    SCOPED_TRACE(text);
    const auto uri = ParseDataUri(text, "body");
    ASSERT_FALSE(uri);
    EXPECT_EQ(uri.error().code, base::ErrorCode::kInvalidFields);
    ASSERT_EQ(uri.error().faults.size(), 1u);
    EXPECT_EQ(uri.error().faults[0].path, "body");
  }
  EXPECT_FALSE(IsDataUri("https://example.com/data:"));
}

}  // namespace
}  // namespace parley::core

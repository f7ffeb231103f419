#include "sim/network/media_shelf.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "sim/network/message.h"

namespace parley::sim::network {
namespace {

namespace fs = std::filesystem;

// SHA-256 of "abc", FIPS 180-2, appendix B.1.
constexpr char kAbc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

// Both kinds of shelf behave alike.
class MediaShelves : public testing::TestWithParam<bool> {
 protected:
  MediaShelves()
      : folder_(fs::path(testing::TempDir()) / ("parley_media_" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
    shelf_ = GetParam() ? std::move(*OpenMediaFolder(folder_ / "media")) : MakeMemoryMedia();
  }
  ~MediaShelves() override { fs::remove_all(folder_); }

  std::string BytesOf(const StoredMedia& media) {
    if (media.bytes) return *media.bytes;
    std::ifstream file(media.path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }

  fs::path folder_;
  std::unique_ptr<MediaShelf> shelf_;
};

TEST_P(MediaShelves, KeepBytesUnderTheirDigest) {
  EXPECT_EQ(shelf_->Store("abc").value(), kAbc);
  EXPECT_EQ(shelf_->Store("abc").value(), kAbc);
  const auto media = shelf_->Open(kAbc);
  ASSERT_TRUE(media);
  EXPECT_EQ(media->size, 3);
  EXPECT_EQ(BytesOf(*media), "abc");
}

TEST_P(MediaShelves, TakeFiles) {
  const fs::path source = folder_ / "source";
  std::ofstream(source, std::ios::binary) << std::string(700'000, 'x');
  const auto sha256 = shelf_->StoreFile(source);
  ASSERT_TRUE(sha256);
  EXPECT_EQ(*sha256, shelf_->Store(std::string(700'000, 'x')).value());
  EXPECT_TRUE(fs::exists(source));
  EXPECT_EQ(shelf_->StoreFile(folder_ / "missing").error().code, base::ErrorCode::kNotFound);
}

TEST_P(MediaShelves, RefuseNothingAndTooMuch) {
  EXPECT_EQ(shelf_->Store("").error().code, base::ErrorCode::kMediaEmpty);
  const std::string large(kMaxMedia + 1, 'x');
  EXPECT_EQ(shelf_->Store(large).error().code, base::ErrorCode::kMediaTooLarge);
}

TEST_P(MediaShelves, OpenOnlyDigests) {
  for (const char* name : {"", "../source", "BA78", ".incoming-1", kAbc})
    EXPECT_EQ(shelf_->Open(name).error().code, base::ErrorCode::kNotFound) << name;
}

INSTANTIATE_TEST_SUITE_P(All, MediaShelves, testing::Bool(),
                         [](const auto& shelf) { return shelf.param ? "InAFolder" : "InMemory"; });

TEST(MediaFolder, SweepsWhatWasLeftHalfWritten) {
  const fs::path folder =
      fs::path(testing::TempDir()) / ("parley_sweep_" + std::to_string(::getpid()));
  fs::create_directories(folder);
  std::ofstream(folder / ".incoming-3") << "half";
  ASSERT_TRUE(OpenMediaFolder(folder));
  EXPECT_FALSE(fs::exists(folder / ".incoming-3"));
  fs::remove_all(folder);
}

}  // namespace
}  // namespace parley::sim::network

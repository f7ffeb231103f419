#include "storage/blobs/file_blobs.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/digest.h"
#include "base/encoding.h"

namespace parley::storage {
namespace {

namespace fs = std::filesystem;

std::string DigestOf(std::string_view bytes) {
  return base::ToHexText(base::AsText(base::Sha256(bytes)));
}

class FileBlobs : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = ::testing::TempDir() + "blobs-" + info->name() + "-" + std::to_string(::getpid());
    fs::remove_all(folder_);
    Open();
  }
  void TearDown() override { fs::remove_all(folder_); }

  void Open() {
    auto opened = OpenBlobFolder(folder_);
    ASSERT_TRUE(opened) << opened.error().text;
    blobs_ = std::move(*opened);
  }
  std::size_t FilesIn(const std::string& under) const {
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder_ + under))
      files += entry.is_regular_file() ? 1 : 0;
    return files;
  }

  std::string folder_;
  std::unique_ptr<BlobFolder> blobs_;
};

TEST_F(FileBlobs, KeepsBytesUnderTheirDigest) {
  const std::string bytes("a\0b", 3), digest = DigestOf(bytes);
  ASSERT_TRUE(blobs_->Store(digest, bytes));
  EXPECT_EQ(*blobs_->Read(digest), bytes);
  EXPECT_EQ(*blobs_->PathOf(digest), folder_ + "/" + digest.substr(0, 2) + "/" + digest.substr(2));
  EXPECT_EQ(FilesIn("/incoming"), 0u);
  Open();
  EXPECT_EQ(*blobs_->Read(digest), bytes);
}

TEST_F(FileBlobs, TakesBytesInPieces) {
  auto writer = blobs_->NewWriter();
  ASSERT_TRUE(writer);
  ASSERT_TRUE((*writer)->Write("one "));
  ASSERT_TRUE((*writer)->Write("two"));
  EXPECT_FALSE(blobs_->Read(DigestOf("one two"))) << "it appears when it is committed";
  ASSERT_TRUE((*writer)->Commit(DigestOf("one two")));
  EXPECT_EQ(*blobs_->Read(DigestOf("one two")), "one two");
}

TEST_F(FileBlobs, LeavesNothingOfAWriterThatWasGivenUp) {
  {
    auto writer = blobs_->NewWriter();
    ASSERT_TRUE((*writer)->Write("half"));
    EXPECT_EQ(FilesIn("/incoming"), 1u);
  }
  EXPECT_EQ(FilesIn(""), 0u);
}

TEST_F(FileBlobs, TakesNothingNewWhenItIsFull) {
  const auto full = [this] {
    const auto refused = blobs_->NewWriter();
    return !refused && refused.error().code == base::ErrorCode::kUnavailable;
  };
  blobs_ = std::move(*OpenBlobFolder(folder_, 10));
  ASSERT_TRUE(blobs_->Store(DigestOf("12345"), "12345"));
  ASSERT_TRUE(blobs_->Store(DigestOf("12345"), "12345"));  // the same bytes count once
  EXPECT_FALSE(full());
  ASSERT_TRUE(blobs_->Store(DigestOf("67890"), "67890"));
  EXPECT_TRUE(full());
  EXPECT_EQ(blobs_->Size(), 10);
  EXPECT_FALSE(blobs_->Store(DigestOf("more"), "more"));
  EXPECT_TRUE(blobs_->Store(DigestOf("12345"), "12345")) << "what is there already needs no room";
  // Another process counts what it finds when it lists it.
  blobs_ = std::move(*OpenBlobFolder(folder_, 10));
  for (int shelf = 0; shelf < 256; ++shelf)
    ASSERT_TRUE(blobs_->Shelf(static_cast<std::uint8_t>(shelf)));
  EXPECT_TRUE(full());
  ASSERT_TRUE(blobs_->Delete(DigestOf("12345")));
  EXPECT_EQ(blobs_->Size(), 5);
  EXPECT_FALSE(full());
}

TEST_F(FileBlobs, SweepsAtStartWhatACrashLeftBehind) {
  ASSERT_TRUE(blobs_->Store(DigestOf("kept"), "kept"));
  std::ofstream(folder_ + "/incoming/4711-0") << "half a fi";
  Open();
  EXPECT_EQ(FilesIn("/incoming"), 0u);
  EXPECT_EQ(*blobs_->Read(DigestOf("kept")), "kept");
}

TEST_F(FileBlobs, StoresTheSameBytesFromManyThreadsOnce) {
  const std::string bytes(300'000, 'x'), digest = DigestOf(bytes);
  std::atomic<int> failures{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      for (int k = 0; k < 10; ++k) {
        if (i % 2 == 0) {
          failures += blobs_->Store(digest, bytes) ? 0 : 1;
        } else {
          auto writer = blobs_->NewWriter();
          const bool ok = writer && (*writer)->Write(bytes) && (*writer)->Commit(digest);
          failures += ok ? 0 : 1;
        }
        const auto read = blobs_->Read(digest);
        failures += read && *read == bytes ? 0 : 1;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(FilesIn(""), 1u);
}

TEST_F(FileBlobs, KnowsOnlyDigests) {
  for (const char* name : {"", "ab", "../../../../../../etc/passwd", "AB"}) {
    EXPECT_EQ(blobs_->Read(name).error().code, base::ErrorCode::kNotFound);
    EXPECT_EQ(blobs_->PathOf(name).error().code, base::ErrorCode::kNotFound);
    EXPECT_FALSE(blobs_->Store(name, "x"));
  }
  EXPECT_EQ(blobs_->Read(DigestOf("never stored")).error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(FilesIn(""), 0u);
}

TEST_F(FileBlobs, DeletesWhatWasNotStoredAgainSince) {
  const std::string digest = DigestOf("x");
  ASSERT_TRUE(blobs_->Store(digest, "x"));
  const auto long_ago = fs::last_write_time(*blobs_->PathOf(digest)) - std::chrono::hours(48);
  const auto day_ago = base::FromUnixMs(
      std::chrono::duration_cast<std::chrono::milliseconds>(
          std::chrono::file_clock::to_sys(long_ago + std::chrono::hours(24)).time_since_epoch())
          .count());
  ASSERT_TRUE(blobs_->Delete(digest, day_ago)) << "new bytes stay";
  EXPECT_TRUE(blobs_->Read(digest));

  fs::last_write_time(*blobs_->PathOf(digest), long_ago);
  ASSERT_TRUE(blobs_->Store(digest, "x"));
  ASSERT_TRUE(blobs_->Delete(digest, day_ago)) << "bytes that were stored again count as new";
  EXPECT_TRUE(blobs_->Read(digest));

  fs::last_write_time(*blobs_->PathOf(digest), long_ago);
  ASSERT_TRUE(blobs_->Renew(digest));
  ASSERT_TRUE(blobs_->Delete(digest, day_ago)) << "so do those that were renewed";
  EXPECT_TRUE(blobs_->Read(digest));

  fs::last_write_time(*blobs_->PathOf(digest), long_ago);
  ASSERT_TRUE(blobs_->Delete(digest, day_ago));
  EXPECT_EQ(blobs_->Read(digest).error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(blobs_->Renew(digest).error().code, base::ErrorCode::kNotFound);
  EXPECT_EQ(blobs_->Delete(digest).error().code, base::ErrorCode::kNotFound);
}

TEST_F(FileBlobs, ListsWhatIsThereInParts) {
  std::vector<std::string> stored;
  for (int i = 0; i < 300; ++i) {
    stored.push_back(DigestOf(std::to_string(i)));
    ASSERT_TRUE(blobs_->Store(stored.back(), std::to_string(i)));
  }
  std::ofstream(folder_ + "/00/not-a-digest") << "x";
  std::vector<std::string> listed;
  for (int first = 0; first < 256; ++first)
    for (std::string& digest : *blobs_->Shelf(static_cast<std::uint8_t>(first)))
      listed.push_back(std::move(digest));
  std::sort(stored.begin(), stored.end());
  EXPECT_EQ(listed, stored) << "all of them, in order";
}

TEST_F(FileBlobs, FailsForNowWhenTheFolderIsGone) {
  fs::remove_all(folder_);
  const auto stored = blobs_->Store(DigestOf("x"), "x");
  ASSERT_FALSE(stored);
  EXPECT_EQ(stored.error().code, base::ErrorCode::kUnavailable) << "not: unknown";
  EXPECT_NE(stored.error().detail.find(folder_), std::string::npos) << "the log names the folder";
  EXPECT_EQ(stored.error().text, "") << "the outside does not see it";
}

TEST_F(FileBlobs, NamesAFolderThatCannotBeUsed) {
  std::ofstream(folder_ + "/file") << "x";
  const auto opened = OpenBlobFolder(folder_ + "/file");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, base::ErrorCode::kUnavailable);
  EXPECT_NE(opened.error().text.find(folder_ + "/file"), std::string::npos);
}

// A limit on the size of files fails a write as a full disk does.
class DiskLimit {
 public:
  explicit DiskLimit(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~DiskLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

TEST_F(FileBlobs, FailsForNowWhenTheDiskIsFullAndLeavesNothing) {
  const std::string bytes(100'000, 'x'), digest = DigestOf(bytes);
  {
    const DiskLimit limit(64 * 1024);
    const auto stored = blobs_->Store(digest, bytes);
    ASSERT_FALSE(stored);
    EXPECT_EQ(stored.error().code, base::ErrorCode::kUnavailable);
  }
  EXPECT_EQ(FilesIn(""), 0u);
  EXPECT_TRUE(blobs_->Store(digest, bytes)) << "it works again when there is room";
}

}  // namespace
}  // namespace parley::storage

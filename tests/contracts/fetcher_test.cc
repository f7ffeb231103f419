// Media from wherever it comes into the blob store.
#include "media/fetcher.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/digest.h"
#include "base/encoding.h"
#include "core/media/media_store.h"
#include "core/media/uploads.h"
#include "media/links.h"
#include "storage/blobs/file_blobs.h"
#include "tests/support/store_world.h"

namespace parley::media {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;
using base::ErrorCode;
using core::ContentKind;

const std::string kPng = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\2\0\0\0"s;
const std::string kWebp = "RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0\x30\1\0\x9d\1\x2a\1\0\1\0"s;
const std::string kMp4 =
    "\0\0\0\x18"
    "ftypisom\0\0\2\0isomiso2"s;
const std::string kPdf = "%PDF-1.4\n1 0 obj\n"s;
constexpr std::int64_t kLinkLimit = 100 << 20;

// Gives a response in pieces, then success or an error.
class FakeClient final : public http::Client {
 public:
  http::ClientResponse head;
  std::vector<std::string> pieces;
  std::optional<base::Error> error;
  std::size_t given = 0;  // pieces
  std::vector<http::ClientRequest> requests;

  base::Task<base::Result<http::ClientResponse>> Fetch(http::ClientRequest request,
                                                       http::BodySink& sink) override {
    requests.push_back(std::move(request));
    if (error && pieces.empty()) co_return *error;
    PARLEY_CO_CHECK(sink.Start(head));
    for (given = 0; given < pieces.size(); ++given) PARLEY_CO_CHECK(sink.Write(pieces[given]));
    if (error) co_return *error;
    co_return head;
  }
  base::Task<base::Result<http::ClientResponse>> Send(http::ClientRequest) override {
    co_return ErrorCode::kInternal;
  }
  base::Task<base::Result<void>> Check(std::string) override { co_return ErrorCode::kInternal; }
};

// Fails as a full disk does.
class FullBlobs final : public core::BlobStore {
 public:
  base::Result<void> Store(const std::string&, std::string_view) override { return Full(); }
  base::Result<std::string> Read(const std::string&) const override { return Full(); }
  base::Result<std::string> PathOf(const std::string&) const override { return Full(); }
  base::Result<void> Renew(const std::string&) override { return Full(); }
  base::Result<void> Delete(const std::string&, base::Time) override { return Full(); }
  base::Result<std::vector<std::string>> Shelf(std::uint8_t) const override { return Full(); }
  base::Result<std::unique_ptr<Writer>> NewWriter() override {
    return std::unique_ptr<Writer>(std::make_unique<FullWriter>());
  }

 private:
  static base::Error Full() {
    return base::Error(ErrorCode::kUnavailable, "", "No space left on device");
  }
  struct FullWriter final : Writer {
    base::Result<void> Write(std::string_view) override { return Full(); }
    base::Result<void> Commit(const std::string&) override { return Full(); }
  };
};

class Fetcher : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = ::testing::TempDir() + "fetcher-" + std::to_string(::getpid());
    fs::remove_all(folder_);
    blobs_ = std::move(*storage::OpenBlobFolder(folder_));
    account_ = world_.AddAccount("ours");
    client_.head.status = 200;
    Use(*blobs_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void Use(core::BlobStore& blobs) {
    source_ = MakeFetcher(world_.store, *world_.random, *pool_, blobs, client_, *sniffer_, *links_,
                          *care_);
  }
  base::Result<core::Media> Resolve(core::MediaDraft draft, std::int64_t limit = kLinkLimit) {
    return world_.Await(
        source_->Resolve(core::MediaOwner(account_, channel_), std::move(draft), limit));
  }
  // What a URL gives becomes of this kind.
  base::Result<core::Media> FromUrl(std::optional<ContentKind> kind = std::nullopt,
                                    std::string declared = "") {
    core::MediaDraft draft;
    draft.source = core::MediaFromUrl{"https://files.test/a/cat%20one.png?size=2#x"};
    draft.kind = kind;
    draft.declared_type = std::move(declared);
    return Resolve(std::move(draft));
  }
  core::MediaDraft Bytes(std::string bytes) {
    core::MediaDraft draft;
    draft.source = core::MediaFromBytes{std::move(bytes)};
    return draft;
  }
  void Keep(const core::Media& media) {
    ASSERT_TRUE(world_.Write([media](core::Transaction& tx) { return tx.media().Insert(media); }));
  }
  std::size_t Files() const {
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder_))
      files += entry.is_regular_file() ? 1 : 0;
    return files;
  }
  void ExpectRefusal(const base::Result<core::Media>& result, ErrorCode code,
                     std::string_view text) {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, code) << result.error().text;
    EXPECT_EQ(result.error().public_text(), text);
    EXPECT_EQ(Files(), 0u) << "nothing is left of it";
  }

  testing::StoreWorld world_;
  std::unique_ptr<base::BlockingPool> pool_ = base::MakeInlinePool();
  std::unique_ptr<Sniffer> sniffer_ = std::move(*MakeSniffer());
  FakeClient client_;
  std::string folder_;
  std::unique_ptr<core::BlobStore> blobs_;
  core::Secrets secrets_{base::SealKey{}, *world_.random};
  std::unique_ptr<core::MediaLinks> links_ = MakeLinks(secrets_, "https://gateway.test");
  std::unique_ptr<core::MediaCare> care_ = core::MakeNoMediaCare();
  std::unique_ptr<core::MediaSource> source_;
  core::AccountRow account_;
  std::optional<core::ChannelRow> channel_;
};

TEST_F(Fetcher, StoresWhatAUrlGives) {
  client_.head.headers.Set("Content-Type", "image/png");
  client_.pieces = {kPng.substr(0, 3), kPng.substr(3)};
  const auto media = FromUrl();
  ASSERT_TRUE(media) << media.error().text;
  EXPECT_EQ(media->account, account_);
  EXPECT_EQ(media->ref.mime_type, "image/png");
  EXPECT_EQ(media->ref.size, static_cast<std::int64_t>(kPng.size()));
  EXPECT_EQ(media->ref.sha256, base::ToHexText(base::AsText(base::Sha256(kPng))));
  EXPECT_EQ(media->ref.file_name, "cat one.png");
  EXPECT_EQ(media->created_at, world_.scheduler.Now());
  EXPECT_EQ(*blobs_->Read(media->ref.sha256), kPng);
  ASSERT_EQ(client_.requests.size(), 1u);
  EXPECT_EQ(client_.requests[0].timeout, kFetchTimeout);
}

TEST_F(Fetcher, SaysWhatIsWrongWithAUrl) {
  const auto unreachable = ErrorCode::kMediaUnreachable;
  client_.pieces = {kPng};
  client_.head.status = 404;
  ExpectRefusal(FromUrl(), unreachable, "The media URL answered 404");
  client_.head.status = 302;
  ExpectRefusal(FromUrl(), unreachable, "The media URL answered 302: redirects are not followed");
  client_.head.status = 200;
  client_.error = base::Error(ErrorCode::kUnavailable, "The connection to files.test broke");
  ExpectRefusal(FromUrl(), unreachable,
                "The media URL could not be fetched: The connection to files.test broke");
  client_.error = base::Error(ErrorCode::kTimeout, "No answer from files.test in time");
  ExpectRefusal(FromUrl(), unreachable,
                "The media URL could not be fetched: No answer from files.test in time");
  client_.pieces.clear();
  client_.error = base::Error(ErrorCode::kAddressRefused, "The address is private");
  ExpectRefusal(FromUrl(), ErrorCode::kAddressRefused, "The address is private");
  client_.error = base::FieldError("url", "The URL has no host");
  ExpectRefusal(FromUrl(), ErrorCode::kInvalidFields, "Validation failed");
  client_.error.reset();
  ExpectRefusal(FromUrl(), ErrorCode::kMediaEmpty, "The media URL gave an empty file");
}

TEST_F(Fetcher, ComparesTypes) {
  client_.head.headers.Set("Content-Type", "image/png");
  client_.pieces = {kPdf};
  ExpectRefusal(FromUrl(), ErrorCode::kMediaWrongType,
                "The media is application/pdf, not image/png");
  ExpectRefusal(FromUrl(ContentKind::kVideo, "application/pdf"), ErrorCode::kMediaWrongType,
                "The media is application/pdf, not video");
  EXPECT_TRUE(FromUrl(ContentKind::kDocument, "application/pdf"))
      << "what the program says counts, not the server";
  client_.head.headers.Set("Content-Type", "");
  client_.pieces = {kMp4};
  EXPECT_EQ(FromUrl(ContentKind::kAudio)->ref.mime_type, "audio/mp4");
}

TEST_F(Fetcher, StopsReadingAtTheLimit) {
  client_.pieces.assign(1000, std::string(1 << 20, 'x'));
  client_.pieces[0] = kPng;
  ExpectRefusal(FromUrl(ContentKind::kImage), ErrorCode::kMediaTooLarge,
                "The image is larger than 5 MB");
  EXPECT_EQ(client_.given, 5u) << "5 MB and the head of the file are over";
  client_.pieces[0] = kMp4;
  ExpectRefusal(FromUrl(ContentKind::kVideo), ErrorCode::kMediaTooLarge,
                "The video is larger than 16 MB");
  client_.pieces[0] = kWebp;
  ExpectRefusal(FromUrl(ContentKind::kSticker), ErrorCode::kMediaTooLarge,
                "The sticker is larger than 500 KB");
  // Without a kind: what is said of the type counts.
  ExpectRefusal(FromUrl(std::nullopt, "audio/ogg"), ErrorCode::kMediaTooLarge,
                "The audio is larger than 16 MB");
  client_.head.headers.Set("Content-Type", "image/webp");
  ExpectRefusal(FromUrl(), ErrorCode::kMediaTooLarge, "The image is larger than 5 MB");
}

TEST_F(Fetcher, DoesNotReadWhatSaysThatItIsTooLarge) {
  client_.pieces = {kPng};
  client_.head.headers.Set("Content-Length", std::to_string((5 << 20) + 1));
  ExpectRefusal(FromUrl(ContentKind::kImage), ErrorCode::kMediaTooLarge,
                "The image is larger than 5 MB");
  EXPECT_EQ(client_.given, 0u);
  client_.head.headers.Set("Content-Length", std::to_string((100 << 20) + 1));
  ExpectRefusal(FromUrl(ContentKind::kDocument), ErrorCode::kMediaTooLarge,
                "The document is larger than 100 MB");
}

TEST_F(Fetcher, ChecksTheLimitOfTheKindThatItTurnsOutToBe) {
  client_.pieces = {kPng, std::string(5 << 20, 'x')};
  ExpectRefusal(FromUrl(), ErrorCode::kMediaTooLarge, "The image is larger than 5 MB");
  ExpectRefusal(Resolve(Bytes(kPng + std::string(5 << 20, 'x'))), ErrorCode::kMediaTooLarge,
                "The image is larger than 5 MB");
}

TEST_F(Fetcher, TakesTheDialectsLimitAndTheLinks) {
  core::MediaDraft draft = Bytes(kPng + std::string(6 << 20, 'x'));
  draft.max_size = 16 << 20;
  EXPECT_TRUE(Resolve(draft)) << "2Chat takes images of up to 16 MB";
  draft = Bytes(kPdf + std::string(17 << 20, 'x'));
  draft.max_size = 16 << 20;
  const auto document = Resolve(draft);
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().text, "The document is larger than 16 MB");
  const auto tiny = Resolve(Bytes(kPng), 10);
  ASSERT_FALSE(tiny);
  EXPECT_EQ(tiny.error().text, "The image is larger than 10 bytes");
}

TEST_F(Fetcher, TakesBytes) {
  core::MediaDraft draft = Bytes(kPng);
  draft.file_name = "dog.png";
  const auto media = Resolve(draft);
  ASSERT_TRUE(media);
  EXPECT_EQ(media->ref.mime_type, "image/png");
  EXPECT_EQ(media->ref.file_name, "dog.png");
  EXPECT_EQ(*blobs_->Read(media->ref.sha256), kPng);
  const auto empty = Resolve(Bytes(""));
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().code, ErrorCode::kMediaEmpty);
}

TEST_F(Fetcher, TellsAFullDiskFromABadUrl) {
  FullBlobs full;
  Use(full);
  client_.pieces = {kPng};
  for (const auto& result : {FromUrl(), Resolve(Bytes(kPng))}) {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::kUnavailable);
    EXPECT_EQ(result.error().public_text(), "Temporarily unavailable, try again");
  }
}

TEST_F(Fetcher, GivesEachAccountItsOwnIdOfTheSameBytes) {
  const auto ours = Resolve(Bytes(kPng));
  const core::AccountRow us = account_;
  account_ = world_.AddAccount("theirs");
  const auto theirs = Resolve(Bytes(kPng));
  ASSERT_TRUE(ours && theirs);
  Keep(*ours);
  Keep(*theirs);
  EXPECT_NE(ours->ref.id, theirs->ref.id);
  EXPECT_EQ(ours->ref.sha256, theirs->ref.sha256);
  EXPECT_EQ(Files(), 1u) << "the bytes are stored once";
  const auto find = [&](core::AccountRow account, core::MediaId id) {
    return (*world_.Read([&](const core::Transaction& tx) {
             return tx.media().Find(core::MediaOwner(account), id);
           }))
        .has_value();
  };
  EXPECT_TRUE(find(us, ours->ref.id));
  EXPECT_TRUE(find(account_, theirs->ref.id));
  EXPECT_FALSE(find(us, theirs->ref.id));
  EXPECT_FALSE(find(account_, ours->ref.id));
  core::MediaDraft stolen;
  stolen.source = core::MediaFromStore{ours->ref.id};
  const auto taken = Resolve(stolen);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, ErrorCode::kNotFound);
}

TEST_F(Fetcher, UsesStoredMediaAgainUnderAnIdOfItsOwn) {
  core::MediaDraft first = Bytes(kPng);
  first.file_name = "dog.png";
  const auto stored = Resolve(first);
  Keep(*stored);
  core::MediaDraft draft;
  draft.source = core::MediaFromStore{stored->ref.id};
  draft.kind = ContentKind::kImage;
  const auto use = Resolve(draft);
  ASSERT_TRUE(use) << use.error().text;
  EXPECT_NE(use->ref.id, stored->ref.id) << "it outlives the upload";
  EXPECT_EQ(use->ref.sha256, stored->ref.sha256);
  EXPECT_EQ(use->ref.file_name, "dog.png");
  draft.kind = ContentKind::kVideo;
  EXPECT_EQ(Resolve(draft).error().code, ErrorCode::kMediaWrongType);
  draft.kind.reset();
  draft.source = core::MediaFromStore{world_.NewStamp().Next<core::MediaId>()};
  EXPECT_EQ(Resolve(draft).error().code, ErrorCode::kNotFound);
  draft.source = core::MediaFromStore{stored->ref.id};
  ASSERT_TRUE(blobs_->Delete(stored->ref.sha256));
  EXPECT_EQ(Resolve(draft).error().code, ErrorCode::kNotFound) << "its bytes are gone";
}

TEST_F(Fetcher, AChannelUsesItsOwnMediaAndItsAccounts) {
  const auto accounts = Resolve(Bytes(kPng));
  channel_ = core::ChannelRow(1);
  const auto mine = Resolve(Bytes(kPng));
  ASSERT_TRUE(accounts && mine);
  EXPECT_EQ(mine->channel, channel_);
  Keep(*accounts);
  Keep(*mine);
  const auto use = [&](const core::Media& media) {
    core::MediaDraft draft;
    draft.source = core::MediaFromStore{media.ref.id};
    return Resolve(std::move(draft)).has_value();
  };
  EXPECT_TRUE(use(*mine));
  EXPECT_TRUE(use(*accounts));
  channel_ = core::ChannelRow(2);
  EXPECT_FALSE(use(*mine));
  EXPECT_TRUE(use(*accounts));
  channel_.reset();
  EXPECT_TRUE(use(*mine)) << "to the account, all of it is its own";
}

TEST_F(Fetcher, SaysWhichTypesAKindCannotBe) {
  const auto check = [&](std::string_view type, ContentKind kind) {
    return source_->CheckDeclared(type, kind).has_value();
  };
  EXPECT_TRUE(check("image/png", ContentKind::kImage));
  EXPECT_TRUE(check("IMAGE/PNG; q=1", ContentKind::kImage));
  EXPECT_TRUE(check("video/mp4", ContentKind::kAudio)) << "audio in a container";
  EXPECT_TRUE(check("application/octet-stream", ContentKind::kVideo)) << "it says nothing";
  EXPECT_TRUE(check("video/mp4", ContentKind::kDocument));
  EXPECT_FALSE(check("video/mp4", ContentKind::kImage));
  EXPECT_FALSE(check("text/plain", ContentKind::kVideo));
  EXPECT_FALSE(check("image/png", ContentKind::kSticker));
}

// Whose URL it is does not matter: who has it may have the bytes.
TEST_F(Fetcher, TakesItsOwnLinksFromTheStore) {
  core::MediaDraft first = Bytes(kPng);
  first.file_name = "dog.png";
  auto stored = *Resolve(first);
  stored.account = world_.AddAccount("somebody else");
  Keep(stored);
  core::MediaDraft draft;
  draft.kind = ContentKind::kImage;
  const std::string url = links_->UrlOf(stored.ref);
  draft.source = core::MediaFromUrl{url};
  const auto use = Resolve(draft);
  ASSERT_TRUE(use) << use.error().text;
  EXPECT_EQ(use->account, account_);
  EXPECT_NE(use->ref.id, stored.ref.id);
  EXPECT_EQ(use->ref.sha256, stored.ref.sha256);
  EXPECT_EQ(use->ref.file_name, "dog.png");
  draft.kind = ContentKind::kVideo;
  EXPECT_EQ(Resolve(draft).error().code, ErrorCode::kMediaWrongType);
  draft.kind.reset();
  core::MediaRef never_kept = stored.ref;
  never_kept.id = world_.NewStamp().Next<core::MediaId>();
  draft.source = core::MediaFromUrl{links_->UrlOf(never_kept)};
  EXPECT_EQ(Resolve(draft).error().code, ErrorCode::kMediaUnreachable);
  ASSERT_TRUE(blobs_->Delete(stored.ref.sha256));
  draft.source = core::MediaFromUrl{url};
  EXPECT_EQ(Resolve(draft).error().code, ErrorCode::kMediaUnreachable) << "its bytes are gone";
  EXPECT_TRUE(client_.requests.empty());

  // A forged one, and one of another host, are anybody's URLs.
  client_.pieces = {kPng};
  std::string forged = url;
  char& digit = forged[forged.rfind('/') - 1];
  digit = digit == '0' ? '1' : '0';
  for (const std::string& other : {forged, "https://gateway.test.evil.test" + url.substr(20)}) {
    draft.source = core::MediaFromUrl{other};
    EXPECT_TRUE(Resolve(draft));
  }
  EXPECT_EQ(client_.requests.size(), 2u);
}

// What a crash between the bytes and the row leaves is a file that no row names; the next upload of
// the same bytes finds and uses it.
TEST_F(Fetcher, LeavesOnlyAnOrphanWhenTheRowIsNeverWritten) {
  ASSERT_TRUE(Resolve(Bytes(kPng)));
  EXPECT_EQ(Files(), 1u);
  blobs_ = std::move(*storage::OpenBlobFolder(folder_));
  Use(*blobs_);
  EXPECT_EQ(Files(), 1u);
  const auto again = Resolve(Bytes(kPng));
  ASSERT_TRUE(again);
  EXPECT_EQ(*blobs_->Read(again->ref.sha256), kPng);
  EXPECT_EQ(Files(), 1u);
}

}  // namespace
}  // namespace parley::media

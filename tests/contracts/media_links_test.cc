// Media under its public URL.
#include <gtest/gtest.h>

#include "core/media/media_store.h"
#include "media/links.h"
#include "storage/blobs/file_blobs.h"
#include "tests/support/store_world.h"

namespace parley::media {
namespace {

constexpr std::string_view kBase = "https://gateway.test";
const std::string kBytes = "0123456789";
const std::string kDigest(64, 'a');

class MediaLinks : public ::testing::Test {
 protected:
  MediaLinks() {
    EXPECT_TRUE(blobs_->Store(kDigest, kBytes));
    ref_ = Add("image/png", "cat one.png");
  }

  core::MediaRef Add(const std::string& type, const std::string& name) {
    core::Media media;
    media.account = core::AccountRow(1);
    media.ref.id = world_.NewStamp().Next<core::MediaId>();
    media.ref.mime_type = type;
    media.ref.size = static_cast<std::int64_t>(kBytes.size());
    media.ref.sha256 = kDigest;
    media.ref.file_name = name;
    media.created_at = world_.scheduler.Now();
    EXPECT_TRUE(world_.Write([media](core::Transaction& tx) { return tx.media().Insert(media); }));
    return media.ref;
  }
  std::string TargetOf(const core::MediaRef& ref) {
    return links_->UrlOf(ref).substr(kBase.size());
  }
  http::Response Get(const std::string& target, http::Headers headers = {},
                     http::Method method = http::Method::kGet) {
    http::Request request;
    request.method = method;
    request.target = target;
    request.headers = std::move(headers);
    return world_.Await(service_->Handle(std::move(request)));
  }
  http::Response GetWith(const std::string& name, const std::string& value,
                         http::Method method = http::Method::kGet) {
    http::Headers headers;
    headers.Set(name, value);
    return Get(TargetOf(ref_), std::move(headers), method);
  }

  testing::StoreWorld world_;
  std::unique_ptr<core::BlobStore> blobs_ = storage::MakeMemoryBlobs();
  core::Secrets secrets_{base::SealKey{}, *world_.random};
  std::unique_ptr<core::MediaLinks> links_ = MakeLinks(secrets_, std::string(kBase));
  std::unique_ptr<http::Service> service_ = MakeService(world_.store, *blobs_, secrets_);
  core::MediaRef ref_;
};

TEST_F(MediaLinks, ServeTheBytes) {
  const http::Response response = Get(TargetOf(ref_));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.text(), kBytes);
  EXPECT_EQ(response.headers.Get("Content-Type"), "image/png");
  EXPECT_EQ(response.headers.Get("Accept-Ranges"), "bytes");
  EXPECT_EQ(response.headers.Get("ETag"), "\"" + kDigest + "\"");
  EXPECT_EQ(response.headers.Get("X-Content-Type-Options"), "nosniff");
  EXPECT_FALSE(response.headers.Has("Content-Disposition"));
}

TEST_F(MediaLinks, EndInTheFileNameWhichIsForPeopleOnly) {
  const std::string target = TargetOf(ref_);
  EXPECT_TRUE(target.starts_with("/media/" + ref_.id.value.ToHex() + "-"));
  EXPECT_TRUE(target.ends_with("/cat%20one.png"));
  EXPECT_EQ(Get(target.substr(0, target.rfind('/'))).status, 200);
  EXPECT_EQ(Get(target.substr(0, target.rfind('/')) + "/../../etc/passwd").text(), kBytes);
  EXPECT_EQ(Get(target + "?x=1").status, 200);
  EXPECT_TRUE(TargetOf(Add("image/png", "")).ends_with("/file"));
  EXPECT_TRUE(TargetOf(Add("image/png", "..")).ends_with("/file"));
  EXPECT_TRUE(TargetOf(Add("image/png", "../a/b?c#d")).ends_with("/..%2Fa%2Fb%3Fc%23d"));
}

TEST_F(MediaLinks, CannotBeGuessedOrChanged) {
  const std::string target = TargetOf(ref_);
  std::vector<std::string> wrong = {"/media",
                                    "/media/",
                                    "/media//",
                                    "/media/../media",
                                    "/media/..%2f..%2fetc%2fpasswd",
                                    "/media/" + kDigest,
                                    "/media/" + ref_.id.value.ToHex(),
                                    "/media/" + ref_.id.value.ToHex() + "-",
                                    "/media/" + ref_.id.value.ToHex() + "-" + std::string(32, '0'),
                                    "/Media" + target.substr(6),
                                    "/x" + target};
  // Any character of id and mac changed.
  for (std::size_t i = 7; i < 7 + 65; ++i) {
    std::string changed = target;
    changed[i] = changed[i] == '0' ? '1' : '0';
    wrong.push_back(changed);
  }
  // The mac of another id.
  const std::string other = TargetOf(Add("image/png", "dog.png"));
  wrong.push_back(target.substr(0, 7 + 33) + other.substr(7 + 33));
  // Under another key.
  base::SealKey another{};
  another[0] = 1;
  const core::Secrets theirs(another, *world_.random);
  wrong.push_back(MakeLinks(theirs, "")->UrlOf(ref_));
  for (const std::string& path : wrong) EXPECT_EQ(Get(path).status, 404) << path;
  EXPECT_EQ(Get(other).status, 200);
}

TEST_F(MediaLinks, GiveRanges) {
  struct Case {
    const char* range;
    int status;
    const char* body;
    const char* content_range;
  };
  constexpr Case kCases[] = {
      {"bytes=0-3", 206, "0123", "bytes 0-3/10"},
      {"bytes=0-0", 206, "0", "bytes 0-0/10"},
      {"Bytes=4-", 206, "456789", "bytes 4-9/10"},
      {"bytes=9-", 206, "9", "bytes 9-9/10"},
      {"bytes=8-100", 206, "89", "bytes 8-9/10"},
      {"bytes=8-99999999999999999999999", 206, "89", "bytes 8-9/10"},
      {"bytes=-3", 206, "789", "bytes 7-9/10"},
      {"bytes=-100", 206, "0123456789", "bytes 0-9/10"},
      {"bytes=10-", 416, "", "bytes */10"},
      {"bytes=10-20", 416, "", "bytes */10"},
      {"bytes=99999999999999999999999-", 416, "", "bytes */10"},
      {"bytes=-0", 416, "", "bytes */10"},
      // What is not understood is ignored, as the RFC allows.
      {"bytes=0-1,3-4", 200, "0123456789", ""},
      {"bytes=5-4", 200, "0123456789", ""},
      {"bytes=a-b", 200, "0123456789", ""},
      {"bytes=-", 200, "0123456789", ""},
      {"bytes=", 200, "0123456789", ""},
      {"bytes=1", 200, "0123456789", ""},
      {"bytes=+1-2", 200, "0123456789", ""},
      {"lines=0-3", 200, "0123456789", ""},
      {"", 200, "0123456789", ""},
  };
  for (const Case& row : kCases) {
    SCOPED_TRACE(row.range);
    const http::Response response = GetWith("Range", row.range);
    EXPECT_EQ(response.status, row.status);
    EXPECT_EQ(response.text(), row.body);
    EXPECT_EQ(response.headers.Get("Content-Range"), row.content_range);
  }
}

TEST_F(MediaLinks, GiveARangeOnlyOfWhatTheClientHasPartOf) {
  const auto get = [&](const std::string& tag) {
    http::Headers headers;
    headers.Set("Range", "bytes=0-3");
    headers.Set("If-Range", tag);
    return Get(TargetOf(ref_), std::move(headers)).status;
  };
  EXPECT_EQ(get("\"" + kDigest + "\""), 206);
  EXPECT_EQ(get("\"another\""), 200);
  EXPECT_EQ(get("W/\"" + kDigest + "\""), 200) << "a weak tag does not do";
  EXPECT_EQ(get("Wed, 21 Oct 2026 07:28:00 GMT"), 200);
}

TEST_F(MediaLinks, AreNotSentAgainToWhomHasThem) {
  const std::string tag = "\"" + kDigest + "\"";
  for (const std::string& list : {tag, "\"x\", " + tag, "W/" + tag + " ,\"y\"", std::string("*")}) {
    const http::Response response = GetWith("If-None-Match", list);
    EXPECT_EQ(response.status, 304) << list;
    EXPECT_EQ(response.text(), "");
    EXPECT_EQ(response.headers.Get("ETag"), tag);
  }
  EXPECT_EQ(GetWith("If-None-Match", "\"x\"").status, 200);
  EXPECT_EQ(GetWith("If-None-Match", kDigest).status, 200) << "not an entity tag";
}

TEST_F(MediaLinks, AnswerGetAndHeadOnly) {
  EXPECT_EQ(Get(TargetOf(ref_), {}, http::Method::kHead).status, 200);
  EXPECT_EQ(GetWith("Range", "bytes=0-3", http::Method::kHead).status, 200) << "ranges are for GET";
  for (const auto method : {http::Method::kPost, http::Method::kDelete, http::Method::kPut}) {
    const http::Response response = Get(TargetOf(ref_), {}, method);
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(response.headers.Get("Allow"), "GET, HEAD");
  }
}

TEST_F(MediaLinks, LetNoBrowserRunWhatSomebodySent) {
  for (const char* type : {"text/html", "image/svg+xml", "application/javascript", "text/plain",
                           "application/octet-stream"}) {
    const http::Response response = Get(TargetOf(Add(type, "x")));
    EXPECT_EQ(response.headers.Get("Content-Disposition"), "attachment") << type;
    EXPECT_EQ(response.headers.Get("Content-Security-Policy"), "sandbox; default-src 'none'");
  }
  for (const char* type : {"image/png", "video/mp4", "audio/ogg", "application/pdf"})
    EXPECT_FALSE(Get(TargetOf(Add(type, "x"))).headers.Has("Content-Disposition")) << type;
}

TEST_F(MediaLinks, EndWithTheirRowOrBytes) {
  const std::string target = TargetOf(ref_);
  ASSERT_TRUE(*world_.Write([&](core::Transaction& tx) {
    return tx.media().Delete(core::MediaOwner(core::AccountRow(1)), ref_.id);
  }));
  EXPECT_EQ(Get(target).status, 404);
  const std::string other = TargetOf(Add("image/png", "x"));
  ASSERT_TRUE(blobs_->Delete(kDigest));
  EXPECT_EQ(Get(other).status, 404);
}

}  // namespace
}  // namespace parley::media

#include "media/fetcher.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "base/encoding.h"
#include "core/media/media_store.h"
#include "core/stamp.h"
#include "http/forms.h"

namespace parley::media {
namespace {

constexpr std::size_t kHead = 64 * 1024;  // what is looked at to tell the type

base::Error TooLarge(std::int64_t max) {
  return base::Error(base::ErrorCode::kMediaTooLarge,
                     fmt::format("The media is larger than {} bytes", max));
}

// Streams a response into a blob.
class BlobSink final : public http::BodySink {
 public:
  BlobSink(std::unique_ptr<core::BlobStore::Writer> writer, std::int64_t max)
      : writer_(std::move(writer)), max_(max) {}

  base::Result<void> Start(const http::ClientResponse& head) override {
    if (head.status < 200 || head.status > 299)
      return base::Error(base::ErrorCode::kMediaUnreachable,
                         fmt::format("The media URL answered {}", head.status));
    declared_type_ = head.headers.Get("Content-Type");
    return {};
  }
  base::Result<void> Write(std::string_view data) override {
    size_ += static_cast<std::int64_t>(data.size());
    if (size_ > max_) return TooLarge(max_);
    if (head_.size() < kHead) head_ += data.substr(0, kHead - head_.size());
    digest_.Add(data);
    return writer_->Write(data);
  }

  std::int64_t size() const { return size_; }
  const std::string& head() const { return head_; }
  const std::string& declared_type() const { return declared_type_; }
  std::string Digest() { return base::ToHexText(base::AsText(digest_.Finish())); }
  core::BlobStore::Writer& writer() { return *writer_; }

 private:
  const std::unique_ptr<core::BlobStore::Writer> writer_;
  const std::int64_t max_;
  std::int64_t size_ = 0;
  std::string head_, declared_type_;
  base::Sha256Stream digest_;
};

// The last part of a URL's path, as a file name.
std::string NameIn(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t scheme = url.find("://");
  const std::size_t slash = url.rfind('/');
  if (slash == std::string_view::npos || slash <= scheme + 2) return "";
  auto name = http::PercentDecode(url.substr(slash + 1), false);
  if (!name || name->size() > 240 || !base::IsUtf8(*name)) return "";
  return *name;
}

class Fetcher final : public core::MediaSource {
 public:
  Fetcher(core::Store& store, base::Random& random, base::BlockingPool& pool,
          core::BlobStore& blobs, http::Client& client, Sniffer& sniffer)
      : store_(store),
        random_(random),
        pool_(pool),
        blobs_(blobs),
        client_(client),
        sniffer_(sniffer) {}

  base::Task<base::Result<core::ResolvedMedia>> Resolve(core::AccountRow account,
                                                        core::MediaDraft draft,
                                                        std::int64_t max_size) override {
    if (auto* url = std::get_if<core::MediaFromUrl>(&draft.source)) {
      std::string text = std::move(url->url);
      return FromUrl(account, std::move(text), std::move(draft), max_size);
    }
    if (auto* bytes = std::get_if<core::MediaFromBytes>(&draft.source)) {
      std::string data = std::move(bytes->bytes);
      return FromBytes(account, std::move(data), std::move(draft), max_size);
    }
    const core::MediaId id = std::get<core::MediaFromStore>(draft.source).id;
    return FromStore(account, id, std::move(draft), max_size);
  }

 private:
  base::Task<base::Result<core::ResolvedMedia>> FromUrl(core::AccountRow account, std::string url,
                                                        core::MediaDraft draft,
                                                        std::int64_t max_size) {
    PARLEY_CO_TRY(writer, blobs_.NewWriter());
    BlobSink sink(std::move(writer), max_size);
    http::ClientRequest request(http::Method::kGet, url);
    request.timeout = kFetchTimeout;
    auto fetched = co_await client_.Fetch(std::move(request), sink);
    if (!fetched) co_return FetchError(fetched.error());
    if (sink.size() == 0)
      co_return base::Error(base::ErrorCode::kMediaEmpty, "The media URL gave an empty file");
    const std::string declared =
        draft.declared_type.empty() ? sink.declared_type() : draft.declared_type;
    if (draft.file_name.empty()) draft.file_name = NameIn(url);
    std::string digest = sink.Digest();
    auto finish = [&sink, &digest, &declared, this, kind = draft.kind] {
      return Finish(sink, digest, declared, kind);
    };
    PARLEY_CO_TRY(type, co_await pool_.Run(store_.scheduler(), std::move(finish)));
    co_return Row(account, std::move(draft), std::move(type), std::move(digest), sink.size());
  }

  // On a pool thread: looks at the bytes, then makes the blob durable.
  base::Result<std::string> Finish(BlobSink& sink, const std::string& digest,
                                   const std::string& declared,
                                   std::optional<core::ContentKind> kind) {
    PARLEY_TRY(type, CheckType(sniffer_.TypeOf(sink.head()), declared, kind));
    PARLEY_CHECK(sink.writer().Commit(digest));
    return std::move(type);
  }

  base::Task<base::Result<core::ResolvedMedia>> FromBytes(core::AccountRow account,
                                                          std::string bytes,
                                                          core::MediaDraft draft,
                                                          std::int64_t max_size) {
    if (bytes.empty()) co_return base::Error(base::ErrorCode::kMediaEmpty, "The file is empty");
    const auto size = static_cast<std::int64_t>(bytes.size());
    if (size > max_size) co_return TooLarge(max_size);
    std::string digest;
    auto store = [this, &bytes, &digest, &draft]() -> base::Result<std::string> {
      PARLEY_TRY(type, CheckType(sniffer_.TypeOf(std::string_view(bytes).substr(0, kHead)),
                                 draft.declared_type, draft.kind));
      digest = base::ToHexText(base::AsText(base::Sha256(bytes)));
      PARLEY_CHECK(blobs_.Store(digest, bytes));
      return std::move(type);
    };
    PARLEY_CO_TRY(type, co_await pool_.Run(store_.scheduler(), std::move(store)));
    co_return Row(account, std::move(draft), std::move(type), std::move(digest), size);
  }

  base::Task<base::Result<core::ResolvedMedia>> FromStore(core::AccountRow account,
                                                          core::MediaId id, core::MediaDraft draft,
                                                          std::int64_t max_size) {
    auto read = [account, id](const core::Transaction& tx) { return tx.media().Find(account, id); };
    PARLEY_CO_TRY(found, co_await store_.Read(read));
    if (!found) co_return base::Error(base::ErrorCode::kNotFound, "Unknown media id");
    if (found->ref.size > max_size) co_return TooLarge(max_size);
    PARLEY_CO_CHECK(CheckType(found->ref.mime_type, "", draft.kind));
    core::ResolvedMedia resolved;
    resolved.media = std::move(*found);
    co_return resolved;
  }

  core::ResolvedMedia Row(core::AccountRow account, core::MediaDraft draft, std::string type,
                          std::string digest, std::int64_t size) {
    core::Stamp stamp(store_.scheduler().Now(), random_);
    core::ResolvedMedia resolved;
    resolved.is_new = true;
    resolved.media.account = account;
    resolved.media.created_at = stamp.now();
    resolved.media.ref.id = stamp.Next<core::MediaId>();
    resolved.media.ref.mime_type = std::move(type);
    resolved.media.ref.size = size;
    resolved.media.ref.sha256 = std::move(digest);
    resolved.media.ref.file_name = std::move(draft.file_name);
    return resolved;
  }

  // A client's error in the words of media.
  static base::Error FetchError(const base::Error& error) {
    switch (error.code) {
      case base::ErrorCode::kTimeout:
      case base::ErrorCode::kUnavailable:
        return base::Error(base::ErrorCode::kMediaUnreachable,
                           fmt::format("The media URL could not be fetched: {}",
                                       error.public_text()),
                           error.detail);
      case base::ErrorCode::kInvalidFields:
        return base::Error(base::ErrorCode::kMediaUnreachable,
                           error.faults.empty() ? "The media URL is not valid"
                                                : "The media URL is not valid: " +
                                                      error.faults.front().text);
      default:
        return error;
    }
  }

  core::Store& store_;
  base::Random& random_;
  base::BlockingPool& pool_;
  core::BlobStore& blobs_;
  http::Client& client_;
  Sniffer& sniffer_;
};

}  // namespace

std::unique_ptr<core::MediaSource> MakeFetcher(core::Store& store, base::Random& random,
                                               base::BlockingPool& pool, core::BlobStore& blobs,
                                               http::Client& client, Sniffer& sniffer) {
  return std::make_unique<Fetcher>(store, random, pool, blobs, client, sniffer);
}

}  // namespace parley::media

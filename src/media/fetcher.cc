#include "media/fetcher.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/digest.h"
#include "base/encoding.h"
#include "core/media/kinds.h"
#include "core/media/media_store.h"
#include "core/stamp.h"
#include "http/forms.h"
#include "media/file_name.h"

namespace parley::media {
namespace {

constexpr std::size_t kHead = 64 * 1024;  // what is looked at to tell the type

// How large media may be, by the link and by the dialect or WhatsApp.
struct Limits {
  std::int64_t link = 0;
  std::optional<std::int64_t> dialect;

  std::int64_t Of(core::ContentKind kind) const {
    return std::min(link, dialect.value_or(core::MediaLimitOf(kind)));
  }
};

std::string SizeText(std::int64_t bytes) {
  if (bytes % (1 << 20) == 0) return fmt::format("{} MB", bytes >> 20);
  if (bytes % (1 << 10) == 0) return fmt::format("{} KB", bytes >> 10);
  return fmt::format("{} bytes", bytes);
}

base::Result<void> CheckSize(std::int64_t size, core::ContentKind kind, const Limits& limits) {
  if (size <= limits.Of(kind)) return {};
  return base::Error(
      base::ErrorCode::kMediaTooLarge,
      fmt::format("The {} is larger than {}", NameOf(kind), SizeText(limits.Of(kind))));
}

// The kind whose limit counts while the type is not yet known from the bytes: what the program says
// it is, or what the type says that comes with it. A wrong one is refused after sniffing anyway.
core::ContentKind LikelyKind(const core::MediaDraft& draft, std::string_view type) {
  return draft.kind.value_or(
      core::KindForType(draft.declared_type.empty() ? type : draft.declared_type));
}

// Streams a response into a blob.
class BlobSink final : public http::BodySink {
 public:
  BlobSink(std::unique_ptr<core::BlobStore::Writer> writer, const core::MediaDraft& draft,
           const Limits& limits)
      : writer_(std::move(writer)), draft_(draft), limits_(limits) {}

  base::Result<void> Start(const http::ClientResponse& head) override { return Note(Look(head)); }
  base::Result<void> Write(std::string_view data) override { return Note(Take(data)); }

  std::int64_t size() const { return size_; }
  const std::string& head() const { return head_; }
  const std::string& declared_type() const { return declared_type_; }
  std::string Digest() { return base::ToHexText(base::AsText(digest_.Finish())); }
  core::BlobStore::Writer& writer() { return *writer_; }
  // Why this side ended the fetch, if it did.
  const std::optional<base::Error>& refusal() const { return refusal_; }

 private:
  base::Result<void> Note(base::Result<void> result) {
    if (!result) refusal_ = result.error();
    return result;
  }

  base::Result<void> Look(const http::ClientResponse& head) {
    if (head.status >= 300 && head.status <= 399)
      return base::Error(
          base::ErrorCode::kMediaUnreachable,
          fmt::format("The media URL answered {}: redirects are not followed", head.status));
    if (head.status < 200 || head.status > 299)
      return base::Error(base::ErrorCode::kMediaUnreachable,
                         fmt::format("The media URL answered {}", head.status));
    declared_type_ = head.headers.Get("Content-Type");
    kind_ = LikelyKind(draft_, declared_type_);
    // What says that it is too large need not be read first.
    const std::string_view length = head.headers.Get("Content-Length");
    std::int64_t announced = 0;
    const auto [end, error] =
        std::from_chars(length.data(), length.data() + length.size(), announced);
    return error == std::errc() ? CheckSize(announced, kind_, limits_) : base::Result<void>();
  }

  base::Result<void> Take(std::string_view data) {
    size_ += static_cast<std::int64_t>(data.size());
    PARLEY_CHECK(CheckSize(size_, kind_, limits_));
    if (head_.size() < kHead) head_ += data.substr(0, kHead - head_.size());
    digest_.Add(data);
    return writer_->Write(data);
  }

  const std::unique_ptr<core::BlobStore::Writer> writer_;
  const core::MediaDraft& draft_;
  const Limits limits_;
  core::ContentKind kind_ = core::ContentKind::kDocument;
  std::int64_t size_ = 0;
  std::string head_, declared_type_;
  std::optional<base::Error> refusal_;
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
          core::BlobStore& blobs, http::Client& client, Sniffer& sniffer,
          const core::MediaLinks& links, core::MediaCare& care)
      : store_(store),
        random_(random),
        pool_(pool),
        blobs_(blobs),
        client_(client),
        sniffer_(sniffer),
        links_(links),
        care_(care) {}

  base::Task<base::Result<core::Media>> Resolve(core::MediaOwner owner, core::MediaDraft draft,
                                                std::int64_t max_size) override {
    const Limits limits{max_size, draft.max_size};
    if (!care_.is_on()) return Get(owner, std::move(draft), limits);
    return Cared(owner, std::move(draft), limits);
  }

  base::Result<void> CheckDeclared(std::string_view type, core::ContentKind kind) const override {
    return CheckKind(type, SourceOf(kind));
  }

 private:
  // Of which kind the file may be that a message of `kind` is made from.
  core::ContentKind SourceOf(core::ContentKind kind) const {
    const bool is_made = care_.is_on() && kind == core::ContentKind::kSticker;
    return is_made ? core::ContentKind::kImage : kind;
  }

  // What may be said of a file's size and type is said of what the message carries in the end.
  base::Task<base::Result<core::Media>> Cared(core::MediaOwner owner, core::MediaDraft draft,
                                              Limits limits) {
    const std::optional<core::ContentKind> wanted = draft.kind;
    const bool for_message = draft.for_message, voice = draft.voice;
    Limits of_source = limits;
    if (wanted && SourceOf(*wanted) != *wanted) {
      draft.kind = SourceOf(*wanted);
      of_source.dialect.reset();
    }
    PARLEY_CO_TRY(media, co_await Get(owner, std::move(draft), of_source));
    if (!for_message) co_return std::move(media);
    const core::ContentKind kind = wanted.value_or(core::KindForType(media.ref.mime_type));
    PARLEY_CO_TRY(form, co_await care_.Prepare(media.ref, kind, voice));
    PARLEY_CO_CHECK(CheckSize(form.media.size, kind, limits));
    media.ref = std::move(form.media);
    NameAfterType(media.ref, kind, voice);
    media.thumbnail = std::move(form.thumbnail);
    co_return std::move(media);
  }

  base::Task<base::Result<core::Media>> Get(core::MediaOwner owner, core::MediaDraft draft,
                                            Limits limits) {
    if (auto* url = std::get_if<core::MediaFromUrl>(&draft.source)) {
      std::string text = std::move(url->url);
      if (const auto own = links_.IdOf(text))
        return FromLink(owner, *own, std::move(draft), limits);
      return FromUrl(owner, std::move(text), std::move(draft), limits);
    }
    if (auto* bytes = std::get_if<core::MediaFromBytes>(&draft.source)) {
      std::string data = std::move(bytes->bytes);
      return FromBytes(owner, std::move(data), std::move(draft), limits);
    }
    const core::MediaId id = std::get<core::MediaFromStore>(draft.source).id;
    return FromStore(owner, id, std::move(draft), limits);
  }

  base::Task<base::Result<core::Media>> FromUrl(core::MediaOwner owner, std::string url,
                                                core::MediaDraft draft, Limits limits) {
    PARLEY_CO_TRY(writer, blobs_.NewWriter());
    BlobSink sink(std::move(writer), draft, limits);
    http::ClientRequest request(http::Method::kGet, url);
    request.timeout = kFetchTimeout;
    auto fetched = co_await client_.Fetch(std::move(request), sink);
    if (!fetched) co_return sink.refusal() ? *sink.refusal() : FetchError(fetched.error());
    if (sink.size() == 0)
      co_return base::Error(base::ErrorCode::kMediaEmpty, "The media URL gave an empty file");
    if (draft.file_name.empty()) draft.file_name = NameIn(url);
    std::string digest = sink.Digest();
    const std::string declared =
        draft.declared_type.empty() ? sink.declared_type() : draft.declared_type;
    // On a pool thread: looks at the bytes, then makes the blob durable.
    auto finish = [this, &sink, &digest, &declared, &draft,
                   &limits]() -> base::Result<std::string> {
      PARLEY_TRY(type, TypeOf(sink.head(), declared, draft, sink.size(), limits));
      PARLEY_CHECK(sink.writer().Commit(digest));
      return std::move(type);
    };
    PARLEY_CO_TRY(type, co_await pool_.Run(store_.scheduler(), std::move(finish)));
    co_return Row(owner, std::move(draft), std::move(type), std::move(digest), sink.size());
  }

  base::Task<base::Result<core::Media>> FromBytes(core::MediaOwner owner, std::string bytes,
                                                  core::MediaDraft draft, Limits limits) {
    if (bytes.empty()) co_return base::Error(base::ErrorCode::kMediaEmpty, "The file is empty");
    const auto size = static_cast<std::int64_t>(bytes.size());
    std::string digest;
    auto store = [this, &bytes, &digest, &draft, &limits, size]() -> base::Result<std::string> {
      const std::string_view head = std::string_view(bytes).substr(0, kHead);
      PARLEY_TRY(type, TypeOf(head, draft.declared_type, draft, size, limits));
      digest = base::ToHexText(base::AsText(base::Sha256(bytes)));
      PARLEY_CHECK(blobs_.Store(digest, bytes));
      return std::move(type);
    };
    PARLEY_CO_TRY(type, co_await pool_.Run(store_.scheduler(), std::move(store)));
    co_return Row(owner, std::move(draft), std::move(type), std::move(digest), size);
  }

  base::Task<base::Result<core::Media>> FromStore(core::MediaOwner owner, core::MediaId id,
                                                  core::MediaDraft draft, Limits limits) {
    auto read = [owner, id](const core::Transaction& tx) { return tx.media().Find(owner, id); };
    PARLEY_CO_TRY(found, co_await store_.Read(read));
    if (!found) co_return UnknownId();
    co_return co_await FromRow(owner, std::move(found->ref), std::move(draft), limits);
  }

  base::Task<base::Result<core::Media>> FromLink(core::MediaOwner owner, core::MediaId id,
                                                 core::MediaDraft draft, Limits limits) {
    auto read = [id](const core::Transaction& tx) { return tx.media().FindPublic(id); };
    PARLEY_CO_TRY(found, co_await store_.Read(read));
    if (!found) co_return GoneLink();
    auto media = co_await FromRow(owner, std::move(found->ref), std::move(draft), limits);
    if (!media && media.error().code == base::ErrorCode::kNotFound) co_return GoneLink();
    co_return media;
  }

  base::Task<base::Result<core::Media>> FromRow(core::MediaOwner owner, core::MediaRef ref,
                                                core::MediaDraft draft, Limits limits) {
    PARLEY_CO_TRY(type, CheckType(ref.mime_type, draft.declared_type, draft.kind));
    PARLEY_CO_CHECK(CheckSize(ref.size, draft.kind.value_or(core::KindForType(type)), limits));
    auto renew = [this, &ref] { return blobs_.Renew(ref.sha256); };
    const auto renewed = co_await pool_.Run(store_.scheduler(), std::move(renew));
    if (!renewed && renewed.error().code == base::ErrorCode::kNotFound) co_return UnknownId();
    if (!renewed) co_return renewed.error();
    if (draft.file_name.empty()) draft.file_name = std::move(ref.file_name);
    co_return Row(owner, std::move(draft), std::move(type), std::move(ref.sha256), ref.size);
  }

  static base::Error GoneLink() {
    return base::Error(base::ErrorCode::kMediaUnreachable,
                       "The media URL is one of this gateway's, but its media is gone");
  }

  static base::Error UnknownId() {
    return base::Error(base::ErrorCode::kNotFound, "Unknown media id");
  }

  // The type that the message carries, when its kind can carry it in this size.
  base::Result<std::string> TypeOf(std::string_view head, std::string_view declared,
                                   const core::MediaDraft& draft, std::int64_t size,
                                   const Limits& limits) {
    PARLEY_TRY(type, CheckType(sniffer_.TypeOf(head), declared, draft.kind));
    PARLEY_CHECK(CheckSize(size, draft.kind.value_or(core::KindForType(type)), limits));
    return std::move(type);
  }

  core::Media Row(core::MediaOwner owner, core::MediaDraft draft, std::string type,
                  std::string digest, std::int64_t size) {
    core::Stamp stamp(store_.scheduler().Now(), random_);
    core::Media media;
    media.account = owner.account;
    media.channel = owner.channel;
    media.created_at = stamp.now();
    media.ref.id = stamp.Next<core::MediaId>();
    media.ref.mime_type = std::move(type);
    media.ref.size = size;
    media.ref.sha256 = std::move(digest);
    media.ref.file_name = std::move(draft.file_name);
    return media;
  }

  // A client's error in the words of media. A malformed URL stays a fault of "url".
  static base::Error FetchError(const base::Error& error) {
    switch (error.code) {
      case base::ErrorCode::kTimeout:
      case base::ErrorCode::kUnavailable:
        return base::Error(
            base::ErrorCode::kMediaUnreachable,
            fmt::format("The media URL could not be fetched: {}", error.public_text()),
            error.detail);
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
  const core::MediaLinks& links_;
  core::MediaCare& care_;
};

}  // namespace

std::unique_ptr<core::MediaSource> MakeFetcher(core::Store& store, base::Random& random,
                                               base::BlockingPool& pool, core::BlobStore& blobs,
                                               http::Client& client, Sniffer& sniffer,
                                               const core::MediaLinks& links,
                                               core::MediaCare& care) {
  return std::make_unique<Fetcher>(store, random, pool, blobs, client, sniffer, links, care);
}

}  // namespace parley::media

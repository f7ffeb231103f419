#include "link/cloud/media.h"

#include <fmt/format.h>

#include "base/crash_point.h"
#include "base/digest.h"
#include "base/encoding.h"
#include "base/log.h"
#include "core/stamp.h"
#include "http/forms.h"
#include "link/cloud/format/errors.h"
#include "link/cloud/format/number.h"
#include "link/cloud/format/setup.h"

namespace parley::link::cloud {
namespace {

constexpr std::int64_t kLargestFile = 100 << 20;   // Cloud API, "Supported media types": a document
constexpr std::int64_t kLargestPicture = 5 << 20;  // "Business profiles"
constexpr base::Duration kAskLimit = std::chrono::seconds(15);
constexpr base::Duration kFileLimit = std::chrono::seconds(60);
constexpr base::Duration kPictureLimit = std::chrono::seconds(15);  // somebody waits for it
// A file that cannot be had now is asked for again, and what came after it waits meanwhile: for as
// long as it takes where it is Meta or the token that fails, a few times where it is the file.
constexpr base::Duration kFirstFilePause = std::chrono::seconds(1);
constexpr base::Duration kLongestFilePause = std::chrono::minutes(5);
constexpr int kTriesOfMissing = 4;

constexpr std::string_view kPngHead = "\x89PNG\r\n\x1a\n";

class CloudFileSink final : public http::BodySink {
 public:
  explicit CloudFileSink(std::unique_ptr<core::BlobStore::Writer> writer)
      : writer_(std::move(writer)) {}

  base::Result<void> Start(const http::ClientResponse& head) override {
    if (head.status >= 200 && head.status <= 299) return {};
    // 404 and 410: gone. Anything else may change.
    const bool gone = head.status == 404 || head.status == 410;
    return base::Error(gone ? base::ErrorCode::kNotFound : base::ErrorCode::kUnavailable, "",
                       "the media host answered " + std::to_string(head.status));
  }
  base::Result<void> Write(std::string_view data) override {
    size_ += static_cast<std::int64_t>(data.size());
    if (size_ > kLargestFile) return base::ErrorCode::kMediaTooLarge;
    if (head_.size() < kPngHead.size()) head_ += data.substr(0, kPngHead.size() - head_.size());
    digest_.Add(data);
    return writer_->Write(data);
  }
  // The digest, when the file is durable.
  base::Result<std::string> Commit() {
    std::string sha256 = base::ToHexText(base::AsText(digest_.Finish()));
    PARLEY_CHECK(writer_->Commit(sha256));
    return sha256;
  }
  std::int64_t size() const { return size_; }
  bool is_png() const { return head_ == kPngHead; }

 private:
  const std::unique_ptr<core::BlobStore::Writer> writer_;
  std::int64_t size_ = 0;
  std::string head_;  // the first bytes
  base::Sha256Stream digest_;
};

struct Fetching {
  explicit Fetching(std::unique_ptr<core::BlobStore::Writer> writer) : sink(std::move(writer)) {}
  CloudFileSink sink;
  std::optional<base::Error> failure;
};

enum class Host { kMedia, kPublic };

base::Task<GraphAnswer> Fetch(std::shared_ptr<const Graph> graph,
                              std::shared_ptr<Fetching> fetching, std::string url, Host host) {
  auto download = host == Host::kMedia
                      ? graph->Download(std::move(url), fetching->sink, kFileLimit)
                      : graph->DownloadPublic(std::move(url), fetching->sink, kPictureLimit);
  const auto fetched = co_await std::move(download);
  GraphAnswer answer;
  if (fetched)
    answer.kind = GraphAnswer::Kind::kDone;
  else
    fetching->failure = fetched.error();
  co_return answer;
}

// kNotFound: Meta does not have the file.
base::Error FileErrorOf(const GraphAnswer& answer) {
  base::ErrorCode code = base::ErrorCode::kUnavailable;
  std::string detail = answer.reason;
  if (answer.kind == GraphAnswer::Kind::kRefused) {
    const format::GraphError error = format::ReadGraphError(answer.status, answer.body);
    const format::ErrorMeaning meaning = format::MeaningOf(error);
    if (meaning.scope != format::ErrorScope::kChannel && meaning.state_reason.empty())
      code = base::ErrorCode::kNotFound;
    detail = error.Detail();
  }
  return base::Error(code, "", std::move(detail));
}

// Its faults are Meta's, not those of whoever asked.
base::Error UnreadableAnswer() {
  return base::Error(base::ErrorCode::kUnavailable, "Meta's answer to the upload cannot be read");
}

}  // namespace

base::Task<std::optional<core::Media>> CloudMedia::Take(MediaMention mention) {
  base::Duration pause = kFirstFilePause;
  int missing = 0;
  while (!stopped_) {
    auto taken = co_await TakeOnce(mention);
    if (taken) {
      base::ReachCrashPoint("after_media_before_report");
      co_return std::move(*taken);
    }
    if (!base::IsTransient(taken.error().code) && ++missing == kTriesOfMissing) {
      base::LogError("A file of a message cannot be had of Meta",
                     {{"media", mention.id}, {"reason", taken.error().detail}});
      co_return std::nullopt;
    }
    base::LogWarning("A file of a message could not be fetched yet",
                     {{"media", mention.id}, {"reason", taken.error().detail}});
    if (!stopped_) co_await stop_.WaitFor(pause);
    pause = std::min(pause * 2, kLongestFilePause);
  }
  co_return std::nullopt;
}

base::Task<base::Result<core::Media>> CloudMedia::TakeOnce(MediaMention mention) {
  if (uplink_.graph() == nullptr) co_return base::ErrorCode::kUnavailable;
  const std::string path = http::PercentEncode(mention.id);
  Uplink::Ask ask = [path](std::shared_ptr<const Graph> graph) {
    return graph->Get(path, kAskLimit);
  };
  const GraphAnswer found = co_await uplink_.Run(std::move(ask));
  if (!found.done()) co_return FileErrorOf(found);
  PARLEY_CO_TRY(node, format::ReadFileNode(found.body));
  if (node.size > kLargestFile) co_return base::ErrorCode::kMediaTooLarge;
  PARLEY_CO_TRY(writer, blobs_.NewWriter());
  // Shared, as the request goes on when the link stops meanwhile.
  const auto fetching = std::make_shared<Fetching>(std::move(writer));
  Uplink::Ask fetch = [fetching, url = node.url](std::shared_ptr<const Graph> graph) {
    return Fetch(std::move(graph), fetching, url, Host::kMedia);
  };
  const GraphAnswer fetched = co_await uplink_.Run(std::move(fetch));
  if (!fetched.done())
    co_return fetching->failure.value_or(
        base::Error(base::ErrorCode::kUnavailable, "", fetched.reason));
  CloudFileSink& sink = fetching->sink;
  if (sink.size() == 0) co_return base::ErrorCode::kMediaEmpty;
  PARLEY_CO_TRY(sha256, sink.Commit());

  core::MediaRef ref;
  ref.mime_type = mention.mime_type;
  ref.size = sink.size();
  ref.sha256 = sha256;
  ref.file_name = mention.file_name;
  co_return RowOf(std::move(ref));
}

core::Media CloudMedia::RowOf(core::MediaRef ref) {
  core::Stamp stamp(scheduler_.Now(), random_);
  core::Media row;
  row.account = account_;
  row.ref = std::move(ref);
  row.ref.id = stamp.Next<core::MediaId>();
  row.created_at = stamp.now();
  return row;
}

base::Task<std::optional<std::string>> CloudMedia::BytesOf(core::MediaRef media,
                                                           GivenMedia* given) {
  auto read = [this, sha256 = media.sha256] { return blobs_.Read(sha256); };
  auto bytes = co_await pool_.Run(scheduler_, std::move(read));
  if (bytes) co_return std::move(*bytes);
  const bool gone = bytes.error().code == base::ErrorCode::kNotFound;
  given->answer.kind = gone ? GraphAnswer::Kind::kRefused : GraphAnswer::Kind::kNotSent;
  given->answer.reason = "The file is not stored any more";
  co_return std::nullopt;
}

base::Task<GivenMedia> CloudMedia::Give(core::MediaRef media) {
  GivenMedia given;
  auto bytes = co_await BytesOf(media, &given);
  if (!bytes) co_return given;
  auto file = std::make_shared<GraphFile>();
  file->mime_type = media.mime_type;
  file->name = media.file_name.empty() ? "file" : media.file_name;
  file->bytes = std::move(*bytes);
  Uplink::Ask ask = [file,
                     boundary = "parley-" + random_.Token(24)](std::shared_ptr<const Graph> graph) {
    return graph->Upload(graph->credentials().phone_number_id + "/media", std::move(*file),
                         boundary, kFileLimit);
  };
  given.answer = co_await uplink_.Run(std::move(ask));
  if (given.answer.done())
    if (auto id = format::ReadUploadAnswer(given.answer.body)) given.id = std::move(*id);
  co_return given;
}

base::Task<base::Result<GivenMedia>> CloudMedia::GivePicture(core::MediaRef picture) {
  if (picture.mime_type != "image/jpeg" && picture.mime_type != "image/png")
    co_return base::Error(base::ErrorCode::kMediaWrongType, "Meta takes JPEG and PNG as pictures");
  if (picture.size > kLargestPicture) co_return base::ErrorCode::kMediaTooLarge;
  GivenMedia given;
  auto bytes = co_await BytesOf(picture, &given);
  if (!bytes) co_return given;
  Uplink::Ask whose = [](std::shared_ptr<const Graph> graph) {
    const std::string& token = graph->credentials().access_token;
    return graph->Get("debug_token?input_token=" + http::PercentEncode(token), kAskLimit);
  };
  given.answer = co_await uplink_.Run(std::move(whose));
  if (!given.answer.done()) co_return given;
  const auto facts = format::ReadToken(given.answer.body);
  if (!facts || facts->app_id.empty()) co_return UnreadableAnswer();
  const std::string path = fmt::format(
      "{}/uploads?file_name=picture.{}&file_length={}&file_type={}",
      http::PercentEncode(facts->app_id), picture.mime_type == "image/png" ? "png" : "jpg",
      bytes->size(), picture.mime_type);
  Uplink::Ask open = [path](std::shared_ptr<const Graph> graph) {
    return graph->Post(path, base::json::object(), kAskLimit);
  };
  given.answer = co_await uplink_.Run(std::move(open));
  if (!given.answer.done()) co_return given;
  const auto session = format::ReadUploadSession(given.answer.body);
  if (!session) co_return UnreadableAnswer();
  const auto kept = std::make_shared<std::string>(std::move(*bytes));
  Uplink::Ask upload = [session = *session, kept](std::shared_ptr<const Graph> graph) {
    return graph->UploadBytes(session, std::move(*kept), kPictureLimit);
  };
  given.answer = co_await uplink_.Run(std::move(upload));
  if (!given.answer.done()) co_return given;
  auto handle = format::ReadUploadHandle(given.answer.body);
  if (!handle) co_return UnreadableAnswer();
  given.id = std::move(*handle);
  co_return given;
}

base::Task<std::optional<core::Media>> CloudMedia::TakePicture(std::string url) {
  auto writer = blobs_.NewWriter();
  if (!writer) co_return std::nullopt;
  const auto fetching = std::make_shared<Fetching>(std::move(*writer));
  Uplink::Ask fetch = [fetching, url](std::shared_ptr<const Graph> graph) {
    return Fetch(std::move(graph), fetching, url, Host::kPublic);
  };
  const GraphAnswer fetched = co_await uplink_.Run(std::move(fetch));
  CloudFileSink& sink = fetching->sink;
  if (!fetched.done() || sink.size() == 0 || sink.size() > kLargestPicture) co_return std::nullopt;
  const auto sha256 = sink.Commit();
  if (!sha256) co_return std::nullopt;
  core::MediaRef ref;
  ref.mime_type = sink.is_png() ? "image/png" : "image/jpeg";
  ref.size = sink.size();
  ref.sha256 = *sha256;
  co_return RowOf(std::move(ref));
}

}  // namespace parley::link::cloud

#include "sim/graph/media_fetch.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace parley::sim::graph {
namespace {

constexpr std::size_t kMegabyte = 1u << 20;

GraphError NotUploaded(std::string details) { return GraphError{kMediaUpload, std::move(details)}; }

// "image/png; x=y" without what follows the type.
std::string BareType(std::string_view header) {
  std::string type(base::Trim(header.substr(0, header.find(';'))));
  for (char& c : type)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return type;
}

// The name that a link ends in.
std::string NameIn(std::string_view link) {
  link = link.substr(0, link.find_first_of("?#"));
  const std::size_t slash = link.rfind('/');
  std::string name(slash == link.npos ? std::string_view() : link.substr(slash + 1));
  if (name.size() > net::kMaxFileName) name.clear();
  return name;
}

Outcome<net::Media> FromNode(const Call& call, const MediaAsk& ask) {
  const Outcome<MediaNode> node = call.Media(*ask.id);
  if (!node) return GraphError{kInvalidValue, fmt::format("{} is not a valid media ID", *ask.id)};
  const auto stored = call.parts.network.media().Open(node->sha256);
  if (!stored) return NotUploaded("The media is not there any more");
  const std::string why =
      WhyNotOfKind(ask.kind, node->mime_type, static_cast<std::size_t>(stored->size));
  if (!why.empty()) return NotUploaded(why);
  net::Media media;
  media.sha256 = node->sha256;
  media.mime_type = node->mime_type;
  media.size = stored->size;
  media.file_name = node->file_name;
  return media;
}

// Keeps what arrives, up to one byte more than is allowed.
class LimitedSink final : public http::BodySink {
 public:
  explicit LimitedSink(std::size_t limit) : limit_(limit) {}
  base::Result<void> Start(const http::ClientResponse&) override { return {}; }
  base::Result<void> Write(std::string_view data) override {
    bytes += data;
    if (bytes.size() <= limit_) return {};
    return base::Error(base::ErrorCode::kMediaTooLarge);
  }

  std::string bytes;

 private:
  const std::size_t limit_;
};

base::Task<Outcome<net::Media>> FromLink(Parts* parts, MediaAsk ask) {
  if (parts->fetches >= kMaxFetches) co_return GraphError{kServiceUnavailable};
  std::size_t limit = 0;
  for (const MediaKind& row : MediaKinds())
    if (row.kind == ask.kind) limit = row.max_bytes;
  http::ClientRequest request(http::Method::kGet, *ask.link);
  request.timeout = kFetchLimit;
  LimitedSink sink(limit);
  ++parts->fetches;
  const auto answer = co_await parts->client.Fetch(std::move(request), sink);
  --parts->fetches;
  if (!answer)
    co_return NotUploaded(
        fmt::format("Downloading media from weblink failed: {}", answer.error().public_text()));
  if (answer->status != 200)
    co_return NotUploaded(
        fmt::format("Downloading media from weblink failed with http code {}", answer->status));
  const std::string type = BareType(answer->headers.Get("Content-Type"));
  const std::string why = WhyNotOfKind(ask.kind, type, sink.bytes.size());
  if (!why.empty()) co_return NotUploaded(why);
  const auto stored = parts->network.media().Store(sink.bytes);
  if (!stored) co_return NotUploaded(std::string(stored.error().public_text()));
  net::Media media;
  media.sha256 = *stored;
  media.mime_type = type;
  media.size = static_cast<std::int64_t>(sink.bytes.size());
  if (ask.kind == net::MessageKind::kDocument) media.file_name = NameIn(*ask.link);
  co_return media;
}

}  // namespace

const std::vector<MediaKind>& MediaKinds() {
  using net::MessageKind;
  static const std::vector<MediaKind> kinds = {
      {MessageKind::kAudio,
       16 * kMegabyte,
       {"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/opus"}},
      {MessageKind::kDocument, 100 * kMegabyte, {}},
      {MessageKind::kImage, 5 * kMegabyte, {"image/jpeg", "image/png"}},
      {MessageKind::kSticker, 500u << 10, {"image/webp"}},
      {MessageKind::kVideo, 16 * kMegabyte, {"video/mp4", "video/3gpp"}},
  };
  return kinds;
}

std::string WhyNotOfKind(net::MessageKind kind, std::string_view mime_type, std::size_t size) {
  for (const MediaKind& row : MediaKinds()) {
    if (row.kind != kind) continue;
    const bool fits =
        row.types.empty()
            ? !mime_type.empty() && mime_type.size() <= net::kMaxMimeType
            : std::find(row.types.begin(), row.types.end(), mime_type) != row.types.end();
    if (!fits)
      return fmt::format("Unsupported {} mime type {}", NameOf(kind),
                         mime_type.empty() ? "(none)" : mime_type);
    if (size == 0) return "The media is empty";
    if (size > row.max_bytes)
      return fmt::format("The {} is larger than {} bytes", NameOf(kind), row.max_bytes);
  }
  return "";
}

base::Task<Outcome<net::Content>> TakeFiles(const Call* call, SendDraft draft) {
  const std::vector<net::Media*> places = net::FilesOf(draft.content);
  for (std::size_t i = 0; i < draft.media.size() && i < places.size(); ++i) {
    Outcome<net::Media> taken = GraphError{};
    if (draft.media[i].id)
      taken = FromNode(*call, draft.media[i]);
    else
      taken = co_await FromLink(&call->parts, draft.media[i]);
    if (!taken) co_return taken.error();
    net::Media& place = *places[i];
    if (!place.file_name.empty()) taken->file_name = place.file_name;
    taken->voice = place.voice;
    place = std::move(*taken);
  }
  co_return std::move(draft.content);
}

}  // namespace parley::sim::graph

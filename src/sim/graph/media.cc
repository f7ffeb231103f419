// Uploading, finding, downloading and deleting media.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/digest.h"
#include "base/encoding.h"
#include "http/forms.h"
#include "sim/graph/handlers.h"
#include "sim/graph/ids.h"
#include "sim/graph/media_fetch.h"

namespace parley::sim::graph {
namespace {

using base::json::object;

constexpr base::Duration kUrlLife = std::chrono::minutes(5);
constexpr std::size_t kHashDigits = 32;

// Documents that can be uploaded; a link may name any.
constexpr std::string_view kDocumentTypes[] = {
    "text/plain",
    "application/pdf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
};

std::string BareUploadType(std::string_view text) {
  std::string type(text.substr(0, text.find(';')));
  while (!type.empty() && type.back() == ' ') type.pop_back();
  return type;
}

// Why a file of that type and size cannot be uploaded.
std::optional<GraphError> WhyNotUploaded(const std::string& type, std::size_t size) {
  std::string known;
  const auto fits = [&](const MediaKind& row) {
    const auto in = [&](const auto& types) {
      for (const std::string_view one : types)
        known += (known.empty() ? "" : ", ") + std::string(one);
      return std::find(std::begin(types), std::end(types), type) != std::end(types);
    };
    return row.types.empty() ? in(kDocumentTypes) : in(row.types);
  };
  for (const MediaKind& row : MediaKinds()) {
    if (!fits(row)) continue;
    const std::string why = WhyNotOfKind(row.kind, type, size);
    if (why.empty()) return std::nullopt;
    return InvalidParameter("Param file: " + why + ".");
  }
  return InvalidParameter(
      fmt::format("Param file must be a file with one of the following types: {}. Received file of "
                  "type '{}'.",
                  known, type));
}

std::string HashOf(const App& app, std::string_view id, std::string_view expires) {
  const std::string signed_words = fmt::format("media {} {}", id, expires);
  return base::ToHexText(base::AsText(base::HmacSha256(app.secret, signed_words)))
      .substr(0, kHashDigits);
}

Outcome<MediaNode> MediaOfCall(const Call& call) {
  PARLEY_TRY(media, call.Media(call.Parameter("id")));
  const auto number = call.Query("phone_number_id");
  if (number && *number != media.number)
    return NoSuchObject(call.request.method, call.Parameter("id"));
  return media;
}

}  // namespace

base::Task<Answer> UploadMedia(const Call* call) {
  PARLEY_CO_TRY(number, call->NumberNode());
  const auto parts =
      http::ParseMultipart(call->request.body, call->request.headers.Get("Content-Type"));
  if (!parts) co_return InvalidParameter("The request must be multipart/form-data with a file.");
  const http::FormPart* file = nullptr;
  // Graph takes any parameter in the query as well.
  std::string product = call->Query("messaging_product").value_or("");
  std::string type = call->Query("type").value_or("");
  for (const http::FormPart& part : *parts) {
    if (part.name == "file") file = &part;
    if (part.name == "messaging_product") product = part.data;
    if (part.name == "type") type = part.data;
  }
  if (product != "whatsapp")
    co_return InvalidParameter("The parameter messaging_product is required.");
  if (file == nullptr) co_return InvalidParameter("The parameter file is required.");
  type = BareUploadType(type.find('/') == std::string::npos ? file->content_type : type);
  if (const auto error = WhyNotUploaded(type, file->data.size())) co_return *error;
  const auto stored = call->parts.network.media().Store(file->data);
  if (!stored) co_return GraphError{kServiceTrouble};
  MediaNode media;
  media.id = MakeNodeId(call->parts.random);
  media.number = number->id;
  media.sha256 = *stored;
  media.mime_type = type;
  media.file_name = file->file_name.substr(0, net::kMaxFileName);
  if (!base::IsUtf8(media.file_name)) media.file_name.clear();
  media.at = call->parts.scheduler.Now();
  call->parts.registry.Put(media);
  object body;
  body["id"] = base::JsonView(media.id);
  co_return Reply(body);
}

Answer MediaAnswer(const Call& call) {
  PARLEY_TRY(media, MediaOfCall(call));
  const auto stored = call.parts.network.media().Open(media.sha256);
  if (!stored) return NoSuchObject(call.request.method, media.id);
  const App& app = *call.parts.registry.FindApp(call.token.app);
  const std::string expires =
      std::to_string(base::ToUnixSeconds(call.parts.scheduler.Now() + kUrlLife));
  object body;
  body["url"] = base::JsonView(fmt::format("{}/graph/media/{}?ext={}&hash={}", call.BaseUrl(),
                                           media.id, expires, HashOf(app, media.id, expires)));
  body["mime_type"] = base::JsonView(media.mime_type);
  body["sha256"] = base::JsonView(media.sha256);
  body["file_size"] = stored->size;
  body["id"] = base::JsonView(media.id);
  body["messaging_product"] = "whatsapp";
  return Reply(body);
}

Answer MediaRemoved(const Call& call) {
  PARLEY_TRY(media, MediaOfCall(call));
  call.parts.registry.RemoveMedia(media.id);
  return Success();
}

base::Task<Answer> DownloadMedia(const Call* call) {
  PARLEY_CO_TRY(media, call->Media(call->Parameter("id")));
  const App& app = *call->parts.registry.FindApp(call->token.app);
  const std::string expires = call->Query("ext").value_or("");
  const std::string right = HashOf(app, media.id, expires);
  std::int64_t seconds = 0;
  std::from_chars(expires.data(), expires.data() + expires.size(), seconds);
  const bool is_valid = base::EqualInConstantTime(call->Query("hash").value_or(""), right) &&
                        base::ToUnixSeconds(call->parts.scheduler.Now()) <= seconds;
  const auto stored = call->parts.network.media().Open(media.sha256);
  if (!is_valid || !stored) {
    GraphError error = NoSuchObject(call->request.method, media.id);
    error.status = 404;
    co_return error;
  }
  http::Response response;
  response.headers.Set("Content-Type", media.mime_type);
  if (stored->path.empty()) {
    response.body = *stored->bytes;
  } else {
    http::FileBody file;
    file.path = stored->path;
    file.length = static_cast<std::uint64_t>(stored->size);
    response.body = std::move(file);
  }
  co_return response;
}

}  // namespace parley::sim::graph

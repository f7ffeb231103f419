// Media: uploads, and finding what arrived.
#include "api/wapio/addresses.h"
#include "api/wapio/auth.h"
#include "api/wapio/handlers.h"
#include "api/wapio/media_schema.h"
#include "base/encoding.h"
#include "core/media/data_uri.h"
#include "core/media/media_source.h"
#include "core/media/uploads.h"
#include "http/body.h"

namespace parley::api::wapio {
namespace {

MediaReply ReplyOf(const core::MediaRef& media, const core::MediaLinks& links) {
  MediaReply reply;
  reply.media_id = Spell(media.id);
  reply.url = links.UrlOf(media);
  reply.mime_type = media.mime_type;
  reply.sha256 = media.sha256;
  if (!media.file_name.empty()) reply.file_name = media.file_name;
  reply.file_length = media.size;
  return reply;
}

base::Result<core::MediaDraft> DraftOf(UploadBody body) {
  core::MediaDraft draft;
  std::string bytes;
  if (core::IsDataUri(body.content)) {
    PARLEY_TRY(uri, core::ParseDataUri(body.content, "content_base64"));
    bytes = std::move(uri.bytes);
    draft.declared_type = std::move(uri.type);
  } else {
    auto decoded = base::FromBase64(body.content);
    if (!decoded) return base::FieldError("content_base64", "The base64 data is broken");
    bytes = std::move(*decoded);
  }
  const auto size = static_cast<std::int64_t>(bytes.size());
  if (body.file_length && *body.file_length != size)
    return base::FieldError("file_length", "The content has " + std::to_string(size) + " bytes");
  draft.source = core::MediaFromBytes{std::move(bytes)};
  if (body.mime_type) draft.declared_type = std::move(*body.mime_type);
  draft.file_name = body.file_name.value_or("");
  return draft;
}

// The first media of ours that is named in a document, whatever lies around it: an event, its
// message, or the members of one kind of message.
std::optional<core::MediaId> MediaIn(const base::json::value& value,
                                     const core::MediaLinks& links) {
  if (const auto* list = value.if_array()) {
    for (const base::json::value& item : *list)
      if (const auto id = MediaIn(item, links)) return id;
    return std::nullopt;
  }
  const auto* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  for (const char* name : {"media_id", "mediaId"})
    if (const auto id = ParseMediaId(base::FindText(*object, name))) return id;
  if (const auto id = links.IdOf(base::FindText(*object, "url"))) return id;
  for (const auto& member : *object)
    if (const auto id = MediaIn(member.value(), links)) return id;
  return std::nullopt;
}

HandlerResult Show(Call& call, core::MediaId id) {
  core::MediaOwner owner(call.caller->account.row, call.caller->credential.channel);
  PARLEY_CO_TRY(media, co_await call.core.uploads.Get(owner, id));
  co_return http::Response::Json(200, base::EncodeText(ReplyOf(media.ref, call.core.media_links)));
}

}  // namespace

HandlerResult UploadMedia(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<UploadBody>(call.request, http::kJsonBody, kRules));
  PARLEY_CO_TRY(session, co_await SelectSession(call, body.session_id));
  PARLEY_CO_TRY(draft, DraftOf(std::move(body)));
  PARLEY_CO_TRY(media, co_await call.core.uploads.Upload(session, std::move(draft)));
  co_return http::Response::Json(201, base::EncodeText(ReplyOf(media.ref, call.core.media_links)));
}

HandlerResult GrantUpload(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<GrantBody>(call.request, http::kJsonBody, kRules));
  PARLEY_CO_TRY(session, co_await SelectSession(call, body.session_id));
  core::UploadWish wish;
  ParseName(body.kind, wish.kind);  // the core's names
  wish.mime_type = body.mime_type;
  wish.file_name = body.file_name.value_or("");
  wish.size = body.size_bytes;
  auto grant = call.core.uploads.Grant(*session, std::move(wish));
  if (!grant) co_return base::RenameFault(grant.error(), "size", "size_bytes");
  const core::MediaLinks& links = call.core.media_links;
  GrantReply reply;
  reply.media_handle = Spell(grant->media.id);
  reply.upload_url = links.public_base() + "/api/media/" + grant->token;
  reply.upload_method = "PUT";
  reply.upload_headers.content_type = grant->media.mime_type;
  reply.expires_at = Iso(grant->until);
  reply.public_url = links.UrlOf(grant->media);
  co_return http::Response::Json(201, base::EncodeText(reply));
}

HandlerResult PutMedia(Call& call) {
  // Without leave there is no room for a byte, which is not the body's fault.
  if (!call.core.uploads.GrantedSize(call.match["upload"])) co_return base::ErrorCode::kNotFound;
  if (call.request.body_state == http::BodyState::kTooLarge)
    co_return base::ErrorCode::kBodyTooLarge;
  if (call.request.body_state == http::BodyState::kNoRoom) co_return base::ErrorCode::kOverloaded;
  auto media = co_await call.core.uploads.Redeem(call.match["upload"], call.request.body);
  if (!media) co_return base::RenameFault(media.error(), "size", "size_bytes");
  co_return http::Response::Json(200, base::EncodeText(ReplyOf(media->ref, call.core.media_links)));
}

HandlerResult GetDownloadUrl(Call& call) {
  const auto id = ParseMediaId(call.match["media_id"]);
  if (!id) co_return base::ErrorCode::kNotFound;
  co_return co_await Show(call, *id);
}

HandlerResult DecryptMedia(Call& call) {
  PARLEY_CO_TRY(body, http::ReadBody(call.request, http::kJsonBody));
  const auto id = MediaIn(body.value, call.core.media_links);
  if (!id)
    co_return base::FieldError("media_id",
                               "Required: the id or URL of media that arrived here, or an event "
                               "with it");
  co_return co_await Show(call, *id);
}

}  // namespace parley::api::wapio

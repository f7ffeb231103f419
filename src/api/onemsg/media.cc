// Uploading media, and asking about it.
#include "api/onemsg/media.h"

#include "api/onemsg/addresses.h"
#include "api/onemsg/handlers.h"
#include "api/onemsg/schema.h"
#include "core/media/data_uri.h"
#include "core/media/uploads.h"

namespace parley::api::onemsg {
namespace {

constexpr std::size_t kMaxLink = 4096;

// The part named body or file, else the first.
const http::FormPart* FileOf(const http::Body& request) {
  for (const char* name : {"body", "file"})
    for (const http::FormPart& part : request.files)
      if (part.name == name) return &part;
  return request.files.empty() ? nullptr : &request.files.front();
}

base::Result<core::MediaId> MediaIdIn(std::string_view text) {
  const auto id = ParseMediaId(text);
  if (!id) return base::Error(base::ErrorCode::kNotFound, "Unknown media id");
  return *id;
}

HandlerResult Delete(Call& call, std::string media_id) {
  PARLEY_CO_TRY(id, MediaIdIn(media_id));
  core::MediaOwner owner(call.channel->account, call.channel->row);
  PARLEY_CO_CHECK(co_await call.core.uploads.Delete(owner, id));
  const ResultReply reply;
  co_return http::Response::Json(200, base::EncodeText(reply));
}

}  // namespace

base::Result<void> ReadSource(const http::Body& request, const std::optional<std::string>& body,
                              core::MediaDraft& draft) {
  if (const http::FormPart* file = FileOf(request)) {
    draft.source = core::MediaFromBytes{std::string(file->data)};
    draft.declared_type = file->content_type;
    draft.file_name = file->file_name;
    return {};
  }
  if (!body) return base::FieldError("body", "Required");
  if (core::IsDataUri(*body)) {
    PARLEY_TRY(uri, core::ParseDataUri(*body, "body"));
    draft.source = core::MediaFromBytes{std::move(uri.bytes)};
    draft.declared_type = std::move(uri.type);
    return {};
  }
  const bool is_link = body->starts_with("http://") || body->starts_with("https://");
  if (!is_link || body->size() > kMaxLink)
    return base::FieldError("body", "Must be an http(s) link or a base64 data URI");
  draft.source = core::MediaFromUrl{*body};
  return {};
}

HandlerResult UploadMedia(Call& call) {
  PARLEY_CO_TRY(request, http::ReadBody(call.request, kBodyTypes));
  base::DecodeRules rules = kRules;
  rules.json_in_text = request.is_form;
  PARLEY_CO_TRY(body, base::Decode<UploadBody>(request.value, rules));
  core::MediaDraft draft;
  PARLEY_CO_CHECK(ReadSource(request, body.body, draft));
  const auto media = co_await call.core.uploads.Upload(call.channel, std::move(draft));
  if (!media) co_return base::RenameFault(media.error(), "url", "body");
  UploadReply reply;
  reply.media_id = Spell(media->ref.id);
  co_return http::Response::Json(200, base::EncodeText(reply));
}

HandlerResult RetrieveMedia(Call& call) {
  const std::string text = call.request.Query("mediaId").value_or("");
  if (text.empty()) co_return base::FieldError("mediaId", "Required");
  PARLEY_CO_TRY(id, MediaIdIn(text));
  core::MediaOwner owner(call.channel->account, call.channel->row);
  PARLEY_CO_TRY(media, co_await call.core.uploads.Get(owner, id));
  MediaReply reply;
  reply.url = call.core.media_links.UrlOf(media.ref);
  reply.mime_type = media.ref.mime_type;
  reply.sha256 = media.ref.sha256;
  reply.file_size = media.ref.size;
  reply.id = Spell(media.ref.id);
  co_return http::Response::Json(200, base::EncodeText(reply));
}

HandlerResult DeleteMedia(Call& call) { return Delete(call, call.match["media_id"]); }

// COMPAT: the vendor's older clients, which know no DELETE, name it in the body.
HandlerResult DeleteMediaInBody(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<DeleteMediaBody>(call.request, kBodyTypes, kRules));
  co_return co_await Delete(call, std::move(body.media_id));
}

}  // namespace parley::api::onemsg

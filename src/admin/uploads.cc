// Files that are uploaded as they are and sent later.
#include "core/media/uploads.h"

#include <fmt/format.h>

#include "admin/addresses.h"
#include "admin/handlers.h"
#include "admin/sending_schema.h"
#include "core/media/kinds.h"

namespace parley::admin {
namespace {

constexpr std::size_t kMaxUploadName = 240;  // bytes

base::Result<core::MediaDraft> DraftIn(const http::Request& request) {
  if (request.body_state == http::BodyState::kTooLarge) return base::ErrorCode::kBodyTooLarge;
  if (request.body_state == http::BodyState::kNoRoom) return base::ErrorCode::kOverloaded;
  base::Error faults(base::ErrorCode::kInvalidFields);
  core::MediaDraft draft;
  draft.declared_type = request.content_type();
  // What browsers and curl say of a file that they do not know, which says nothing.
  if (draft.declared_type == "application/octet-stream" ||
      draft.declared_type == "application/x-www-form-urlencoded")
    draft.declared_type.clear();
  draft.file_name = request.Query("file_name").value_or("");
  if (draft.file_name.size() > kMaxUploadName)
    faults.Absorb(base::FieldError("file_name", fmt::format("Up to {} bytes", kMaxUploadName)));
  if (const auto kind = request.Query("kind")) {
    const bool is_kind = ParseName(*kind, draft.kind.emplace()) && core::IsPlainMedia(*draft.kind);
    if (!is_kind)
      faults.Absorb(base::FieldError("kind", "Must be image, video, audio, document or sticker"));
  }
  if (!faults.faults.empty()) return faults;
  draft.source = core::MediaFromBytes{request.body};
  return draft;
}

}  // namespace

HandlerResult UploadFile(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(draft, DraftIn(call.request));
  PARLEY_CO_TRY(media, co_await call.core.uploads.UploadFor(account.row, std::move(draft)));
  UploadReply reply;
  reply.media_id = Spell(media.ref.id);
  reply.mime_type = media.ref.mime_type;
  reply.size = media.ref.size;
  co_return Reply(201, reply);
}

}  // namespace parley::admin

// Sending messages and asking about them.
#include "core/messages/messages.h"

#include "api/wapio/addresses.h"
#include "api/wapio/auth.h"
#include "api/wapio/handlers.h"
#include "api/wapio/schema.h"
#include "base/digest.h"
#include "core/channels/channels.h"
#include "core/messages/link_id.h"
#include "http/body.h"

namespace parley::api::wapio {
namespace {

using core::ContentKind;

// Which member carries the media of which kind.
struct MediaMember {
  ContentKind kind;
  std::string_view name;
  std::optional<std::string> SendMessageBody::*url;
};
constexpr MediaMember kMediaMembers[] = {
    {ContentKind::kImage, "imageUrl", &SendMessageBody::image_url},
    {ContentKind::kVideo, "videoUrl", &SendMessageBody::video_url},
    {ContentKind::kAudio, "audioUrl", &SendMessageBody::audio_url},
    {ContentKind::kDocument, "documentUrl", &SendMessageBody::document_url},
    {ContentKind::kSticker, "stickerUrl", &SendMessageBody::sticker_url},
};

ContentKind KindOf(const SendMessageBody& body) {
  ContentKind kind = ContentKind::kText;
  if (body.kind) {
    ParseName(*body.kind, kind);
    return kind;
  }
  for (const MediaMember& member : kMediaMembers)
    if (body.*member.url) kind = member.kind;
  return kind;
}

base::Result<core::MediaDraft> DraftOf(const SendMessageBody& body, ContentKind kind) {
  for (const MediaMember& member : kMediaMembers) {
    if (member.kind != kind) continue;
    const auto& url = body.*member.url ? body.*member.url : body.url;
    if (!url) return base::FieldError(std::string(member.name), "Required");
    core::MediaDraft draft;
    draft.source = core::MediaFromUrl{*url};
    draft.kind = kind;
    draft.declared_type = body.mime_type.value_or("");
    draft.file_name = body.file_name.value_or("");
    // COMPAT: npm wasenderapi 0.4.0 sends a caption as `text`.
    draft.caption = body.caption ? *body.caption : body.text.value_or("");
    draft.voice = body.voice.value_or(false);
    return draft;
  }
  return base::ErrorCode::kInternal;
}

// The core's names of fields in Wapio's words.
base::Error RenameFaults(base::Error error, const SendMessageBody& body) {
  for (const MediaMember& member : kMediaMembers)
    if (member.kind == KindOf(body) && body.*member.url)
      error = base::RenameFault(std::move(error), "url", member.name);
  return base::RenameFault(std::move(error), "quoted", "quoted_message_id");
}

base::Result<core::Address> RecipientOf(const SendMessageBody& body) {
  if (!body.channel_id) {
    if (!body.to) return base::FieldError("to", "Required");
    return ParseRecipient(*body.to, "to");
  }
  if (!body.channel_id->ends_with("@newsletter"))
    return base::FieldError("channel_id", "Must end with @newsletter");
  return ParseRecipient(*body.channel_id, "channel_id");
}

// Everything that is wrong with a message, in one error.
base::Result<core::SendCommand> CommandOf(const SendMessageBody& body) {
  base::Error faults(base::ErrorCode::kInvalidFields);
  core::SendCommand command;
  command.needs_pairing = true;
  auto to = RecipientOf(body);
  to ? void(command.to = std::move(*to)) : faults.Absorb(to.error());
  if (const ContentKind kind = KindOf(body); kind == ContentKind::kText) {
    if (!body.text) faults.Absorb(base::FieldError("text", "Required"));
    command.what = core::Content(core::TextContent{body.text.value_or("")});
  } else {
    auto draft = DraftOf(body, kind);
    draft ? void(command.what = std::move(*draft)) : faults.Absorb(draft.error());
  }
  // Sent without it, the picture would stay on the other phone for good.
  if (body.view_once.value_or(false))
    faults.Absorb(base::FieldError("viewOnce", "Not supported yet"));
  if (body.quoted) {
    command.quoted = ParseMessageId(*body.quoted);
    if (!command.quoted) faults.Absorb(base::FieldError("quoted_message_id", "Unknown message"));
  }
  if (!faults.faults.empty()) return faults;
  return command;
}

std::string Iso(base::Time time) { return base::FormatTime(time, base::TimeStyle::kIsoMillisZ); }

std::optional<std::string> IsoOfFirst(const core::Message& message, core::MessageStatus status) {
  const auto at = message.FirstAt(status);
  if (!at) return std::nullopt;
  return Iso(*at);
}

// Step events have no row of their own; their id derives from what they are.
MessageEvent EventOf(core::MessageId message, core::MessageStatus status, base::Time at) {
  std::string seed(message.value.AsBytes());
  seed += NameOf(status);
  seed += std::to_string(base::ToUnixMs(at));
  MessageEvent event;
  event.event_id = "bps_evt_" + base::MakeUuidV8(base::Sha256(seed)).ToHex();
  event.event_type = "message." + std::string(NameOf(status));
  event.update_kind = NameOf(status);
  event.emitted_at = Iso(at);
  return event;
}

MessageInfo InfoOf(const core::MessageInChat& found, core::ChannelId session) {
  const core::Message& message = found.message;
  MessageInfo info;
  info.message_id = Spell(message.id);
  info.session_id = Spell(session);
  info.provider_msg_id = message.link_id.empty() ? core::LinkIdOf(message.id) : message.link_id;
  info.to = Jid(found.chat.address());
  info.kind = NameOf(core::KindOf(message.content));
  info.status = NameOf(message.status);
  info.accepted_at = Iso(message.accepted_at);
  info.delivered_at = IsoOfFirst(message, core::MessageStatus::kDelivered);
  info.read_at = IsoOfFirst(message, core::MessageStatus::kRead);
  info.deleted_at = IsoOfFirst(message, core::MessageStatus::kDeleted);
  info.failed_at = IsoOfFirst(message, core::MessageStatus::kFailed);
  if (message.failure) info.failure_reason = message.failure->text;
  info.updated_at = message.history.empty() ? info.accepted_at : Iso(message.history.back().at);
  const core::MessageStatus first = message.direction == core::Direction::kOut
                                        ? core::MessageStatus::kQueued
                                        : core::MessageStatus::kReceived;
  info.events.push_back(EventOf(message.id, first, message.accepted_at));
  for (const core::HistoryEntry& entry : message.history)
    info.events.push_back(EventOf(message.id, entry.status, entry.at));
  return info;
}

}  // namespace

base::Task<base::Result<http::Response>> SendMessage(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<SendMessageBody>(call.request, http::kJsonBody, kRules));
  auto command = CommandOf(body);
  auto session = co_await SelectSession(call, body.session_id);
  if (!session) {
    base::Error error = session.error();
    if (!command && error.code == base::ErrorCode::kInvalidFields) error.Absorb(command.error());
    co_return error;
  }
  if (!command) co_return command.error();
  command->channel = (*session)->row;
  PARLEY_CO_TRY(once, IdempotencyOf(call, base::EncodeText(body)));
  command->once = once;
  auto queued = co_await call.core.messages.Send(*session, std::move(*command));
  if (!queued) co_return RenameFaults(queued.error(), body);
  SendReply reply;
  reply.msg_id = Spell(queued->id);
  reply.jid = Jid(queued->to);
  reply.status = NameOf(core::MessageStatus::kQueued);
  co_return http::Response::Json(202, base::EncodeText(reply));
}

base::Task<base::Result<http::Response>> GetMessageInfo(Call& call) {
  const auto id = ParseMessageId(call.match["message_id"]);
  if (!id) co_return base::ErrorCode::kNotFound;
  PARLEY_CO_TRY(found, co_await call.core.messages.Get(call.caller, *id));
  PARLEY_CO_TRY(session,
                co_await call.core.channels.Get(call.caller->account.row, found.message.channel));
  co_return http::Response::Json(200, base::EncodeText(InfoOf(found, session.id)));
}

}  // namespace parley::api::wapio

// Sending messages and asking about them.
#include "core/messages/messages.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/wapio/addresses.h"
#include "api/wapio/auth.h"
#include "api/wapio/handlers.h"
#include "api/wapio/schema.h"
#include "base/digest.h"
#include "base/encoding.h"
#include "core/channels/channels.h"
#include "core/messages/link_id.h"
#include "http/body.h"

namespace parley::api::wapio {
namespace {

using core::ContentKind;

constexpr std::size_t kMaxPollOption = 100;  // WhatsApp's own limit

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
    // The core's names, but for the card: it may hold several.
    if (!ParseName(*body.kind, kind)) kind = ContentKind::kContacts;
    return kind;
  }
  for (const MediaMember& member : kMediaMembers)
    if (body.*member.url) kind = member.kind;
  if (body.media_handle) kind = ContentKind::kDocument;  // or what the file turns out to be
  if (body.location) kind = ContentKind::kLocation;
  if (body.contact) kind = ContentKind::kContacts;
  if (body.poll) kind = ContentKind::kPoll;
  return kind;
}

// Of JIDs or numbers; LIDs have given way to numbers before (NameMentions).
using Mentions = std::optional<std::vector<std::string>>;
base::Result<Mentions> MentionsOf(const SendMessageBody& body) {
  std::vector<std::string> mentions;
  if (!body.mentions || body.mentions->empty()) return Mentions();
  for (std::size_t i = 0; i < body.mentions->size(); ++i) {
    const std::string field = fmt::format("mentions[{}]", i);
    PARLEY_TRY(person, ParseRecipient((*body.mentions)[i], field));
    if (!person.is_person()) return base::FieldError(field, "Must be a person's number or JID");
    mentions.push_back(std::move(person.value));
  }
  return Mentions(std::move(mentions));
}

core::ContactCard CardOf(const ContactBody& contact) {
  core::ContactCard card;
  card.formatted_name = contact.full_name;
  if (contact.organization) card.org.emplace().company = contact.organization;
  core::ContactCard::Phone phone;
  phone.phone = contact.phone_number;
  phone.type = "CELL";
  if (const auto digits = core::ParsePhone(contact.phone_number)) phone.wa_id = digits->value;
  card.phones.emplace().push_back(std::move(phone));
  return card;
}

base::Result<core::Content> PollOf(const PollBody& poll) {
  core::PollContent content;
  content.question = poll.question;
  content.options = poll.options;
  content.multiple = poll.multi_select.value_or(false);
  for (std::size_t i = 0; i < poll.options.size(); ++i) {
    const std::string& option = poll.options[i];
    const std::string field = fmt::format("poll.options[{}]", i);
    if (option.empty()) return base::FieldError(field, "Required");
    if (base::CountCodePoints(option) > kMaxPollOption)
      return base::FieldError(
          field, fmt::format("String must contain at most {} character(s)", kMaxPollOption));
    if (std::find(poll.options.begin(), poll.options.begin() + static_cast<std::ptrdiff_t>(i),
                  option) != poll.options.begin() + static_cast<std::ptrdiff_t>(i))
      return base::FieldError(field, "Options must be different");
  }
  return core::Content(std::move(content));
}

// What is sent when it is not media.
base::Result<core::Content> ContentOf(const SendMessageBody& body, ContentKind kind) {
  if (kind == ContentKind::kLocation) {
    if (!body.location) return base::FieldError("location", "Required");
    core::LocationContent place;
    place.latitude = body.location->latitude;
    place.longitude = body.location->longitude;
    place.name = body.location->name.value_or("");
    place.address = body.location->address.value_or("");
    place.url = body.location->url.value_or("");
    return core::Content(std::move(place));
  }
  if (kind == ContentKind::kContacts) {
    if (!body.contact) return base::FieldError("contact", "Required");
    core::ContactsContent contacts;
    contacts.cards.push_back(CardOf(*body.contact));
    return core::Content(std::move(contacts));
  }
  if (kind == ContentKind::kPoll) {
    if (!body.poll) return base::FieldError("poll", "Required");
    return PollOf(*body.poll);
  }
  if (!body.text) return base::FieldError("text", "Required");
  core::TextContent text;
  text.body = *body.text;
  PARLEY_TRY(mentions, MentionsOf(body));
  text.mentions = std::move(mentions);
  return core::Content(std::move(text));
}

bool IsMedia(ContentKind kind) {
  return std::any_of(std::begin(kMediaMembers), std::end(kMediaMembers),
                     [kind](const MediaMember& member) { return member.kind == kind; });
}

bool CanBeViewedOnce(ContentKind kind) {
  return kind == ContentKind::kImage || kind == ContentKind::kVideo || kind == ContentKind::kAudio;
}

base::Result<core::MediaDraft> DraftOf(const SendMessageBody& body, ContentKind kind) {
  for (const MediaMember& member : kMediaMembers) {
    if (member.kind != kind) continue;
    const auto& url = body.*member.url ? body.*member.url : body.url;
    core::MediaDraft draft;
    draft.kind = kind;
    if (body.media_handle && !url) {
      const auto id = ParseMediaId(*body.media_handle);
      if (!id) return base::FieldError("media_handle", "Unknown media");
      draft.source = core::MediaFromStore{*id};
      if (!body.kind) draft.kind.reset();
    } else {
      if (!url) return base::FieldError(std::string(member.name), "Required");
      draft.source = core::MediaFromUrl{*url};
    }
    draft.declared_type = body.mime_type.value_or("");
    draft.file_name = body.file_name.value_or("");
    // COMPAT: npm wasenderapi 0.4.0 sends a caption as `text`.
    draft.caption = body.caption ? *body.caption : body.text.value_or("");
    draft.voice = body.voice.value_or(false);
    draft.view_once = body.view_once.value_or(false);
    PARLEY_TRY(mentions, MentionsOf(body));
    draft.mentions = std::move(mentions);
    return draft;
  }
  return base::ErrorCode::kInternal;
}

// The core's names of fields in Wapio's words.
base::Error RenameFaults(base::Error error, const SendMessageBody& body) {
  // Of what a message names by id, media alone is looked up before it is accepted.
  if (error.code == base::ErrorCode::kNotFound && body.media_handle)
    return base::FieldError("media_handle", "Unknown media");
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
  if (const ContentKind kind = KindOf(body); IsMedia(kind)) {
    auto draft = DraftOf(body, kind);
    draft ? void(command.what = std::move(*draft)) : faults.Absorb(draft.error());
  } else {
    auto content = ContentOf(body, kind);
    content ? void(command.what = std::move(*content)) : faults.Absorb(content.error());
  }
  // Sent without it, the file would stay on the other phone for good.
  if (body.view_once.value_or(false) && !CanBeViewedOnce(KindOf(body)))
    faults.Absorb(base::FieldError("viewOnce", "Only for image, video and audio"));
  if (body.quoted) {
    command.quoted = ParseMessageId(*body.quoted);
    if (!command.quoted) faults.Absorb(base::FieldError("quoted_message_id", "Unknown message"));
  }
  if (!faults.faults.empty()) return faults;
  return command;
}

// People are mentioned by number: their LIDs are looked up, and the network is asked if need be.
base::Task<base::Result<void>> NameMentions(Call& call, core::ChannelPtr session,
                                            SendMessageBody& body) {
  base::Error faults(base::ErrorCode::kInvalidFields);
  for (std::size_t i = 0; i < body.mentions->size(); ++i) {
    std::string& mention = (*body.mentions)[i];
    auto who = ParseRecipient(mention, "");
    if (!who || who->kind != core::AddressKind::kLid) continue;
    auto peer = co_await BothAddresses(call, session, std::move(*who));
    const bool unknown =
        peer ? peer->phone.empty() : peer.error().code == base::ErrorCode::kNotFound;
    if (unknown)
      faults.Absorb(base::FieldError(fmt::format("mentions[{}]", i), "Unknown LID"));
    else if (!peer)
      co_return peer.error();
    else
      mention = peer->phone;
  }
  if (!faults.faults.empty()) co_return faults;
  co_return base::Result<void>();
}

// Wapio's words for the states: what went out without an answer is on its way still.
constexpr std::string_view InfoWord(core::MessageStatus status) {
  return status == core::MessageStatus::kUnconfirmed ? "in_progress" : NameOf(status);
}
static_assert(InfoWord(core::MessageStatus::kUnconfirmed) == "in_progress" &&
              InfoWord(core::MessageStatus::kQueued) == "queued");

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
  event.event_type = "message." + std::string(InfoWord(status));
  event.update_kind = InfoWord(status);
  event.emitted_at = Iso(at);
  return event;
}

MessageInfo InfoOf(const core::MessageInChat& found, const core::Channel& session) {
  const core::Message& message = found.message;
  MessageInfo info;
  info.message_id = Spell(message.id);
  info.session_id = Spell(session.id);
  info.provider_msg_id = message.link_id.empty() ? core::LinkIdOf(message.id) : message.link_id;
  info.to = message.direction == core::Direction::kOut
                ? Jid(found.chat.address())
                : Jid(core::Address{core::AddressKind::kPhone, session.phone});
  const ContentKind kind = core::KindOf(message.content);
  info.kind = kind == ContentKind::kContacts ? "contact" : NameOf(kind);  // as it is sent
  info.status = InfoWord(message.status);
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

SendReply ReplyOf(const core::Queued& queued) {
  SendReply reply;
  reply.msg_id = Spell(queued.id);
  reply.jid = Jid(queued.to);
  reply.status = NameOf(core::MessageStatus::kQueued);
  return reply;
}

// kNotFound also for what is no message of its own.
base::Task<base::Result<core::MessageInChat>> MessageInPath(Call& call) {
  const auto id = ParseMessageId(call.match["message_id"]);
  if (!id) co_return base::ErrorCode::kNotFound;
  PARLEY_CO_TRY(found, co_await call.core.messages.Get(call.caller, *id));
  if (core::IsModifier(core::KindOf(found.message.content))) co_return base::ErrorCode::kNotFound;
  co_return found;
}

// Sends a change of the message in the path. The answer names that message.
HandlerResult Modify(Call& call, core::Content modifier) {
  PARLEY_CO_TRY(found, co_await MessageInPath(call));
  PARLEY_CO_TRY(session,
                co_await call.core.channels.Get(call.caller->account.row, found.message.channel));
  core::SetTarget(modifier, found.message.id);
  core::SendCommand command;
  command.channel = found.message.channel;
  command.what = std::move(modifier);
  command.needs_pairing = true;
  auto queued = co_await call.core.messages.Send(std::make_shared<const core::Channel>(session),
                                                 std::move(command));
  if (!queued) co_return queued.error();
  SendReply reply = ReplyOf(*queued);
  reply.msg_id = Spell(found.message.id);
  co_return http::Response::Json(200, base::EncodeText(reply));
}

}  // namespace

base::Task<base::Result<http::Response>> SendMessage(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<SendMessageBody>(call.request, http::kJsonBody, kRules));
  auto command = CommandOf(body);
  auto session = co_await SelectSession(call, body.session_id);
  if (!session) {
    base::Error error = session.error();
    const bool tells_faults = error.code == base::ErrorCode::kInvalidFields && error.text.empty();
    if (!command && tells_faults) error.Absorb(command.error());
    co_return error;
  }
  if (!command) co_return command.error();
  PARLEY_CO_TRY(once, IdempotencyOf(call, body));
  if (body.mentions) {
    PARLEY_CO_CHECK(co_await NameMentions(call, *session, body));
    command = CommandOf(body);
    if (!command) co_return command.error();
  }
  command->channel = (*session)->row;
  command->once = once;
  auto queued = co_await call.core.messages.Send(*session, std::move(*command));
  if (!queued) co_return RenameFaults(queued.error(), body);
  co_return http::Response::Json(202, base::EncodeText(ReplyOf(*queued)));
}

HandlerResult EditMessage(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<EditBody>(call.request, http::kJsonBody, kRules));
  core::EditContent edit;
  edit.body = std::move(body.text);
  co_return co_await Modify(call, std::move(edit));
}

HandlerResult DeleteMessage(Call& call) {
  core::DeleteContent revoke;
  co_return co_await Modify(call, std::move(revoke));
}

// The same content once more, as a new message in the same chat.
HandlerResult ResendMessage(Call& call) {
  PARLEY_CO_TRY(found, co_await MessageInPath(call));
  if (found.message.direction != core::Direction::kOut)
    co_return base::Error(base::ErrorCode::kInvalidState, "Only own messages can be sent again");
  if (found.message.status == core::MessageStatus::kDeleted)
    co_return base::Error(base::ErrorCode::kInvalidState, "The message was deleted");
  PARLEY_CO_TRY(session,
                co_await call.core.channels.Get(call.caller->account.row, found.message.channel));
  core::SendCommand command;
  command.channel = found.message.channel;
  command.to = found.chat.address();
  command.quoted = found.message.quoted;
  command.needs_pairing = true;
  if (const core::MediaRef* media = core::MediaOf(found.message.content)) {
    core::MediaDraft draft;
    draft.source = core::MediaFromStore{media->id};
    command.what = std::move(draft);
    command.into = std::move(found.message.content);
  } else {
    command.what = std::move(found.message.content);
  }
  auto queued = co_await call.core.messages.Send(std::make_shared<const core::Channel>(session),
                                                 std::move(command));
  if (!queued) co_return queued.error();
  co_return http::Response::Json(200, base::EncodeText(ReplyOf(*queued)));
}

base::Task<base::Result<http::Response>> GetMessageInfo(Call& call) {
  const auto id = ParseMessageId(call.match["message_id"]);
  if (!id) co_return base::ErrorCode::kNotFound;
  PARLEY_CO_TRY(found, co_await call.core.messages.Get(call.caller, *id));
  PARLEY_CO_TRY(session,
                co_await call.core.channels.Get(call.caller->account.row, found.message.channel));
  co_return http::Response::Json(200, base::EncodeText(InfoOf(found, session)));
}

}  // namespace parley::api::wapio

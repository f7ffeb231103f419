#include "api/onemsg/payload.h"

#include "api/onemsg/addresses.h"

namespace parley::api::onemsg {

std::string_view TypeOf(const core::Content& content) {
  if (const auto* audio = std::get_if<core::AudioContent>(&content))
    return audio->voice ? "voice" : "audio";
  const core::ContentKind kind = core::KindOf(content);
  return kind == core::ContentKind::kText ? "chat" : NameOf(kind);
}

std::string BodyOf(const core::Content& content, const core::MediaLinks& links) {
  const core::MediaRef* media = core::MediaOf(content);
  return media == nullptr ? core::TextOf(content) : links.UrlOf(*media);
}

std::optional<std::string> CaptionOf(const core::Content& content) {
  if (core::MediaOf(content) == nullptr) return std::nullopt;
  const std::string& caption = core::TextOf(content);
  if (!caption.empty()) return caption;
  const auto* document = std::get_if<core::DocumentContent>(&content);
  if (document == nullptr || document->file_name.empty()) return std::nullopt;
  return document->file_name;
}

ListedMessage ListedOf(const core::MessageInChat& found, const core::Channel& channel,
                       const core::MediaLinks& media) {
  const core::Message& message = found.message;
  const core::Peer& peer = message.sender ? message.sender_peer : found.chat.peer;
  ListedMessage listed;
  listed.number = message.row.value;
  listed.id = Spell(message.id);
  listed.body = BodyOf(message.content, media);
  listed.from_me = message.direction == core::Direction::kOut;
  listed.self = message.origin == core::Origin::kApi ? 1 : 0;
  listed.author = listed.from_me ? channel.phone + "@c.us" : ChatId(peer);
  listed.time = base::ToUnixSeconds(message.at);
  listed.chat_id = ChatId(found.chat.address());
  listed.type = TypeOf(message.content);
  listed.sender_name = listed.from_me ? channel.phone + "@c.us" : peer.display_name();
  listed.caption = CaptionOf(message.content);
  if (message.quoted) listed.quoted = Spell(*message.quoted);
  const std::string& name =
      found.chat.group ? found.chat.group->subject : found.chat.peer.display_name();
  listed.chat_name = name.empty() ? found.chat.address().value : name;
  return listed;
}

}  // namespace parley::api::onemsg

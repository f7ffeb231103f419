#include "api/twochat/payload.h"

#include "api/twochat/addresses.h"

namespace parley::api::twochat {

MessagePayload PayloadOf(const core::Content& content, const core::MediaLinks& links) {
  MessagePayload payload;
  const std::string& text = core::TextOf(content);
  const core::MediaRef* media = core::MediaOf(content);
  if (!text.empty() || media == nullptr) payload.text = text;
  if (media != nullptr) {
    Media out;
    out.url = links.UrlOf(*media);
    out.type = NameOf(core::KindOf(content));
    out.mime_type = media->mime_type;
    payload.media = std::move(out);
  }
  return payload;
}

std::string_view SentBy(core::Origin origin) {
  switch (origin) {
    case core::Origin::kPerson:
      return "user";
    case core::Origin::kApi:
      return "api";
    case core::Origin::kPhone:
      return "agent";
  }
  return "";
}

std::string_view ConnectionStatus(core::ChannelState state) {
  if (state == core::ChannelState::kConnected) return "C";
  return state == core::ChannelState::kLoggedOut ? "F" : "D";
}

Participant ParticipantOf(const core::Peer& peer) {
  Participant participant;
  if (!peer.phone.empty()) participant.phone_number = PhoneOf(peer);
  if (!peer.push_name.empty()) participant.pushname = peer.push_name;
  return participant;
}

ListedMessage ListedOf(const core::MessageInChat& found, const core::Channel& channel,
                       const core::MediaLinks& media) {
  const core::Message& message = found.message;
  ListedMessage listed;
  listed.uuid = Spell(message.id);
  listed.timestamp = static_cast<double>(base::ToUnixMs(message.at)) / 1000;
  listed.session_key = SessionKey(channel.id, found.chat.address());
  listed.message = PayloadOf(message.content, media);
  if (std::string phone = PhoneOf(found.chat.peer); !phone.empty())
    listed.remote_phone_number = std::move(phone);
  if (message.sender) listed.participant = ParticipantOf(message.sender_peer);
  listed.channel_phone_number = "+" + channel.phone;
  listed.sent_by = SentBy(message.origin);
  return listed;
}

}  // namespace parley::api::twochat

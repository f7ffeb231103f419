#include "api/twochat/event_parts.h"

#include "api/twochat/addresses.h"
#include "api/twochat/payload.h"

namespace parley::api::twochat {
namespace {

namespace json = base::json;
using base::JsonView;

json::object PinOf(const Pin& pin) {
  json::object out;
  out["latitude"] = pin.latitude;
  out["longitude"] = pin.longitude;
  if (pin.name) out["name"] = JsonView(*pin.name);
  if (pin.address) out["address"] = JsonView(*pin.address);
  if (pin.url) out["url"] = JsonView(*pin.url);
  return out;
}

}  // namespace

std::string NoZone(base::Time time) { return base::FormatTime(time, base::TimeStyle::kIsoNoZone); }

json::value TextOrNull(std::string_view text) {
  if (text.empty()) return nullptr;
  return json::string(JsonView(text));
}

json::object MessageOf(const core::MessageSnapshot& message, const core::MediaLinks& links) {
  const MessagePayload payload = PayloadOf(message.content, message.at, links);
  json::object out;
  if (payload.text) out["text"] = JsonView(*payload.text);
  if (payload.media) {
    json::object media;
    media["url"] = JsonView(payload.media->url);
    media["type"] = JsonView(payload.media->type);
    media["mime_type"] = JsonView(payload.media->mime_type);
    out["media"] = std::move(media);
  }
  if (payload.pin) out["pin"] = PinOf(*payload.pin);
  if (payload.order)
    if (auto order = base::ParseJson(base::EncodeText(*payload.order)))
      out["order"] = std::move(*order);
  return out;
}

json::object TranscriptionJson(const core::Transcription& transcription) {
  const MessageTranscription shown = TranscriptionOf(transcription);
  json::object out;
  out["status"] = JsonView(shown.status);
  if (shown.text) out["text"] = JsonView(*shown.text);
  out["language"] = TextOrNull(shown.language.value_or(""));
  return out;
}

json::object ContactOf(const core::ChannelSnapshot& channel, const core::Peer& peer) {
  const std::size_t blank = peer.name.find(' ');
  json::object contact;
  contact["first_name"] = JsonView(std::string_view(peer.name).substr(0, blank));
  contact["last_name"] = blank == std::string::npos
                             ? json::value(nullptr)
                             : json::value(JsonView(std::string_view(peer.name).substr(blank + 1)));
  contact["channel_uuid"] = Spell(channel.id);
  contact["profile_pic_url"] = nullptr;
  return contact;
}

json::object ChannelOf(const core::ChannelSnapshot& channel, const core::NumberFacts& numbers) {
  json::object out;
  out["uuid"] = Spell(channel.id);
  out["friendly_name"] = JsonView(channel.label);
  out["iso_country_code"] = numbers.CountryOf(channel.phone);
  out["phone_number"] = TextOrNull(channel.phone.empty() ? "" : "+" + channel.phone);
  out["connection_status"] = JsonView(ConnectionStatus(channel.state));
  out["created_at"] = base::FormatTime(channel.created_at, base::TimeStyle::kBlank);
  out["updated_at"] = base::FormatTime(channel.updated_at, base::TimeStyle::kBlank);
  return out;
}

json::object ParticipantJson(const core::Peer& peer) {
  const Participant participant = ParticipantOf(peer);
  json::object out;
  out["phone_number"] = TextOrNull(participant.phone_number.value_or(""));
  out["pushname"] = TextOrNull(participant.pushname.value_or(""));
  out["device"] = nullptr;
  return out;
}

json::object MemberJson(const core::Peer& peer, const core::NumberFacts& numbers) {
  json::object out;
  out["wa_participant_id"] = peer.phone.empty() ? peer.lid + "@lid" : peer.phone + "@c.us";
  out["phone_number"] = TextOrNull(peer.phone.empty() ? "" : NormalNumber(peer.phone, numbers));
  out["wa_pushname"] = TextOrNull(peer.push_name);
  return out;
}

}  // namespace parley::api::twochat

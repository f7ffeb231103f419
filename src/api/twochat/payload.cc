#include "api/twochat/payload.h"

#include <fmt/format.h>

#include <cmath>

#include "api/twochat/addresses.h"

namespace parley::api::twochat {

namespace {

// The file's kind, also of one that stands above a text.
std::string_view TypeOf(const core::Content& content) {
  return std::visit(
      [&content](const auto& kind) {
        if constexpr (requires { kind.media_kind; })
          return NameOf(kind.media_kind.value_or(core::KindOf(content)));
        else
          return NameOf(core::KindOf(content));
      },
      content);
}

// To a thousandth: sums of fractions leave dust behind.
double RoundedSum(double sum) { return std::round(sum * 1000) / 1000; }

MessageOrder OrderOf(const core::OrderContent& given, base::Time at) {
  MessageOrder order;
  for (const core::OrderContent::Item& item : given.items) {
    order.products.push_back(
        {item.product, item.product, item.price, item.currency, item.quantity});
    order.subtotal += item.price * static_cast<double>(item.quantity);
  }
  order.subtotal = order.total = RoundedSum(order.subtotal);
  if (!given.items.empty()) order.currency = given.items.front().currency;
  order.created_at = base::ToUnixSeconds(at);
  return order;
}

std::vector<std::string> NamesOf(const MessageOrder& order) {
  std::vector<std::string> names;
  for (const OrderedProduct& product : order.products) names.push_back(product.name);
  return names;
}

}  // namespace

MessagePayload PayloadOf(const core::Content& content, base::Time at,
                         const core::MediaLinks& links) {
  MessagePayload payload;
  if (const auto* order = std::get_if<core::OrderContent>(&content)) {
    payload.order = OrderOf(*order, at);
    payload.text = fmt::format("{}", fmt::join(NamesOf(*payload.order), ", "));
    return payload;
  }
  if (const auto* place = std::get_if<core::LocationContent>(&content)) {
    Pin& pin = payload.pin.emplace();
    pin.latitude = place->latitude;
    pin.longitude = place->longitude;
    if (!place->name.empty()) pin.name = place->name;
    if (!place->address.empty()) pin.address = place->address;
    if (!place->url.empty()) pin.url = place->url;
    return payload;
  }
  const std::string& text = core::TextOf(content);
  const core::MediaRef* media = core::MediaOf(content);
  if (!text.empty() || media == nullptr) payload.text = text;
  if (media != nullptr) {
    Media out;
    out.url = links.UrlOf(*media);
    out.type = TypeOf(content);
    out.mime_type = media->mime_type;
    payload.media = std::move(out);
  }
  return payload;
}

MessagePayload PayloadOf(const core::Message& message, const core::MediaLinks& links) {
  MessagePayload payload = PayloadOf(message.content, message.at, links);
  if (message.transcription) payload.transcription = TranscriptionOf(*message.transcription);
  return payload;
}

MessageTranscription TranscriptionOf(const core::Transcription& transcription) {
  MessageTranscription out;
  out.status = NameOf(transcription.status);
  if (transcription.status == core::TranscriptionStatus::kDone) out.text = transcription.text;
  if (!transcription.language.empty()) out.language = transcription.language;
  if (transcription.fault) out.reason = NameOf(*transcription.fault);
  return out;
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

std::string NormalNumber(const std::string& phone, const core::NumberFacts& facts) {
  std::string number = "+";
  for (const char c : facts.FormatInternational(phone))
    if (c >= '0' && c <= '9') number += c;
  return number;
}

std::string_view NumberWord(core::ChannelState state) {
  switch (state) {
    case core::ChannelState::kConnected:
      return "ready";
    case core::ChannelState::kPending:
    case core::ChannelState::kPairing:
      return "initializing";
    case core::ChannelState::kConnecting:
      return "loading";
    case core::ChannelState::kDisconnected:
    case core::ChannelState::kLoggedOut:
    case core::ChannelState::kDeleting:
    case core::ChannelState::kDeleted:
      return "disconnected";
  }
  return "";
}

ListedMessage ListedOf(const core::MessageInChat& found, const core::Channel& channel,
                       const core::MediaLinks& media) {
  const core::Message& message = found.message;
  ListedMessage listed;
  listed.uuid = Spell(message.id);
  listed.timestamp = static_cast<double>(base::ToUnixMs(message.at)) / 1000;
  listed.session_key = SessionKey(channel.id, found.chat.address());
  listed.message = PayloadOf(message, media);
  if (std::string phone = PhoneOf(found.chat.peer); !phone.empty())
    listed.remote_phone_number = std::move(phone);
  if (message.sender) listed.participant = ParticipantOf(message.sender_peer);
  listed.channel_phone_number = "+" + channel.phone;
  listed.sent_by = SentBy(message.origin);
  return listed;
}

}  // namespace parley::api::twochat

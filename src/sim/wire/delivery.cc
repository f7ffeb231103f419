#include "sim/wire/delivery.h"

#include <algorithm>

#include "base/log.h"
#include "proto/message.pb.h"
#include "sim/wire/contents.h"
#include "sim/wire/nodes.h"
#include "sim/wire/profiles.h"
#include "sim/wire/session.h"

namespace parley::sim::wire {
namespace {

constexpr std::size_t kMaxPadding = 16;

std::optional<binary::Node> Incoming(Parts& parts, const Session& session, const Companion& own,
                                     const net::IncomingMessage& incoming) {
  const net::Message& message = incoming.message;
  if (net::ChatOf(message.to).kind != net::ChatKind::kPerson) return std::nullopt;
  const ParcelKey key{own.id, message.from, message.id};
  if (parts.parcels.Find(key) == nullptr) {
    auto sealed = SealByPhone(parts, own, message);
    if (!sealed) return std::nullopt;
    parts.parcels.Put(key, std::move(*sealed));
  }
  const Route route{message.from, message.to, message.id, base::ToUnixSeconds(message.at)};
  const bool by_lid = session.by_lid.contains(incoming.from_me ? message.to : message.from);
  return MessageStanza(parts, own, by_lid, route, *parts.parcels.Find(key));
}

std::optional<binary::Node> ReceiptStanza(Parts& parts, const Session& session,
                                          const net::Receipt& receipt) {
  if (!receipt.group.empty()) return std::nullopt;
  const bool by_lid = session.by_lid.contains(receipt.number);
  const std::string from = by_lid ? parts.addresses.ByLid(receipt.number).Text()
                                  : parts.addresses.ByNumber(receipt.number).Text();
  Attributes attributes = {{"from", from},
                           {"id", receipt.message_id},
                           {"t", std::to_string(base::ToUnixSeconds(receipt.at))}};
  switch (receipt.status) {
    case net::ReceiptStatus::kDelivered:
      break;
    case net::ReceiptStatus::kRead:
      attributes.push_back({"type", "read"});
      break;
    case net::ReceiptStatus::kPlayed:
      attributes.push_back({"type", "played"});
      break;
    case net::ReceiptStatus::kFailed:
      // The network took the message, and gives it back: a second answer to it.
      attributes.push_back({"class", "message"});
      attributes.push_back({"error", receipt.code.empty() ? "500" : receipt.code});
      return MakeNode("ack", std::move(attributes));
  }
  return MakeNode("receipt", std::move(attributes));
}

// What the called side's devices hear of a call; how its media travels is nobody's matter here.
struct CallTag {
  net::CallStatus status;
  std::string_view tag;
};
constexpr CallTag kCallTags[] = {
    {net::CallStatus::kRinging, "offer"},   {net::CallStatus::kAccepted, "accept"},
    {net::CallStatus::kRejected, "reject"}, {net::CallStatus::kMissed, "terminate"},
    {net::CallStatus::kEnded, "terminate"},
};

std::optional<binary::Node> CallStanza(Parts& parts, const Session& session, const Companion& own,
                                       const net::Call& call, const net::Item& item) {
  if (call.to != own.number) return std::nullopt;
  const auto* row = std::find_if(std::begin(kCallTags), std::end(kCallTags),
                                 [&](const CallTag& one) { return one.status == call.status; });
  if (row == std::end(kCallTags)) return std::nullopt;
  const bool by_lid = session.by_lid.contains(call.from);
  const std::string number = parts.addresses.ByNumber(call.from).Text();
  const std::string lid = parts.addresses.ByLid(call.from).Text();
  Attributes attributes = {{"call-id", call.id}, {"call-creator", by_lid ? lid : number}};
  attributes.push_back({by_lid ? "caller_pn" : "caller_lid", by_lid ? number : lid});
  std::vector<binary::Node> media;
  if (row->tag == "offer") {
    media.push_back(MakeNode("audio", {{"enc", "opus"}, {"rate", "16000"}}));
    if (call.video) media.push_back(MakeNode("video", {{"enc", "vp8"}}));
  }
  return MakeNode("call",
                  {{"from", by_lid ? lid : number},
                   {"id", "CALL" + std::to_string(item.seq)},
                   {"t", std::to_string(base::ToUnixSeconds(call.changed_at))},
                   {"notify", parts.addresses.PushName(call.from)},
                   {"platform", "android"},
                   {"version", "2.24.1.1"}},
                  {MakeNode(std::string(row->tag), std::move(attributes), std::move(media))});
}

}  // namespace

std::string Pad(std::string plain, base::Random& random) {
  const std::size_t count = 1 + random.Below(kMaxPadding);
  plain.append(count, static_cast<char>(count));
  return plain;
}

std::optional<std::string_view> Unpad(std::string_view padded) {
  if (padded.empty()) return std::nullopt;
  const auto count = static_cast<std::uint8_t>(padded.back());
  if (count == 0 || count > kMaxPadding || count > padded.size()) return std::nullopt;
  return padded.substr(0, padded.size() - count);
}

std::optional<binary::Node> StanzaOf(Parts& parts, const Session& session, const Companion& own,
                                     const net::Item& item) {
  if (const auto* incoming = std::get_if<net::IncomingMessage>(&item.content))
    return Incoming(parts, session, own, *incoming);
  if (const auto* receipt = std::get_if<net::Receipt>(&item.content))
    return ReceiptStanza(parts, session, *receipt);
  const auto* notice = std::get_if<net::Notice>(&item.content);
  if (notice == nullptr) return std::nullopt;
  if (const auto* changed = std::get_if<net::ProfileChanged>(&notice->content))
    return ProfileStanza(parts, session, *changed, item, notice->at);
  if (const auto* changed = std::get_if<net::CallChanged>(&notice->content))
    return CallStanza(parts, session, own, changed->call, item);
  return std::nullopt;
}

binary::Node MessageStanza(Parts& parts, const Companion& own, bool by_lid, const Route& route,
                           const Parcel& parcel) {
  const Addresses& addresses = parts.addresses;
  const auto jid = [&](std::string_view number, std::uint16_t device, bool lid) {
    return lid ? addresses.ByLid(number, device).Text() : addresses.ByNumber(number, device).Text();
  };
  Attributes attributes = {
      {"from", jid(route.from, parcel.device, by_lid)},
      {"id", route.id},
      {"t", std::to_string(route.at)},
      {by_lid ? "sender_pn" : "sender_lid", jid(route.from, parcel.device, !by_lid)},
      {"notify", addresses.PushName(route.from)}};
  if (own.number == route.from) {
    attributes.push_back({"recipient", jid(route.to, 0, by_lid)});
    attributes.push_back({by_lid ? "recipient_pn" : "recipient_lid", jid(route.to, 0, !by_lid)});
  }
  for (const binary::Attribute& attribute : parcel.attributes) attributes.push_back(attribute);
  return MakeNode("message", std::move(attributes), parcel.children);
}

std::optional<Parcel> SealByPhone(Parts& parts, const Companion& own, const net::Message& message,
                                  int count) {
  proto::Message body;
  const auto written = WriteContent(parts, message, body);
  if (!written) return std::nullopt;
  if (own.number == message.from) {
    proto::Message copy;
    copy.mutable_device_sent_message()->set_destination_jid(
        parts.addresses.ByNumber(message.to).Text());
    *copy.mutable_device_sent_message()->mutable_message() = std::move(body);
    body = std::move(copy);
  }
  const auto sealed = parts.phones.Seal(message.from, own, parts.addresses.SessionWith(own),
                                        Pad(body.SerializeAsString(), parts.random),
                                        parts.scheduler.Now(), count > 0);
  if (!sealed) {
    base::LogWarning("A phone could not seal a message", {{"why", sealed.error().what}});
    return std::nullopt;
  }
  Parcel parcel;
  parcel.attributes = {{"type", std::string(written->type)}};
  if (!written->edit.empty()) parcel.attributes.push_back({"edit", std::string(written->edit)});
  Attributes enc = {{"v", "2"},
                    {"type", sealed->type == signal::MessageType::kMessage ? "msg" : "pkmsg"}};
  if (count > 0) enc.push_back({"count", std::to_string(count)});
  parcel.children.push_back(MakeData("enc", sealed->bytes, std::move(enc)));
  return parcel;
}

}  // namespace parley::sim::wire

#include "link/multidevice/envelope.h"

#include "base/encoding.h"
#include "link/multidevice/content_in.h"
#include "wire/binary/protobuf.h"

namespace parley::link::multidevice {
namespace {

constexpr std::size_t kMaxPushName = 512;

base::Error BrokenEnvelope(const char* detail) {
  return base::Error(base::ErrorCode::kMalformedBody, "", detail);
}

// The other address of whoever the attributes name; the first that is there.
Who OtherAddress(const Node& message, std::initializer_list<std::string_view> attributes) {
  for (const std::string_view name : attributes)
    if (const auto jid = message.FindJid(name)) return WhoIs(AccountOf(*jid));
  return Who();
}

// A certificate {details = 1 {verified_name = 4}}. Its signature is the network's affair.
std::string VerifiedName(std::string_view certificate) {
  const auto find = [](std::string_view bytes, std::uint32_t number) {
    wire::binary::FieldReader reader(bytes);
    std::string_view found;
    while (true) {
      const auto field = reader.Next();
      if (!field || !*field) return found;
      if ((*field)->number == number && (*field)->type == wire::binary::WireType::kBytes)
        found = (*field)->bytes;
    }
  };
  return CleanText(find(find(certificate, 1), 4), kMaxPushName);
}

void ReadParts(const Node& message, Envelope& envelope) {
  for (const Node& child : message.children()) {
    if (child.tag == "unavailable") envelope.unavailable = true;
    if (child.tag == "verified_name") envelope.verified_name = VerifiedName(child.data());
    if (child.tag != "enc" || envelope.parts.size() == kMaxSealedParts) continue;
    const auto type = child.Find("type");
    SealedPart part;
    if (type == "msg")
      part.type = wire::signal::MessageType::kMessage;
    else if (type == "pkmsg")
      part.type = wire::signal::MessageType::kPreKeyMessage;
    else
      continue;
    part.bytes = child.data();
    part.attempt = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(NumberIn(child, "count").value_or(0), 100));
    envelope.parts.push_back(std::move(part));
  }
}

}  // namespace

base::Result<Envelope> ReadEnvelope(const Node& message, const Pairing& own, base::Time now) {
  Envelope envelope;
  const auto id = message.Find("id");
  if (!id || id->empty() || id->size() > kMaxIdLength || !base::IsUtf8(*id))
    return BrokenEnvelope("a message without an id");
  envelope.id = *id;
  const auto from = message.FindJid("from");
  if (!from) return BrokenEnvelope("a message from nobody");
  envelope.from = *from;
  envelope.at = TimeIn(message, "t", now);
  if (!IsPerson(*from)) {
    envelope.place = Envelope::Place::kElsewhere;
    return envelope;
  }
  envelope.sender =
      Both(WhoIs(AccountOf(*from)),
           OtherAddress(message, {"sender_lid", "sender_pn", "participant_lid", "participant_pn"}));
  envelope.from_me = IsOwn(own, *from);
  if (envelope.from_me)
    envelope.sender = Both(Both(envelope.sender, WhoIs(own.number)), WhoIs(own.lid));
  envelope.chat = envelope.sender;
  if (const auto recipient = message.FindJid("recipient")) {
    // A copy of what was written on another device of one's own. Nobody else may say so.
    if (!envelope.from_me) return BrokenEnvelope("a copy of somebody else's message");
    if (!IsPerson(*recipient)) {
      envelope.place = Envelope::Place::kElsewhere;
      return envelope;
    }
    envelope.chat = Both(WhoIs(AccountOf(*recipient)),
                         OtherAddress(message, {"peer_recipient_lid", "peer_recipient_pn",
                                                "recipient_lid", "recipient_pn"}));
  }
  envelope.peer = message.Find("category") == "peer";
  if (const auto name = message.Find("notify"); name && *name != "-")
    envelope.push_name = CleanText(*name, kMaxPushName);
  ReadParts(message, envelope);
  return envelope;
}

}  // namespace parley::link::multidevice

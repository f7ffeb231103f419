#include "sim/wire/routing.h"

#include <charconv>

#include "base/log.h"
#include "proto/message.pb.h"
#include "sim/wire/contents.h"
#include "sim/wire/delivery.h"
#include "sim/wire/key_service.h"
#include "sim/wire/nodes.h"
#include "sim/wire/polls.h"
#include "sim/wire/session.h"

namespace parley::sim::wire {
namespace {

using binary::Node;

constexpr int kBadStanza = 479, kNotSupported = 405, kRefused = 400, kOverloaded = 503;
// What a client says of a message that its recipients are to know as well.
constexpr std::string_view kPassedOn[] = {"type", "edit"};

// A message of a companion on its way.
struct Sending {
  Client& client;
  const Companion& own;
  const Node& stanza;
  std::string id, to, recipient;  // the stanza's; the recipient's number

  Parts& parts() const { return client.parts(); }
  Session& session() const { return *client.session; }
};

void Acknowledge(Client& client, const std::string& id, const std::string& to, int error = 0) {
  Attributes attributes = {{"class", "message"},
                           {"id", id},
                           {"from", to},
                           {"t", std::to_string(client.parts().now_seconds())}};
  if (error != 0) attributes.push_back({"error", std::to_string(error)});
  client.Send(MakeNode("ack", std::move(attributes)));
}

Parcel ParcelOf(const Sending& sending, const Node& enc) {
  Parcel parcel;
  parcel.device = sending.own.device;
  for (const std::string_view name : kPassedOn)
    if (sending.stanza.Find(name))
      parcel.attributes.push_back({std::string(name), Get(sending.stanza, name)});
  parcel.children.push_back(enc);
  // Whose device it is that starts a session, signed by its phone.
  const Node* identity = sending.stanza.FindChild("device-identity");
  if (Get(enc, "type") == "pkmsg" && identity != nullptr) parcel.children.push_back(*identity);
  return parcel;
}

// What the phone of `number` reads in it.
parley::wire::Result<proto::Message> OpenAtPhone(const Sending& sending, const std::string& number,
                                                 const Node& enc) {
  Parts& parts = sending.parts();
  const std::string type = Get(enc, "type");
  if (type != "msg" && type != "pkmsg")
    return parley::wire::Fault{parley::wire::FaultCode::kMalformed, "an unknown type of enc"};
  PARLEY_TRY(padded,
             parts.phones.Open(number, sending.own, parts.addresses.SessionWith(sending.own),
                               type == "msg" ? signal::MessageType::kMessage
                                             : signal::MessageType::kPreKeyMessage,
                               enc.data()));
  const auto plain = Unpad(padded);
  proto::Message message;
  if (!plain || !message.ParseFromArray(plain->data(), static_cast<int>(plain->size())))
    return parley::wire::Fault{parley::wire::FaultCode::kMalformed, "not a message inside"};
  return message;
}

// ----------------------------------------------------------------------------------------- retries

bool KeysAreTheMatter(parley::wire::FaultCode code) {
  return code == parley::wire::FaultCode::kNoSession ||
         code == parley::wire::FaultCode::kUnknownPreKey ||
         code == parley::wire::FaultCode::kChangedIdentity;
}

// The phone of `number` asks the companion for its message once more.
void AskAgain(const Sending& sending, const std::string& number, int count, bool with_keys) {
  Parts& parts = sending.parts();
  const auto to = binary::ParseJid(sending.to);
  const bool by_lid = to && to->server == binary::JidServer::kLid;
  const auto jid = [&](const std::string& whose) {
    return by_lid ? parts.addresses.ByLid(whose).Text() : parts.addresses.ByNumber(whose).Text();
  };
  const std::string now = std::to_string(parts.now_seconds());
  Attributes attributes = {
      {"from", jid(number)}, {"type", "retry"}, {"id", sending.id}, {"t", now}};
  if (number == sending.own.number) attributes.push_back({"recipient", jid(sending.recipient)});
  std::vector<Node> children = {MakeNode(
      "retry", {{"count", std::to_string(count)}, {"id", sending.id}, {"t", now}, {"v", "1"}})};
  std::vector<Node> keys = BundleNodes(parts.phones.MakeBundle(number));
  children.push_back(keys.front());  // the registration
  keys.erase(keys.begin());
  if (with_keys || count > 1) children.push_back(MakeNode("keys", {}, std::move(keys)));
  ++parts.counters.retries_asked;
  sending.client.Send(MakeNode("receipt", std::move(attributes), std::move(children)));
}

// What is known of a message that is asked for again; the oldest ids go when there are too many.
Unread& UnreadOf(const Sending& sending) {
  auto& unread = sending.parts().unread;
  const auto key = std::pair(sending.own.id, sending.id);
  if (unread.size() >= kMaxUnread && !unread.contains(key)) unread.erase(unread.begin());
  Unread& found = unread[key];
  found.to = sending.to;
  return found;
}

void OnUnreadable(const Sending& sending, const parley::wire::Fault& fault) {
  Parts& parts = sending.parts();
  ++parts.counters.unreadable;
  base::LogInfo("A phone cannot read a message and asks for it again", {{"why", fault.what}});
  Unread& unread = UnreadOf(sending);
  unread.recipient = sending.recipient;
  Acknowledge(sending.client, sending.id, sending.to);
  if (unread.asked >= kMaxRetries) return;
  ++unread.asked;
  AskAgain(sending, sending.recipient, unread.asked, KeysAreTheMatter(fault.code));
}

// -------------------------------------------------------------------------------------- fanning
// out

int CodeOf(const net::Refused& refused) {
  int code = 0;
  const char* end = refused.code.data() + refused.code.size();
  const auto [stop, error] = std::from_chars(refused.code.data(), end, code);
  if (error == std::errc() && stop == end && code > 0) return code;
  return refused.retryable ? kOverloaded : kRefused;
}

// Past the network, which has no kind for what is in it.
void PassOn(const Sending& sending) {
  Parts& parts = sending.parts();
  const Route route{sending.own.number, sending.recipient, sending.id, parts.now_seconds()};
  std::vector<const Companion*> companions = parts.companions.Of(sending.recipient);
  if (sending.recipient != sending.own.number)
    for (const Companion* companion : parts.companions.Of(sending.own.number))
      companions.push_back(companion);
  for (const Companion* companion : companions) {
    const Parcel* parcel =
        parts.parcels.Find(ParcelKey{companion->id, sending.own.number, sending.id});
    if (parcel == nullptr || companion->id == sending.own.id) continue;
    parts.GiveDirectly(companion->id, MessageStanza(parts, *companion, false, route, *parcel));
  }
}

// The phone has read it: the network carries it.
void Carry(const Sending& sending, const proto::Message& message) {
  Parts& parts = sending.parts();
  const auto unread = parts.unread.find(std::pair(sending.own.id, sending.id));
  if (unread != parts.unread.end()) unread->second.recipient.clear();
  RememberPoll(parts, sending.own.number, sending.id, message);
  auto understood = ReadContent(parts, sending.own.number, sending.recipient, message);
  if (!understood) {
    ++parts.counters.not_understood;
    PassOn(sending);
    return Acknowledge(sending.client, sending.id, sending.to);
  }
  net::DeviceMessage carried;
  carried.id = sending.id;
  carried.to = sending.recipient;
  carried.content = std::move(understood->content);
  carried.quoted = std::move(understood->quoted);
  auto answer = [weak = sending.client.weak_from_this(), id = sending.id,
                 to = sending.to](net::SendResult result) {
    const auto client = weak.lock();
    if (!client) return;
    const auto* refused = std::get_if<net::Refused>(&result);
    if (refused != nullptr)
      base::LogInfo("The network refused a message", {{"code", refused->code}});
    Acknowledge(*client, id, to, refused == nullptr ? 0 : CodeOf(*refused));
  };
  if (!sending.session().Send(std::move(carried), std::move(answer)))
    Acknowledge(sending.client, sending.id, sending.to, kOverloaded);
}

void FanOut(const Sending& sending) {
  Parts& parts = sending.parts();
  const Node* participants = sending.stanza.FindChild("participants");
  const Node *for_phone = nullptr, *for_own_phone = nullptr;
  if (participants != nullptr) {
    for (const Node& copy : participants->children()) {
      const auto jid = copy.FindJid("jid");
      const auto number = jid ? parts.addresses.NumberOf(*jid) : std::nullopt;
      const Node* enc = copy.FindChild("enc");
      if (!number || enc == nullptr) continue;
      if (jid->device == 0 && *number == sending.recipient) {
        for_phone = enc;
      } else if (jid->device == 0 && *number == sending.own.number) {
        for_own_phone = enc;
      } else if (*number == sending.recipient || *number == sending.own.number) {
        const Companion* companion = parts.companions.Find(*number, jid->device);
        if (companion != nullptr && companion->id != sending.own.id)
          parts.parcels.Put(ParcelKey{companion->id, sending.own.number, sending.id},
                            ParcelOf(sending, *enc));
      }
    }
  }
  const auto known = parts.unread.find(std::pair(sending.own.id, sending.id));
  // A client that one phone asks sends to all devices once more.
  const bool is_repeated = known != parts.unread.end() && known->second.recipient.empty();
  if (for_phone == nullptr) return Acknowledge(sending.client, sending.id, sending.to, kBadStanza);
  if (for_own_phone != nullptr) {
    const auto copy = OpenAtPhone(sending, sending.own.number, *for_own_phone);
    if (!copy && !is_repeated) {
      UnreadOf(sending).recipient = sending.recipient;
      AskAgain(sending, sending.own.number, 1, KeysAreTheMatter(copy.error().code));
    }
  }
  const auto message = OpenAtPhone(sending, sending.recipient, *for_phone);
  if (is_repeated) return Acknowledge(sending.client, sending.id, sending.to);
  if (!message) return OnUnreadable(sending, message.error());
  Carry(sending, *message);
}

// Once more for one device that could not read it.
void Resend(const Sending& sending, const binary::Jid& to, const Node& enc) {
  Parts& parts = sending.parts();
  const auto owner = parts.addresses.NumberOf(to);
  if (!owner) return Acknowledge(sending.client, sending.id, sending.to, kBadStanza);
  if (to.device == 0) {
    const auto message = OpenAtPhone(sending, *owner, enc);
    const auto unread = parts.unread.find(std::pair(sending.own.id, sending.id));
    const bool waits = unread != parts.unread.end() && !unread->second.recipient.empty();
    if (*owner != sending.recipient || (message && !waits))
      return Acknowledge(sending.client, sending.id, sending.to);
    if (!message) return OnUnreadable(sending, message.error());
    return Carry(sending, *message);
  }
  Acknowledge(sending.client, sending.id, sending.to);
  const Companion* companion = parts.companions.Find(*owner, to.device);
  if (companion == nullptr) return;
  const ParcelKey key{companion->id, sending.own.number, sending.id};
  parts.parcels.Put(key, ParcelOf(sending, enc));
  const Route route{sending.own.number, sending.recipient, sending.id, parts.now_seconds()};
  const bool by_lid = to.server == binary::JidServer::kLid;
  parts.GiveDirectly(companion->id,
                     MessageStanza(parts, *companion, by_lid, route, *parts.parcels.Find(key)));
}

// Between a companion and its own phone: requests for keys and the like, which are not answered
// yet.
void OnPeerMessage(const Sending& sending) {
  const Node* enc = sending.stanza.FindChild("enc");
  if (enc != nullptr) {
    const auto message = OpenAtPhone(sending, sending.own.number, *enc);
    if (!message) AskAgain(sending, sending.own.number, 1, KeysAreTheMatter(message.error().code));
  }
  Acknowledge(sending.client, sending.id, sending.to);
}

}  // namespace

void OnMessage(Client& client, const Node& stanza) {
  Parts& parts = client.parts();
  ++parts.counters.messages;
  const Companion* own = client.session->companion();
  const std::string id = Get(stanza, "id"), to = Get(stanza, "to");
  const auto jid = binary::ParseJid(to);
  if (own == nullptr || id.empty() || !jid) {
    ++parts.counters.malformed;
    return Acknowledge(client, id, to, kBadStanza);
  }
  // A copy for one's own device names the chat beside.
  const std::string chat = Get(stanza, "recipient").empty() ? to : Get(stanza, "recipient");
  const auto recipient = parts.addresses.NumberOf(chat);
  if (!recipient) {
    const bool is_person =
        jid->server == binary::JidServer::kUser || jid->server == binary::JidServer::kLid;
    return Acknowledge(client, id, to, is_person ? 404 : kNotSupported);
  }
  const Sending sending{client, *own, stanza, id, to, *recipient};
  if (Get(stanza, "category") == "peer") return OnPeerMessage(sending);
  if (*recipient != own->number) {
    if (jid->server == binary::JidServer::kLid)
      client.session->by_lid.insert(*recipient);
    else
      client.session->by_lid.erase(*recipient);
  }
  if (const Node* enc = stanza.FindChild("enc")) return Resend(sending, *jid, *enc);
  FanOut(sending);
}

}  // namespace parley::sim::wire

#include "sim/wire/introduction.h"

#include <algorithm>

#include "base/digest.h"
#include "base/log.h"
#include "proto/history.pb.h"
#include "sim/wire/contents.h"
#include "sim/wire/delivery.h"
#include "sim/wire/nodes.h"
#include "wire/binary/inflate.h"

namespace parley::sim::wire {
namespace {

constexpr std::size_t kMaxContacts = 1000;  // whose names and LIDs are told
constexpr std::size_t kKeyId = 6, kKey = 32;

// Sends what the phone says to its own device; answers the id.
std::string SendAsPeer(Parts& parts, Session& session, const Companion& own,
                       const proto::Message& message) {
  const auto sealed =
      parts.phones.Seal(own.number, own, parts.addresses.SessionWith(own),
                        Pad(message.SerializeAsString(), parts.random), parts.scheduler.Now());
  if (!sealed) {
    base::LogWarning("A phone could not write to its device", {{"why", sealed.error().what}});
    return "";
  }
  const std::string id = parts.MakeId();
  const std::string type = sealed->type == signal::MessageType::kMessage ? "msg" : "pkmsg";
  session.client().Send(MakeNode("message",
                                 {{"from", parts.addresses.ByNumber(own.number).Text()},
                                  {"sender_lid", parts.addresses.ByLid(own.number).Text()},
                                  {"id", id},
                                  {"type", "text"},
                                  {"category", "peer"},
                                  {"t", std::to_string(parts.now_seconds())}},
                                 {MakeData("enc", sealed->bytes, {{"v", "2"}, {"type", type}})}));
  return id;
}

// No collection has anything in it, but a client may only write into one with a key.
proto::Message KeyShare(Parts& parts, const Companion& own) {
  proto::Message message;
  proto::ProtocolMessage& protocol = *message.mutable_protocol_message();
  protocol.set_type(proto::ProtocolMessage::APP_STATE_SYNC_KEY_SHARE);
  proto::AppStateSyncKey& key = *protocol.mutable_app_state_sync_key_share()->add_keys();
  std::string bytes(kKeyId + kKey, '\0');
  parts.random.Fill({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
  key.mutable_key_id()->set_key_id(bytes.substr(0, kKeyId));
  key.mutable_key_data()->set_key_data(bytes.substr(kKeyId));
  key.mutable_key_data()->mutable_fingerprint()->set_raw_id(own.registration_id);
  key.mutable_key_data()->mutable_fingerprint()->set_current_index(own.key_index);
  key.mutable_key_data()->mutable_fingerprint()->add_device_indexes(0);
  key.mutable_key_data()->set_timestamp(base::ToUnixMs(parts.scheduler.Now()));
  return message;
}

void AddMessage(Parts& parts, const net::IncomingMessage& incoming, proto::Conversation& chat) {
  proto::WebMessageInfo& info = *chat.add_messages()->mutable_message();
  if (!WriteContent(parts, incoming.message, *info.mutable_message())) {
    chat.mutable_messages()->RemoveLast();
    return;
  }
  info.mutable_key()->set_remote_jid(chat.id());
  info.mutable_key()->set_from_me(incoming.from_me);
  info.mutable_key()->set_id(incoming.message.id);
  info.set_message_timestamp(static_cast<std::uint64_t>(base::ToUnixSeconds(incoming.message.at)));
  if (!incoming.from_me) info.set_push_name(parts.addresses.PushName(incoming.message.from));
}

proto::HistorySync HistoryOf(Parts& parts, const Companion& own,
                             const std::vector<net::IncomingMessage>& history) {
  proto::HistorySync sync;
  sync.set_sync_type(proto::HISTORY_INITIAL_BOOTSTRAP);
  sync.set_chunk_order(1);
  sync.set_progress(100);
  std::map<std::string, std::vector<const net::IncomingMessage*>> chats;
  for (const net::IncomingMessage& incoming : history)
    if (net::ChatOf(incoming.message.to).kind == net::ChatKind::kPerson)
      chats[incoming.from_me ? incoming.message.to : incoming.message.from].push_back(&incoming);
  std::vector<std::string> people = {own.number};
  for (const auto& [number, messages] : chats) {
    proto::Conversation& chat = *sync.add_conversations();
    chat.set_id(parts.addresses.ByNumber(number).Text());
    chat.set_pn_jid(chat.id());
    chat.set_lid_jid(parts.addresses.ByLid(number).Text());
    chat.set_name(parts.network.ContactName(own.number, number));
    chat.set_conversation_timestamp(
        static_cast<std::uint64_t>(base::ToUnixSeconds(messages.back()->message.at)));
    // Newest first, as phones have it.
    for (auto message = messages.rbegin(); message != messages.rend(); ++message)
      AddMessage(parts, **message, chat);
    people.push_back(number);
  }
  const auto contacts = parts.network.ListContacts(own.number, "", kMaxContacts);
  if (contacts)
    for (const net::Contact& contact : *contacts)
      if (parts.network.IsOnNetwork(contact.number) && !chats.contains(contact.number))
        people.push_back(contact.number);
  for (const std::string& number : people) {
    proto::PhoneNumberToLidMapping& mapping = *sync.add_phone_number_to_lid_mappings();
    mapping.set_pn_jid(parts.addresses.ByNumber(number).Text());
    mapping.set_lid_jid(parts.addresses.ByLid(number).Text());
    proto::Pushname& name = *sync.add_pushnames();
    name.set_id(mapping.pn_jid());
    name.set_pushname(parts.addresses.PushName(number));
  }
  return sync;
}

}  // namespace

void Introduce(Parts& parts, Session& session, const Companion& own,
               const std::vector<net::IncomingMessage>& history) {
  SendAsPeer(parts, session, own, KeyShare(parts, own));
  const std::string plain = HistoryOf(parts, own, history).SerializeAsString();
  proto::Message message;
  proto::ProtocolMessage& protocol = *message.mutable_protocol_message();
  protocol.set_type(proto::ProtocolMessage::HISTORY_SYNC_NOTIFICATION);
  proto::HistorySyncNotification& notification = *protocol.mutable_history_sync_notification();
  notification.set_sync_type(proto::HISTORY_INITIAL_BOOTSTRAP);
  notification.set_chunk_order(1);
  notification.set_progress(100);
  notification.set_file_sha256(std::string(base::AsText(base::Sha256(plain))));
  notification.set_file_length(plain.size());
  notification.set_initial_hist_bootstrap_inline_payload(binary::Deflate(plain));
  session.introduction = SendAsPeer(parts, session, own, message);
}

}  // namespace parley::sim::wire

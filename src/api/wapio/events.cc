#include "api/wapio/events.h"

#include <type_traits>

#include "api/wapio/addresses.h"
#include "api/wapio/dialect.h"
#include "api/wapio/group_schema.h"
#include "api/wapio/handlers.h"
#include "api/wapio/payload.h"
#include "core/media/media_source.h"

namespace parley::api::wapio {
namespace {

namespace json = base::json;
using base::JsonView;

json::value MetadataJson(const core::GroupInfo& info) {
  auto json = base::ParseJson(base::EncodeText(MetadataOf(info)));
  return json ? std::move(*json) : json::value();
}

// Turns one event into payloads.
class Builder {
 public:
  Builder(const core::MediaLinks& media, const core::Event& event,
          const core::Subscription& subscription)
      : media_(media), event_(event), subscription_(subscription) {}

  std::vector<core::Payload> Build() {
    std::visit(*this, event_.body);
    return std::move(payloads_);
  }

  // Told when it is sent; but a chat may begin with it.
  void operator()(const core::MessageAccepted& accepted) {
    session_ = accepted.channel.id;
    if (!accepted.previous_at && accepted.chat.kind == core::ChatKind::kPerson)
      AddChat(accepted.chat, accepted.message);
  }

  void operator()(const core::MessageReceived& received) {
    session_ = received.channel.id;
    // The vendor's way to find a newsletter's id is to post in it from the owner's phone and look
    // at the event of the incoming message: such posts count as incoming, too.
    if (received.message.direction == core::Direction::kIn ||
        received.chat.kind == core::ChatKind::kNewsletter) {
      for (const std::string_view name :
           {std::string_view("messages.received"), ReceivedIn(received.chat.kind)}) {
        if (!Wants(name)) continue;
        json::object data;
        data["messages"] = ReceivedOf(received);
        Add(name, std::move(data));
      }
    }
    if (Wants("messages.upsert")) AddUpsert(ReceivedOf(received));
    // Groups have events of their own.
    if (!received.previous_at && received.chat.kind == core::ChatKind::kPerson)
      AddChat(received.chat, received.message);
  }

  // In the network's own place for it, where nobody can write an answer to.
  void operator()(const core::StatusPosted& posted) {
    session_ = posted.channel.id;
    core::ChatSnapshot chat;
    chat.peer = posted.from;
    json::object message = MessageOf(posted.channel, chat, posted.message);
    message["key"].get_object()["remoteJid"] = "status@broadcast";
    message["broadcast"] = true;
    json::object data;
    data["messages"] = message;
    Add("messages.received", std::move(data));
    AddUpsert(std::move(message));
  }

  void operator()(const core::MessageStatusChanged& changed) {
    session_ = changed.channel.id;
    const core::MessageSnapshot& message = changed.message;
    if (message.direction != core::Direction::kOut) return;
    if (core::IsSending(changed.previous, message.status)) {
      AddSent(changed);
      if (Wants("messages.upsert")) AddUpsert(MessageOf(changed.channel, changed.chat, message));
    }
    AddUpdate(changed);
    const bool is_receipt = message.status == core::MessageStatus::kDelivered ||
                            message.status == core::MessageStatus::kRead ||
                            message.status == core::MessageStatus::kPlayed;
    if (is_receipt && changed.chat.kind == core::ChatKind::kPerson)
      AddReceipt(changed.channel, changed.chat, message, Jid(changed.chat.address()),
                 message.status, changed.changed_at);
  }

  // Of a group: each participant's own, while the status of the message is that of all of them.
  void operator()(const core::ParticipantReceipt& told) {
    session_ = told.channel.id;
    core::MessageSnapshot message;
    message.id = told.message;
    AddReceipt(told.channel, told.chat, message, Jid(told.participant), told.status,
               told.changed_at);
  }

  void operator()(const core::MessageReacted& reacted) {
    session_ = reacted.channel.id;
    const auto& reaction = std::get<core::ReactionContent>(reacted.modifier.content);
    json::object item, shown;
    // Parley may not have the message that was meant.
    if (reacted.message) item["key"] = KeyOf(reacted.channel, reacted.chat, *reacted.message);
    shown["text"] = JsonView(reaction.emoji);
    shown["key"] = KeyOf(reacted.channel, reacted.chat, reacted.modifier);
    shown["senderTimestampMs"] = base::ToUnixMs(reacted.modifier.at);
    item["reaction"] = std::move(shown);
    AddItem("messages.reaction", std::move(item));
  }

  void operator()(const core::MessageEdited& edited) {
    session_ = edited.channel.id;
    json::object text, body, update, item;
    text["conversation"] = JsonView(core::TextOf(edited.message.content));
    body["message"] = std::move(text);
    update["editedMessage"] = std::move(body);
    item["key"] = KeyOf(edited.channel, edited.chat, edited.message);
    json::object change;
    change["message"] = std::move(update);
    change["messageTimestamp"] = base::ToUnixSeconds(edited.modifier.at);
    item["update"] = std::move(change);
    AddItem("messages.update", std::move(item));
  }

  void operator()(const core::MessageDeleted& deleted) {
    session_ = deleted.channel.id;
    json::array keys;
    keys.push_back(KeyOf(deleted.channel, deleted.chat, deleted.message));
    json::object data;
    data["keys"] = std::move(keys);
    Add("messages.delete", std::move(data));
  }

  void operator()(const core::PollVoted& voted) {
    session_ = voted.channel.id;
    json::array results;
    for (const core::PollVoted::Result& result : voted.results) {
      json::array voters;
      for (const core::Peer& voter : result.voters)
        voters.push_back(json::string(voter == core::Peer() ? OwnJid(voted.channel) : Jid(voter)));
      json::object shown;
      shown["name"] = JsonView(result.option);
      shown["voters"] = std::move(voters);
      results.push_back(std::move(shown));
    }
    json::object data;
    data["key"] = KeyOf(voted.channel, voted.chat, voted.message);
    data["pollResult"] = std::move(results);
    Add("poll.results", std::move(data));
  }

  void operator()(const core::ChannelStateChanged& changed) {
    session_ = changed.channel.id;
    json::object data;
    data["status"] = JsonView(StatusOf(changed.channel.state));
    data["session_id"] = Spell(changed.channel.id);
    if (!changed.channel.state_reason.empty())
      data["reason"] = JsonView(changed.channel.state_reason);
    // Pairing starts and goes on under one word; saying it twice would tell nothing.
    if (StatusOf(changed.previous) != StatusOf(changed.channel.state)) Add("session.status", data);
  }

  void operator()(const core::PairingOffered& offered) {
    session_ = offered.channel.id;
    json::object data;
    if (!offered.qr.empty()) data["qr"] = JsonView(offered.qr);
    if (!offered.code.empty()) data["code"] = JsonView(offered.code);
    data["session_id"] = Spell(offered.channel.id);
    Add("qrcode.updated", data);
  }

  void operator()(const core::GroupChanged& changed) {
    session_ = changed.channel.id;
    const bool is_new = changed.changed.size() == 1 && changed.changed.front() == "created";
    AddGroup(is_new ? "groups.upsert" : "groups.update", changed.group);
  }

  void operator()(const core::GroupParticipantsChanged& changed) {
    session_ = changed.channel.id;
    json::array participants;
    bool is_own = false;
    for (const core::Peer& participant : changed.participants) {
      participants.push_back(json::string(Jid(participant)));
      is_own = is_own || participant.phone == changed.channel.phone;
    }
    // The session came into a group that was there already.
    if (is_own && changed.group && ActionWord(changed.action) == "add")
      AddGroup("groups.upsert", *changed.group);
    json::object data;
    data["id"] = Jid(changed.chat.address());
    data["participants"] = std::move(participants);
    data["action"] = JsonView(ActionWord(changed.action));
    if (changed.by != core::Peer()) data["author"] = Jid(changed.by);
    Add("group-participants.update", std::move(data));
  }

  void operator()(const core::CallHappened& happened) {
    session_ = happened.channel.id;
    const core::Call& call = happened.call;
    if (call.from_me) return;
    json::object inner;
    inner["id"] = JsonView(call.id);
    inner["from"] = Jid(happened.with);
    inner["date"] = base::ToUnixSeconds(call.at);
    inner["isGroup"] = !call.group.empty();
    inner["isVideo"] = call.video;
    inner["status"] = JsonView(CallWord(call.status));
    json::object data;
    data["call"] = std::move(inner);
    Add("call", data);
  }

  void operator()(const core::ContactChanged& changed) {
    if (!changed.channel) return;  // in the account alone: no session's news
    session_ = changed.channel->id;
    const core::Peer& peer = changed.peer;
    json::object contact;
    contact["id"] = Jid(peer);
    if (!peer.lid.empty()) contact["lid"] = Jid(core::Address{core::AddressKind::kLid, peer.lid});
    if (!peer.phone.empty())
      contact["phoneNumber"] = Jid(core::Address{core::AddressKind::kPhone, peer.phone});
    contact["name"] = JsonView(peer.name);
    contact["notify"] = JsonView(peer.push_name);
    contact["verifiedName"] = JsonView(peer.verified_name);
    contact["imgUrl"] = nullptr;  // not known without asking, as in the list of contacts
    contact["status"] = nullptr;
    json::array data;
    data.push_back(std::move(contact));
    Add(changed.is_new ? "contacts.upsert" : "contacts.update", data);
  }

  void operator()(const core::ChatChanged& changed) {
    session_ = changed.channel.id;
    json::array data;
    if (changed.action == core::ChatAction::kDelete) {
      data.push_back(json::string(JsonView(Jid(changed.chat.address()))));
      return Add("chats.delete", data);
    }
    json::object chat;
    chat["id"] = Jid(changed.chat.address());
    if (changed.action == core::ChatAction::kRead) chat["unreadCount"] = changed.unread;
    if (changed.action == core::ChatAction::kMute)
      chat["muteEndTime"] = changed.muted_until ? base::ToUnixMs(*changed.muted_until) : -1;
    if (changed.action == core::ChatAction::kUnmute) chat["muteEndTime"] = nullptr;
    if (changed.action == core::ChatAction::kArchive ||
        changed.action == core::ChatAction::kUnarchive)
      chat["archived"] = changed.action == core::ChatAction::kArchive;
    data.push_back(std::move(chat));
    Add("chats.update", data);
  }

  void operator()(const core::MessageTranscribed&) {}  // no document has an event for it
  void operator()(const core::TemplateChanged&) {}     // no document has an event for it
  void operator()(const core::ProviderHook&) {}        // 1MSG's alone
  void operator()(const core::PersonsMerged&) {}
  void operator()(const core::SubscriptionDisabled&) {}

 private:
  json::object MessageOf(const core::ChannelSnapshot& channel, const core::ChatSnapshot& chat,
                         const core::MessageSnapshot& message) const {
    json::object body;
    body["key"] = KeyOf(channel, chat, message);
    body["messageBody"] = JsonView(core::TextOf(message.content));
    body["message"] = ShapeOf(message.content, message.quoted, media_);
    if (message.direction == core::Direction::kIn)
      body["pushName"] = JsonView(AuthorOf(chat, message).push_name);
    body["messageTimestamp"] = base::ToUnixSeconds(message.at);
    if (message.quoted) body["quotedMessageId"] = Spell(*message.quoted);
    return body;
  }

  // Baileys' word for what somebody sent to many at once.
  json::object ReceivedOf(const core::MessageReceived& received) const {
    json::object message = MessageOf(received.channel, received.chat, received.message);
    if (received.broadcast) message["broadcast"] = true;
    return message;
  }

  void AddGroup(std::string_view name, const core::GroupInfo& group) {
    json::array data;
    data.push_back(MetadataJson(group));
    Add(name, std::move(data));
  }

  static std::string OwnJid(const core::ChannelSnapshot& channel) {
    return Jid(core::Address{core::AddressKind::kPhone, channel.phone});
  }

  void AddItem(std::string_view name, json::object item) {
    json::array data;
    data.push_back(std::move(item));
    Add(name, std::move(data));
  }

  void AddSent(const core::MessageStatusChanged& changed) {
    if (!Wants("message.sent")) return;
    json::object sent = MessageOf(changed.channel, changed.chat, changed.message);
    sent["status"] = "sent";
    Add("message.sent", std::move(sent));
  }

  void AddUpsert(json::object message) {
    json::array messages;
    messages.push_back(std::move(message));
    json::object data;
    data["messages"] = std::move(messages);
    Add("messages.upsert", std::move(data));
  }

  // A chat that begins.
  void AddChat(const core::ChatSnapshot& snapshot, const core::MessageSnapshot& message) {
    json::object chat;
    chat["id"] = Jid(snapshot.peer);
    chat["name"] = JsonView(snapshot.peer.display_name());
    chat["conversationTimestamp"] = base::ToUnixSeconds(message.at);
    chat["unreadCount"] = message.direction == core::Direction::kIn ? 1 : 0;
    json::array data;
    data.push_back(std::move(chat));
    Add("chats.upsert", data);
  }

  void AddUpdate(const core::MessageStatusChanged& changed) {
    if (!Wants("messages.update")) return;
    json::object update;
    // That a change failed is news of the message that it meant, which goes on as it was.
    const auto meant = core::TargetOf(changed.message.content);
    if (!meant) update["status"] = JsonView(UpdateWord(changed.message.status));
    if (changed.message.failure) {
      update["error"] = JsonView(changed.message.failure->text);
      if (!changed.message.failure->code.empty())
        update["errorCode"] = JsonView(changed.message.failure->code);
    }
    json::object item;
    item["key"] = KeyOf(changed.channel, changed.chat, changed.message);
    if (meant) item["key"].get_object()["id"] = Spell(*meant);
    item["update"] = std::move(update);
    AddItem("messages.update", std::move(item));
  }

  void AddReceipt(const core::ChannelSnapshot& channel, const core::ChatSnapshot& chat,
                  const core::MessageSnapshot& message, const std::string& user,
                  core::MessageStatus status, base::Time at) {
    if (!Wants("message-receipt.update")) return;
    json::object receipt;
    receipt["userJid"] = JsonView(user);
    receipt["status"] = JsonView(NameOf(status));
    receipt["t"] = base::ToUnixSeconds(at);
    json::object item;
    item["key"] = KeyOf(channel, chat, message);
    item["receipt"] = std::move(receipt);
    AddItem("message-receipt.update", std::move(item));
  }

  // Each message makes several events, and few subscribe to all: what nobody wants is not built.
  bool Wants(std::string_view name) const { return !NameAsSubscribed(name, subscription_).empty(); }

  void Add(std::string_view name, const json::value& data) {
    const std::string_view type = NameAsSubscribed(name, subscription_);
    if (type.empty()) return;
    json::object body;
    body["event"] = JsonView(name);  // by the name of today, whatever it was subscribed by
    body["event_type"] = JsonView(type);
    body["account_id"] = Spell(subscription_.account_id);
    body["session_id"] = Spell(session_);
    body["emitted_at"] = base::ToUnixMs(event_.at);
    body["timestamp"] = base::ToUnixSeconds(event_.at);
    core::Payload payload;
    payload.name = type;
    payload.body = base::ToText(body);
    payload.body.pop_back();
    const std::string text = base::ToText(data);  // under both of its names
    payload.body.append(",\"data\":").append(text).append(",\"payload\":").append(text) += '}';
    payloads_.push_back(std::move(payload));
  }

  const core::MediaLinks& media_;
  const core::Event& event_;
  const core::Subscription& subscription_;
  core::ChannelId session_;
  std::vector<core::Payload> payloads_;
};

class Encoder final : public core::EventEncoder {
 public:
  explicit Encoder(const core::MediaLinks& media) : media_(media) {}
  std::vector<core::Payload> Encode(const core::Event& event,
                                    const core::Subscription& subscription) const override {
    return Builder(media_, event, subscription).Build();
  }
  core::SubscriptionRules Rules() const override {
    core::SubscriptionRules rules;
    rules.names = core::NamesOf(EventNames());
    return rules;
  }

 private:
  const core::MediaLinks& media_;
};

}  // namespace

std::unique_ptr<core::EventEncoder> MakeEncoder(const core::MediaLinks& media) {
  return std::make_unique<Encoder>(media);
}

}  // namespace parley::api::wapio

// 1MSG's callbacks: {"instanceId", "messages": [...]} for every message in and out, {"instanceId",
// "ack": [...]} for every step of one that was sent.
#include "api/onemsg/addresses.h"
#include "api/onemsg/dialect.h"
#include "api/onemsg/hooks.h"
#include "api/onemsg/payload.h"

namespace parley::api::onemsg {
namespace {

namespace json = base::json;
using base::JsonView;

json::value TextOrNull(const std::optional<std::string>& text) {
  if (!text) return nullptr;
  return json::string(JsonView(*text));
}

// Turns one event into payloads.
class Builder {
 public:
  Builder(const core::MediaLinks& media, const core::Subscription& subscription)
      : media_(media), subscription_(subscription) {}

  std::vector<core::Payload> Build(const core::Event& event) {
    std::visit(*this, event.body);
    return std::move(payloads_);
  }

  void operator()(const core::MessageAccepted&) {}  // told when it is sent

  void operator()(const core::MessageReceived& received) {
    AddMessage(received.channel, received.chat, received.message);
  }

  void operator()(const core::StatusPosted&) {}  // no document has an event for it

  void operator()(const core::MessageStatusChanged& changed) {
    if (changed.message.direction != core::Direction::kOut) return;
    if (core::IsSending(changed.previous, changed.message.status))
      AddMessage(changed.channel, changed.chat, changed.message);
    if (subscription_.parameters.acks) AddAck(changed);
  }

  // A reaction is a message of its own here, which quotes what it means.
  void operator()(const core::MessageReacted& reacted) {
    core::MessageSnapshot reaction = reacted.modifier;
    if (reacted.message) reaction.quoted = reacted.message->id;
    AddMessage(reacted.channel, reacted.chat, reaction);
  }
  // 1MSG has no words for these.
  void operator()(const core::MessageEdited&) {}
  void operator()(const core::MessageDeleted&) {}
  void operator()(const core::PollVoted&) {}
  void operator()(const core::CallHappened&) {}
  void operator()(const core::ContactChanged&) {}
  void operator()(const core::ChatChanged&) {}
  void operator()(const core::ChannelStateChanged&) {}
  void operator()(const core::PairingOffered&) {}
  void operator()(const core::GroupChanged&) {}
  void operator()(const core::GroupParticipantsChanged&) {}
  void operator()(const core::ParticipantReceipt&) {}  // only what all have reached has a word
  void operator()(const core::MessageTranscribed&) {}  // no document has an event for it
  void operator()(const core::TemplateChanged&) {}     // no document has an event for it
  // In place of what 1MSG's own callbacks say.
  void operator()(const core::ProviderHook& hook) {
    if (!subscription_.parameters.raw || !hook.body.is_object()) return;
    json::object body = hook.body.as_object();
    body["instanceId"] = JsonView(hook.channel.code);
    AddBody("raw", body);
  }
  void operator()(const core::PersonsMerged&) {}
  void operator()(const core::SubscriptionDisabled&) {}

 private:
  void AddMessage(const core::ChannelSnapshot& channel, const core::ChatSnapshot& chat,
                  const core::MessageSnapshot& message) {
    const bool from_me = message.direction == core::Direction::kOut;
    const std::string own = channel.phone + "@c.us";
    json::object item;
    item["id"] = Spell(message.id);
    item["body"] = BodyOf(message.content, media_);
    item["fromMe"] = from_me;
    item["self"] = message.origin == core::Origin::kApi ? 1 : 0;
    item["isForwarded"] = false;
    const core::Peer& author = message.sender ? *message.sender : chat.peer;
    item["author"] = from_me ? own : ChatId(author);
    item["time"] = base::ToUnixSeconds(message.at);
    item["chatId"] = ChatId(chat.address());
    item["messageNumber"] = message.number;
    item["type"] = JsonView(TypeOf(message.content));
    item["senderName"] = from_me ? own : author.display_name();
    item["caption"] = TextOrNull(CaptionOf(message.content));
    item["quotedMsgId"] =
        message.quoted ? json::value(Spell(*message.quoted)) : json::value(nullptr);
    if (json::object metadata = MetadataOf(message.content); !metadata.empty())
      item["metadata"] = std::move(metadata);
    const std::string& name = chat.group ? chat.group->subject : chat.peer.display_name();
    item["chatName"] = name.empty() ? chat.address().value : name;
    Add("messages", channel, std::move(item));
  }

  void AddAck(const core::MessageStatusChanged& changed) {
    const std::string_view status = AckWord(changed);
    if (status.empty()) return;
    const core::Peer& peer = changed.chat.peer;
    json::object item;
    item["id"] = Spell(changed.message.id);
    item["chatId"] = ChatId(changed.chat.address());
    if (!peer.phone.empty()) item["phone"] = JsonView(peer.phone);
    item["status"] = JsonView(status);
    item["userName"] = JsonView(peer.display_name());
    if (changed.message.failure) item["error"] = JsonView(changed.message.failure->text);
    Add("ack", changed.channel, std::move(item));
  }

  // Empty for steps that 1MSG has no word for.
  std::string_view AckWord(const core::MessageStatusChanged& changed) const {
    const std::string_view read = subscription_.parameters.viewed ? "viewed" : "read";
    switch (changed.message.status) {
      case core::MessageStatus::kSent:
      case core::MessageStatus::kDelivered:
      case core::MessageStatus::kFailed:
        return NameOf(changed.message.status);
      case core::MessageStatus::kRead:
        return read;
      case core::MessageStatus::kPlayed:
        return changed.previous == core::MessageStatus::kRead ? "" : read;
      case core::MessageStatus::kQueued:
      case core::MessageStatus::kUnconfirmed:
      case core::MessageStatus::kReceived:
      case core::MessageStatus::kEdited:
      case core::MessageStatus::kDeleted:
        break;
    }
    return "";
  }

  void Add(std::string_view name, const core::ChannelSnapshot& channel, json::object item) {
    if (subscription_.parameters.raw) return;
    json::array items;
    items.push_back(std::move(item));
    json::object body;
    body["instanceId"] = JsonView(channel.code);
    body[JsonView(name)] = std::move(items);
    AddBody(name, body);
  }

  void AddBody(std::string_view name, const json::object& body) {
    core::Payload payload;
    payload.name = name;
    payload.body = base::ToText(body);
    payloads_.push_back(std::move(payload));
  }

  const core::MediaLinks& media_;
  const core::Subscription& subscription_;
  std::vector<core::Payload> payloads_;
};

class Encoder final : public core::EventEncoder {
 public:
  explicit Encoder(const core::MediaLinks& media) : media_(media) {}
  std::vector<core::Payload> Encode(const core::Event& event,
                                    const core::Subscription& subscription) const override {
    return Builder(media_, subscription).Build(event);
  }
  core::SubscriptionRules Rules() const override {
    core::SubscriptionRules rules;
    rules.most = kMaxUrls;
    return rules;
  }

 private:
  const core::MediaLinks& media_;
};

}  // namespace

std::unique_ptr<core::EventEncoder> MakeEncoder(const core::MediaLinks& media) {
  return std::make_unique<Encoder>(media);
}

}  // namespace parley::api::onemsg

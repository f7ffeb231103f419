#include "api/twochat/events.h"

#include "api/twochat/addresses.h"
#include "api/twochat/dialect.h"
#include "api/twochat/event_names.h"
#include "api/twochat/event_parts.h"
#include "api/twochat/payload.h"
#include "core/numbers.h"
#include "core/webhooks/webhooks.h"

namespace parley::api::twochat {
namespace {

namespace json = base::json;
using base::JsonView;

// Turns one event into payloads.
class Builder {
 public:
  Builder(const core::MediaLinks& media, const core::NumberFacts& numbers,
          const core::Subscription& subscription)
      : media_(media), numbers_(numbers), subscription_(subscription) {}

  std::vector<core::Payload> Build(const core::Event& event) {
    std::visit(*this, event.body);
    return std::move(payloads_);
  }

  void operator()(const core::MessageAccepted&) {}  // told when it is sent

  void operator()(const core::MessageReceived& received) {
    const bool incoming = received.message.direction == core::Direction::kIn;
    if (incoming && received.chat.kind != core::ChatKind::kPerson) {
      if (received.chat.kind == core::ChatKind::kGroup && WantsGroup(received.chat))
        AddMessage("whatsapp.group.message.received", received.channel, received.chat,
                   received.message);
      return;
    }
    AddMessage(incoming ? "whatsapp.message.received" : "whatsapp.message.sent", received.channel,
               received.chat, received.message);
    AddMessage("whatsapp.message.new", received.channel, received.chat, received.message);
    if (incoming && std::holds_alternative<core::OrderContent>(received.message.content))
      AddMessage("whatsapp.order.received", received.channel, received.chat, received.message);
    if (StartsConversation(received, subscription_.parameters.time_period))
      AddMessage(kNewConversation, received.channel, received.chat, received.message);
  }

  void operator()(const core::StatusPosted&) {}  // no document has an event for it

  void operator()(const core::MessageStatusChanged& changed) {
    if (core::IsSending(changed.previous, changed.message.status)) {
      AddMessage("whatsapp.message.sent", changed.channel, changed.chat, changed.message);
      AddMessage("whatsapp.message.new", changed.channel, changed.chat, changed.message);
    }
    AddReceipt(changed);
  }

  // The vendor's page says that an edit tells old and new text; the names of these members are
  // ours.
  void operator()(const core::MessageReacted& reacted) {
    json::object reaction;
    reaction["text"] = JsonView(core::TextOf(reacted.modifier.content));
    reaction["message_uuid"] =
        reacted.message ? json::value(Spell(reacted.message->id)) : json::value(nullptr);
    json::object more;
    more["reaction"] = std::move(reaction);
    const bool in_group = reacted.chat.kind == core::ChatKind::kGroup;
    if (in_group && !WantsGroup(reacted.chat)) return;
    AddMessage(in_group ? "whatsapp.group.message.reaction" : "whatsapp.message.reaction",
               reacted.channel, reacted.chat, reacted.message.value_or(reacted.modifier),
               reacted.modifier, std::move(more));
  }
  void operator()(const core::MessageEdited& edited) {
    if (!WantsChat(edited.chat)) return;
    json::object more;
    more["old_text"] = JsonView(edited.old_text);
    more["new_text"] = JsonView(core::TextOf(edited.message.content));
    AddMessage("whatsapp.message.edited", edited.channel, edited.chat, edited.message,
               edited.modifier, std::move(more));
  }
  // The vendor names the event and shows no payload: a message whose text is what was said, and who
  // said so. Of one that could not be transcribed nothing is told; reads say why.
  void operator()(const core::MessageTranscribed& transcribed) {
    const core::Transcription& transcription = transcribed.transcription;
    if (transcription.status != core::TranscriptionStatus::kDone) return;
    if (transcribed.chat.kind == core::ChatKind::kGroup && !WantsGroup(transcribed.chat)) return;
    json::object more, message = MessageOf(transcribed.message, media_);
    message["text"] = JsonView(transcription.text);
    more["message"] = std::move(message);
    more["transcription"] = TranscriptionJson(transcription);
    AddMessage("whatsapp.audio.transcribed", transcribed.channel, transcribed.chat,
               transcribed.message, transcribed.message, std::move(more));
  }
  void operator()(const core::MessageDeleted&) {}
  void operator()(const core::PollVoted&) {}
  void operator()(const core::GroupChanged&) {}
  void operator()(const core::GroupParticipantsChanged& changed) {
    const std::string_view name = EventOf(changed.action);
    if (name.empty() || !subscription_.Wants(name) || !WantsGroup(changed.chat)) return;
    json::object group;
    group["uuid"] = Spell(changed.chat.group->id);
    group["wa_group_id"] = changed.chat.group->address + "@g.us";
    group["wa_group_name"] = JsonView(changed.chat.group->subject);
    json::array participants;
    for (const core::Peer& peer : changed.participants)
      participants.push_back(MemberJson(peer, numbers_));
    json::object body;
    body["event"] = JsonView(name);
    body["channel_uuid"] = Spell(changed.channel.id);
    body["channel_phone_number"] = "+" + changed.channel.phone;
    body["group"] = std::move(group);
    if (!participants.empty()) body["participant"] = participants.front();
    body["participants"] = std::move(participants);
    body["created_at"] = NoZone(changed.changed_at);
    Add(name, std::move(body));
  }
  void operator()(const core::CallHappened& happened) {
    const core::Call& call = happened.call;
    if (!call.from_me && call.status == core::CallStatus::kMissed) AddCall(happened);
  }
  void operator()(const core::ContactChanged&) {}
  void operator()(const core::ChatChanged&) {}

  void operator()(const core::ChannelStateChanged& changed) {
    AddNumberStatus(changed.channel, NumberWord(changed.channel.state),
                    changed.channel.state_reason);
  }
  void operator()(const core::PairingOffered& offered) {
    AddNumberStatus(offered.channel, "qr-received", "");
  }
  void operator()(const core::ParticipantReceipt&) {}  // only what all have reached has a name
  void operator()(const core::TemplateChanged&) {}     // no document has an event for it
  void operator()(const core::ProviderHook&) {}        // 1MSG's alone
  void operator()(const core::PersonsMerged&) {}
  void operator()(const core::SubscriptionDisabled&) {}

 private:
  void AddMessage(std::string_view name, const core::ChannelSnapshot& channel,
                  const core::ChatSnapshot& chat, const core::MessageSnapshot& message) {
    AddMessage(name, channel, chat, message, message, {});
  }

  // `message` is told of; when it happened, and who did it, stands in `act`.
  void AddMessage(std::string_view name, const core::ChannelSnapshot& channel,
                  const core::ChatSnapshot& chat, const core::MessageSnapshot& message,
                  const core::MessageSnapshot& act, json::object more) {
    if (!subscription_.Wants(name)) return;
    json::object body;
    const std::string id = Spell(message.id);
    body["id"] = JsonView(id);
    body["uuid"] = JsonView(id);
    body["event"] = JsonView(name);
    if (name == kNewConversation)
      body["time_period"] = JsonView(PeriodOf(subscription_.parameters.time_period));
    body["session_key"] = SessionKey(channel.id, chat.address());
    body["message"] = MessageOf(message, media_);
    for (auto& member : more) body[member.key()] = std::move(member.value());
    body["created_at"] = NoZone(act.at);
    body["remote_phone_number"] = TextOrNull(PhoneOf(chat.peer));
    body["channel_phone_number"] = "+" + channel.phone;
    body["sent_by"] = JsonView(SentBy(act.origin));
    if (act.sender) body["participant"] = ParticipantJson(*act.sender);
    if (chat.group) body["to_group_uuid"] = Spell(chat.group->id);
    const core::Peer& author = act.sender ? *act.sender : chat.peer;
    if (!author.name.empty()) body["contact"] = ContactOf(channel, author);
    body["channel"] = ChannelOf(channel, numbers_);
    Add(name, std::move(body));
  }

  // What became of a message that was sent: the message, and when that was.
  void AddReceipt(const core::MessageStatusChanged& changed) {
    const std::string_view name = ReceiptOf(changed);
    if (name.empty()) return;
    json::object more;
    more["message_uuid"] = Spell(changed.message.id);
    more["timestamp"] = static_cast<double>(base::ToUnixMs(changed.changed_at)) / 1000;
    if (changed.message.failure) more["reason"] = JsonView(changed.message.failure->text);
    AddMessage(name, changed.channel, changed.chat, changed.message, changed.message,
               std::move(more));
  }

  void Add(std::string_view name, json::object body) {
    core::Payload payload;
    payload.name = name;
    payload.body = base::ToText(body);
    payloads_.push_back(std::move(payload));
  }

  // Whether the subscription is for this group: any, when none is named.
  bool WantsGroup(const core::ChatSnapshot& chat) const {
    const std::string& wanted = subscription_.parameters.to_group;
    return wanted.empty() || wanted == "any" || ParseGroupId(wanted) == chat.group->id;
  }

  // The same of any chat: a group that is named leaves all others out, people as well.
  bool WantsChat(const core::ChatSnapshot& chat) const {
    if (chat.kind == core::ChatKind::kGroup) return WantsGroup(chat);
    const std::string& wanted = subscription_.parameters.to_group;
    return wanted.empty() || wanted == "any";
  }

  void AddCall(const core::CallHappened& happened) {
    constexpr std::string_view kName = "whatsapp.call.received";
    if (!subscription_.Wants(kName)) return;
    const core::Call& call = happened.call;
    json::object inner;
    inner["type"] = call.video ? "video" : "voice";
    inner["status"] = JsonView(core::NameOf(call.status));
    inner["is_group"] = !call.group.empty();
    json::object body;
    body["id"] = JsonView(call.id);
    body["event"] = JsonView(kName);
    body["session_key"] = SessionKey(happened.channel.id, happened.with.address());
    body["created_at"] = NoZone(call.at);
    body["remote_phone_number"] = TextOrNull(PhoneOf(happened.with));
    body["channel_phone_number"] = "+" + happened.channel.phone;
    body["call"] = std::move(inner);
    if (!happened.with.name.empty()) body["contact"] = ContactOf(happened.channel, happened.with);
    body["channel"] = ChannelOf(happened.channel, numbers_);
    Add(kName, std::move(body));
  }

  void AddNumberStatus(const core::ChannelSnapshot& channel, std::string_view status,
                       std::string_view reason) {
    constexpr std::string_view kName = "whatsapp.number.status";
    if (!subscription_.Wants(kName)) return;
    json::object body;
    body["event"] = JsonView(kName);
    body["channel_uuid"] = Spell(channel.id);
    body["phone_number"] =
        channel.phone.empty() ? json::value(nullptr) : json::value(JsonView("+" + channel.phone));
    body["status"] = JsonView(status);
    body["reason"] = TextOrNull(reason);
    body["channel"] = ChannelOf(channel, numbers_);
    Add(kName, std::move(body));
  }

  const core::MediaLinks& media_;
  const core::NumberFacts& numbers_;
  const core::Subscription& subscription_;
  std::vector<core::Payload> payloads_;
};

class Encoder final : public core::EventEncoder {
 public:
  Encoder(const core::MediaLinks& media, const core::NumberFacts& numbers)
      : media_(media), numbers_(numbers) {}
  std::vector<core::Payload> Encode(const core::Event& event,
                                    const core::Subscription& subscription) const override {
    return Builder(media_, numbers_, subscription).Build(event);
  }
  core::SubscriptionRules Rules() const override {
    core::SubscriptionRules rules;
    rules.names = core::NamesOf(EventNames());
    rules.one_event = true;
    rules.most = core::kMaxSubscriptionsPerChannel;
    return rules;
  }

 private:
  const core::MediaLinks& media_;
  const core::NumberFacts& numbers_;
};

}  // namespace

std::unique_ptr<core::EventEncoder> MakeEncoder(const core::MediaLinks& media,
                                                const core::NumberFacts& numbers) {
  return std::make_unique<Encoder>(media, numbers);
}

}  // namespace parley::api::twochat

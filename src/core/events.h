// Everything that can happen: the closed variant of events.
//
// An event is a complete snapshot in core terms: whatever any dialect may print about it is inside,
// so that it can be encoded later, after a restart, or for a subscriber that was down for a day,
// without reading anything else. Events are written in the transaction of the change that they
// report. Stored as JSON with a version; fields are only ever added.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/fields.h"
#include "core/calls/call.h"
#include "core/groups/group.h"
#include "core/ids.h"
#include "core/snapshots.h"
#include "core/templates/template.h"

namespace parley::core {

// A program's message was accepted and is durable.
struct MessageAccepted {
  static constexpr std::string_view kName = "message.accepted";
  ChannelSnapshot channel;
  ChatSnapshot chat;
  MessageSnapshot message;
  std::optional<base::Time> previous_at;  // the message before it in this chat, if any

  static constexpr auto Fields() {
    using S = MessageAccepted;
    return base::FieldList(base::Required("channel", &S::channel), base::Required("chat", &S::chat),
                           base::Required("message", &S::message),
                           base::Optional("previous_at", &S::previous_at));
  }
};

// A message came from the network: from the other side, or (origin kPhone) written by the owner on
// the channel's own phone.
struct MessageReceived {
  static constexpr std::string_view kName = "message.received";
  ChannelSnapshot channel;
  ChatSnapshot chat;
  MessageSnapshot message;
  std::optional<base::Time> previous_at;  // the message before it in this chat, of either side
  bool is_first = false;                  // the other side has never written in this chat before
  bool broadcast = false;                 // it went to many at once, by a list of the sender

  static constexpr auto Fields() {
    using S = MessageReceived;
    return base::FieldList(
        base::Required("channel", &S::channel), base::Required("chat", &S::chat),
        base::Required("message", &S::message), base::Optional("previous_at", &S::previous_at),
        base::Optional("is_first", &S::is_first), base::Optional("broadcast", &S::broadcast));
  }
};

// Somebody shows something to the people they know, for a day. It is in no chat and is not stored:
// `message` has no number, and nothing finds it by its id.
struct StatusPosted {
  static constexpr std::string_view kName = "status.posted";
  ChannelSnapshot channel;
  Peer from;
  MessageSnapshot message;

  static constexpr auto Fields() {
    using S = StatusPosted;
    return base::FieldList(base::Required("channel", &S::channel), base::Required("from", &S::from),
                           base::Required("message", &S::message));
  }
};

// A message took a step in messages/status.cc; `message.status` is the new one.
struct MessageStatusChanged {
  static constexpr std::string_view kName = "message.status";
  ChannelSnapshot channel;
  ChatSnapshot chat;
  MessageSnapshot message;
  MessageStatus previous = MessageStatus::kQueued;
  base::Time changed_at;  // the network's time of the receipt

  static constexpr auto Fields() {
    using S = MessageStatusChanged;
    return base::FieldList(base::Required("channel", &S::channel), base::Required("chat", &S::chat),
                           base::Required("message", &S::message),
                           base::Required("previous", &S::previous),
                           base::Required("changed_at", &S::changed_at));
  }
};

// Somebody in a group has the message, read it or played it. What all of them have reached is a
// step of the message (MessageStatusChanged). There are up to two for each of up to 1,024 people,
// so the message is named and not shown.
struct ParticipantReceipt {
  static constexpr std::string_view kName = "message.receipt";
  ChannelSnapshot channel;
  ChatSnapshot chat;
  MessageId message;
  Peer participant;
  MessageStatus status = MessageStatus::kDelivered;  // or kRead, kPlayed
  base::Time changed_at;                             // the network's time of the receipt

  static constexpr auto Fields() {
    using S = ParticipantReceipt;
    return base::FieldList(
        base::Required("channel", &S::channel), base::Required("chat", &S::chat),
        base::Required("message", &S::message), base::Required("participant", &S::participant),
        base::Required("status", &S::status), base::Required("changed_at", &S::changed_at));
  }
};

// A modifier (core/messages/modifiers.h) took effect, of either side: `modifier` is the row of the
// reaction, edit, deletion or vote, whose content says what was done and whose sender by whom.
// `message` is the one it changed, as it is now; none when Parley does not have it.
struct MessageReacted {
  static constexpr std::string_view kName = "message.reaction";
  ChannelSnapshot channel;
  ChatSnapshot chat;
  MessageSnapshot modifier;
  std::optional<MessageSnapshot> message;

  static constexpr auto Fields() {
    using S = MessageReacted;
    return base::FieldList(base::Required("channel", &S::channel), base::Required("chat", &S::chat),
                           base::Required("modifier", &S::modifier),
                           base::Optional("message", &S::message));
  }
};
struct MessageEdited {
  static constexpr std::string_view kName = "message.edited";
  ChannelSnapshot channel;
  ChatSnapshot chat;
  MessageSnapshot modifier, message;
  std::string old_text;

  static constexpr auto Fields() {
    using S = MessageEdited;
    return base::FieldList(base::Required("channel", &S::channel), base::Required("chat", &S::chat),
                           base::Required("modifier", &S::modifier),
                           base::Required("message", &S::message),
                           base::Optional("old_text", &S::old_text));
  }
};
struct MessageDeleted {
  static constexpr std::string_view kName = "message.deleted";
  ChannelSnapshot channel;
  ChatSnapshot chat;
  MessageSnapshot modifier, message;

  static constexpr auto Fields() {
    using S = MessageDeleted;
    return base::FieldList(base::Required("channel", &S::channel), base::Required("chat", &S::chat),
                           base::Required("modifier", &S::modifier),
                           base::Required("message", &S::message));
  }
};
// `results` holds every option of the poll with who chose it; a voter without addresses is the
// channel itself.
struct PollVoted {
  static constexpr std::string_view kName = "message.vote";
  struct Result {
    std::string option;
    std::vector<Peer> voters;
    static constexpr auto Fields() {
      return base::FieldList(base::Required("option", &Result::option),
                             base::Optional("voters", &Result::voters));
    }
  };
  ChannelSnapshot channel;
  ChatSnapshot chat;
  MessageSnapshot modifier, message;
  std::vector<Result> results;

  static constexpr auto Fields() {
    using S = PollVoted;
    return base::FieldList(base::Required("channel", &S::channel), base::Required("chat", &S::chat),
                           base::Required("modifier", &S::modifier),
                           base::Required("message", &S::message),
                           base::Optional("results", &S::results));
  }
};

// What was said in a voice message is written down, or will not be: `transcription` is no longer
// pending.
struct MessageTranscribed {
  static constexpr std::string_view kName = "message.transcribed";
  ChannelSnapshot channel;
  ChatSnapshot chat;
  MessageSnapshot message;
  Transcription transcription;

  static constexpr auto Fields() {
    using S = MessageTranscribed;
    return base::FieldList(base::Required("channel", &S::channel), base::Required("chat", &S::chat),
                           base::Required("message", &S::message),
                           base::Required("transcription", &S::transcription));
  }
};

// A group of the channel was created, or is from now on as `group` says. `changed` names its
// members that are different; ["created"] stands alone.
struct GroupChanged {
  static constexpr std::string_view kName = "group.changed";
  ChannelSnapshot channel;
  ChatSnapshot chat;
  GroupInfo group;
  std::vector<std::string> changed;
  Peer by;
  base::Time changed_at;  // the network's time

  static constexpr auto Fields() {
    using S = GroupChanged;
    return base::FieldList(base::Required("channel", &S::channel), base::Required("chat", &S::chat),
                           base::Required("group", &S::group),
                           base::Required("changed", &S::changed), base::Optional("by", &S::by),
                           base::Required("changed_at", &S::changed_at));
  }
};

// People came into a group of the channel, went, or have another role.
struct GroupParticipantsChanged {
  static constexpr std::string_view kName = "group.participants";
  ChannelSnapshot channel;
  ChatSnapshot chat;
  ParticipantAction action = ParticipantAction::kAdd;
  std::vector<Peer> participants;
  Peer by;                         // of kJoin with approval: the admin
  std::optional<GroupInfo> group;  // as it is after that, when the channel is in it
  base::Time changed_at;           // the network's time

  static constexpr auto Fields() {
    using S = GroupParticipantsChanged;
    return base::FieldList(base::Required("channel", &S::channel), base::Required("chat", &S::chat),
                           base::Required("action", &S::action),
                           base::Required("participants", &S::participants),
                           base::Optional("by", &S::by), base::Optional("group", &S::group),
                           base::Required("changed_at", &S::changed_at));
  }
};

// A call of the channel's number was made, or has another status now.
struct CallHappened {
  static constexpr std::string_view kName = "call";
  ChannelSnapshot channel;
  Peer with;  // the other side
  Call call;

  static constexpr auto Fields() {
    using S = CallHappened;
    return base::FieldList(base::Required("channel", &S::channel), base::Required("with", &S::with),
                           base::Required("call", &S::call));
  }
};

// A person has another name, is blocked or not any more, or looks different to others.
struct ContactChanged {
  static constexpr std::string_view kName = "contact.changed";
  std::optional<ChannelSnapshot> channel;  // none: changed in the account alone
  Peer peer;
  bool is_new = false;   // has become a contact
  bool blocked = false;  // by the channel's number

  static constexpr auto Fields() {
    using S = ContactChanged;
    return base::FieldList(base::Optional("channel", &S::channel), base::Required("peer", &S::peer),
                           base::Optional("is_new", &S::is_new),
                           base::Optional("blocked", &S::blocked));
  }
};

// Something was done to a chat on the phone.
struct ChatChanged {
  static constexpr std::string_view kName = "chat.changed";
  ChannelSnapshot channel;
  ChatSnapshot chat;
  ChatAction action = ChatAction::kRead;
  std::optional<base::Time> muted_until;
  std::int64_t unread = 0;

  static constexpr auto Fields() {
    using S = ChatChanged;
    return base::FieldList(base::Required("channel", &S::channel), base::Required("chat", &S::chat),
                           base::Required("action", &S::action),
                           base::Optional("muted_until", &S::muted_until),
                           base::Optional("unread", &S::unread));
  }
};

// The network decided on a template of the channel's number, or somebody else handed it in or
// removed it. Its components are left out: they are as long as 64 KB, and asked for by name.
struct TemplateChanged {
  static constexpr std::string_view kName = "template.status";
  ChannelSnapshot channel;
  std::string id, name, language;
  TemplateCategory category = TemplateCategory::kUtility;
  TemplateStatus status = TemplateStatus::kPending;
  std::string reason;     // as Template::rejected_reason
  base::Time changed_at;  // the network's time

  static constexpr auto Fields() {
    using base::Required;
    using S = TemplateChanged;
    return base::FieldList(Required("channel", &S::channel), Required("id", &S::id),
                           Required("name", &S::name), Required("language", &S::language),
                           Required("category", &S::category), Required("status", &S::status),
                           base::Optional("reason", &S::reason),
                           Required("changed_at", &S::changed_at));
  }
};

// What the network's own interface told of the channel's number, as it told it: for owners who want
// to hear that instead (ChannelSettings::raw_hooks).
struct ProviderHook {
  static constexpr std::string_view kName = "provider.hook";
  ChannelSnapshot channel;
  base::json::value body;

  static constexpr auto Fields() {
    return base::FieldList(base::Required("channel", &ProviderHook::channel),
                           base::Required("body", &ProviderHook::body));
  }
};

struct ChannelStateChanged {
  static constexpr std::string_view kName = "channel.state";
  ChannelSnapshot channel;
  ChannelState previous = ChannelState::kPending;

  static constexpr auto Fields() {
    return base::FieldList(base::Required("channel", &ChannelStateChanged::channel),
                           base::Required("previous", &ChannelStateChanged::previous));
  }
};

// A pairing code is on offer: the content of a QR code, or eight characters to type.
struct PairingOffered {
  static constexpr std::string_view kName = "channel.pairing";
  ChannelSnapshot channel;
  std::string qr, code;
  std::optional<base::Time> expires_at;  // when the network takes it no longer, if that is known

  static constexpr auto Fields() {
    return base::FieldList(base::Required("channel", &PairingOffered::channel),
                           base::Optional("qr", &PairingOffered::qr),
                           base::Optional("code", &PairingOffered::code),
                           base::Optional("expires_at", &PairingOffered::expires_at));
  }
};

// Two persons turned out to be one; `dropped` redirects to `kept` from now on.
struct PersonsMerged {
  static constexpr std::string_view kName = "person.merged";
  PersonId kept, dropped;
  Peer peer;

  static constexpr auto Fields() {
    return base::FieldList(base::Required("kept", &PersonsMerged::kept),
                           base::Required("dropped", &PersonsMerged::dropped),
                           base::Required("peer", &PersonsMerged::peer));
  }
};

// A webhook subscription was switched off by Parley.
struct SubscriptionDisabled {
  static constexpr std::string_view kName = "subscription.disabled";
  SubscriptionId subscription;
  std::string url, reason;  // reason: "gone" (410) or "failing"

  static constexpr auto Fields() {
    return base::FieldList(base::Required("subscription", &SubscriptionDisabled::subscription),
                           base::Required("url", &SubscriptionDisabled::url),
                           base::Required("reason", &SubscriptionDisabled::reason));
  }
};

using EventBodyVariant =
    std::variant<MessageAccepted, MessageReceived, StatusPosted, MessageStatusChanged,
                 ParticipantReceipt, MessageReacted, MessageEdited, MessageDeleted, PollVoted,
                 MessageTranscribed, GroupChanged, GroupParticipantsChanged, CallHappened,
                 ContactChanged, ChatChanged, TemplateChanged, ChannelStateChanged, PairingOffered,
                 PersonsMerged, SubscriptionDisabled, ProviderHook>;
// A type of its own so that its special members are compiled once.
struct EventBody : EventBodyVariant {
  using EventBodyVariant::variant;
  using EventBodyVariant::operator=;
  EventBody() noexcept;
  EventBody(const EventBody&);
  EventBody(EventBody&&) noexcept;
  EventBody& operator=(const EventBody&);
  EventBody& operator=(EventBody&&) noexcept;
  ~EventBody();
};

inline constexpr int kEventVersion = 1;

struct Event {
  EventPosition position;  // given by the store
  EventId id;
  AccountRow account;
  std::optional<ChannelRow> channel;  // whose order it belongs to; none for account matters
  std::optional<ChatRow> chat;
  base::Time at;
  EventBody body;
};

std::string_view NameOf(const EventBody& body);
// Of every kind of event, in the order of the variant.
std::vector<std::string_view> EventNames();
std::string EncodeEventBody(const EventBody& body);
base::Result<EventBody> DecodeEventBody(std::string_view name, std::string_view text);

}  // namespace parley::core

// What events show of channels, chats and messages: complete, so that nothing needs to be read for
// them later. Stored as JSON; fields are only ever added.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/fields.h"
#include "core/channels/channel.h"
#include "core/contacts/person.h"
#include "core/groups/group.h"
#include "core/ids.h"
#include "core/messages/message.h"

namespace parley::core {

struct ChannelSnapshot {
  ChannelId id;
  std::string phone, label, code;
  LinkKind link = LinkKind::kSimulated;
  ChannelState state = ChannelState::kPending;
  std::string state_reason;
  base::Time created_at, updated_at;

  static constexpr auto Fields() {
    using base::Optional;
    using base::Required;
    using S = ChannelSnapshot;
    return base::FieldList(
        Required("id", &S::id), Optional("phone", &S::phone), Optional("label", &S::label),
        Optional("code", &S::code), Required("link", &S::link), Required("state", &S::state),
        Optional("state_reason", &S::state_reason), Required("created_at", &S::created_at),
        Required("updated_at", &S::updated_at));
  }
};

struct ChatSnapshot {
  ChatKind kind = ChatKind::kPerson;
  Peer peer;                       // the other side, when kind is kPerson
  std::optional<GroupName> group;  // else

  static constexpr auto Fields() {
    return base::FieldList(base::Required("kind", &ChatSnapshot::kind),
                           base::Optional("peer", &ChatSnapshot::peer),
                           base::Optional("group", &ChatSnapshot::group));
  }
  Address address() const { return AddressOf(kind, peer, group); }
};

struct MessageSnapshot {
  MessageId id;
  std::int64_t number = 0;  // arrival order, growing per channel
  Direction direction = Direction::kOut;
  Origin origin = Origin::kApi;
  Content content;
  std::optional<MessageId> quoted;
  MessageStatus status = MessageStatus::kQueued;
  std::optional<Failure> failure;
  std::string link_id;
  std::optional<Peer> sender;  // who wrote it, of an incoming one in a group
  base::Time at, accepted_at;

  static constexpr auto Fields() {
    using base::Optional;
    using base::Required;
    using S = MessageSnapshot;
    return base::FieldList(Required("id", &S::id), Required("number", &S::number),
                           Required("direction", &S::direction), Required("origin", &S::origin),
                           Required("content", &S::content), Optional("quoted", &S::quoted),
                           Required("status", &S::status), Optional("failure", &S::failure),
                           Optional("link_id", &S::link_id), Optional("sender", &S::sender),
                           Required("at", &S::at), Required("accepted_at", &S::accepted_at));
  }
};

ChannelSnapshot SnapshotOf(const Channel& channel);
ChatSnapshot SnapshotOf(const Chat& chat);
MessageSnapshot SnapshotOf(const Message& message);

}  // namespace parley::core

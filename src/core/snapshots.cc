#include "core/snapshots.h"

namespace parley::core {

ChannelSnapshot SnapshotOf(const Channel& channel) {
  ChannelSnapshot snapshot;
  snapshot.id = channel.id;
  snapshot.phone = channel.phone;
  snapshot.label = channel.label;
  snapshot.code = channel.code;
  snapshot.link = channel.link;
  snapshot.state = channel.state;
  snapshot.state_reason = channel.state_reason;
  snapshot.created_at = channel.created_at;
  snapshot.updated_at = channel.updated_at;
  return snapshot;
}

ChatSnapshot SnapshotOf(const Chat& chat) {
  ChatSnapshot snapshot;
  snapshot.kind = chat.kind;
  snapshot.peer = chat.peer;
  snapshot.group = chat.group;
  return snapshot;
}

MessageSnapshot SnapshotOf(const Message& message) {
  MessageSnapshot snapshot;
  snapshot.id = message.id;
  snapshot.number = message.row.value;
  snapshot.direction = message.direction;
  snapshot.origin = message.origin;
  snapshot.content = message.content;
  snapshot.quoted = message.quoted;
  snapshot.status = message.status;
  snapshot.failure = message.failure;
  snapshot.link_id = message.link_id;
  if (message.sender) snapshot.sender = message.sender_peer;
  snapshot.at = message.at;
  snapshot.accepted_at = message.accepted_at;
  return snapshot;
}

}  // namespace parley::core

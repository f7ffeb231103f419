// Receiving: what the network tells about messages becomes rows and events.
#pragma once

#include "base/result.h"
#include "core/channels/link.h"
#include "core/stamp.h"
#include "core/store.h"

namespace parley::core {

// Stores an incoming message and its event; one that is there already changes nothing, so a link
// may report the same message again after a crash.
base::Result<void> Receive(Transaction& tx, const Channel& channel, const IncomingMessage& incoming,
                           Stamp& stamp);

// Whether a message with that id of the network is there already: of the peer's, or with `from_me`
// to it from another device of one's own.
base::Result<bool> IsThere(const Transaction& tx, const Channel& channel, const Peer& peer,
                           bool from_me, std::string_view link_id);

// The event of a status post, unless the channel's owner does not want to hear of them.
base::Result<void> ReceiveStatus(Transaction& tx, const Channel& channel, const StatusPost& post,
                                 Stamp& stamp);

// Applies one step of messages/status.cc with its event. Unknown messages and steps that make no
// sense change nothing. `link_id` and `conversation` are stored where the network gave them.
struct StatusNews {
  MessageStatus status = MessageStatus::kSent;
  base::Time at;
  std::optional<Failure> failure;
  std::string link_id;
  int recipients = 0;  // as SendAccepted::recipients
  std::optional<Conversation> conversation;
};
base::Result<void> ApplyStatus(Transaction& tx, const Channel& channel, MessageInChat found,
                               const StatusNews& news, Stamp& stamp);

// Finds the message of a receipt and applies it. One of a participant of a group is kept with an
// event of its own; what all of them reached is the step of the message.
base::Result<void> ApplyReceipt(Transaction& tx, const Channel& channel,
                                const ReceiptReport& receipt, Stamp& stamp);

}  // namespace parley::core

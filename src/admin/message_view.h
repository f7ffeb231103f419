// How a message looks in the admin API: by itself, in a conversation, and in the list of chats.
#pragma once

#include "admin/message_schema.h"
#include "core/accounts/account.h"
#include "core/channels/channel.h"
#include "core/media/media_source.h"
#include "core/messages/marks.h"

namespace parley::admin {

// Whose message it is; all outlive the call.
struct MessageOwner {
  const core::Account& account;
  const core::Channel& channel;
  const core::MediaLinks& links;
};

// `receipts` are read for the single message only.
MessageView ViewOf(const core::MarkedMessage& marked, const MessageOwner& owner);
ReceiptView ViewOf(const core::Receipt& receipt);

// A path on this server, as its own page needs no other: the public address may be another's.
std::string PathOf(const core::MediaRef& media, const core::MediaLinks& links);

// The name they are known by, else their number or other address.
std::string NameOf(const core::Peer& peer);
// The name of the person or group, else their number or other address.
std::string NameOf(const core::Chat& chat);

}  // namespace parley::admin

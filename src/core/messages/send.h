// Sending: a program's message is accepted, made durable, and queued for its channel.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "core/channels/link.h"
#include "core/idempotency.h"
#include "core/ids.h"
#include "core/media/media_source.h"
#include "core/messages/message.h"
#include "core/stamp.h"
#include "core/store.h"

namespace parley::core {

// What a program asks for, before its media is there.
struct SendCommand {
  ChannelRow channel;
  Address to;  // empty: the chat of the message that a modifier changes
  std::variant<Content, MediaDraft> what;
  // With a MediaDraft: the content whose media, or media above a text, it becomes.
  std::optional<Content> into;
  // With a template: the files above the texts of its cards.
  struct CardDraft {
    std::int64_t card = 0;
    MediaDraft draft;
  };
  std::vector<CardDraft> cards;
  std::optional<MessageId> quoted;
  std::optional<IdempotencyKey> once;
  bool needs_pairing = false;  // refuse while the channel has no phone; else queue until it has
};

// What it is told; also what an idempotent repeat is told again.
struct Queued {
  MessageId id;
  Address to;
  base::Time at;
  bool repeated = false;  // an idempotent repeat: nothing was done
};

// What one transaction stores.
struct SendWrite {
  AccountRow account;
  ChannelRow channel;
  Address to;
  Content content;
  std::vector<Media> media;  // the rows of the content's media
  std::optional<MessageId> quoted;
  std::optional<IdempotencyKey> once;
  bool customer_window = false;  // the channel's link has one
  base::Duration edit_window{0};
  bool needs_pairing = false;
  std::int64_t messages_per_month = 0;  // of the account's plan; 0 = unlimited
};

// Stores the message (kQueued), its event (none for a modifier: its effect is the event) and its
// idempotency record. Makes person and chat when they are new. kNotFound: channel, or quoted
// message. kInvalidState: channel is being deleted, or what CheckModifier (modify.h) says.
// kRateLimited: the plan's messages are used up (core/usage/plan.h).
// kChannelNotConnected: needs_pairing and it is not paired. kNotSupported: products for a business.
// kWindowClosed, kIdempotencyConflict as named.
base::Result<Queued> Send(Transaction& tx, const SendWrite& write, Stamp stamp);

// What Send would refuse `write` for, whatever its content is: asked before media is fetched.
base::Result<void> CheckSend(const Transaction& tx, const SendWrite& write, base::Time now);

// The record of an earlier request, if there is one: its result, or kIdempotencyConflict.
base::Result<std::optional<Queued>> FindEarlier(const Transaction& tx, const IdempotencyKey& once,
                                                base::Time now);

}  // namespace parley::core

#include "core/messages/outgoing.h"

#include "core/messages/link_id.h"
#include "core/messages/message_store.h"

namespace parley::core {
namespace {

base::Result<std::optional<MessageReference>> ReferenceTo(const Transaction& tx, AccountRow account,
                                                          std::optional<MessageId> id) {
  if (!id) return std::optional<MessageReference>();
  PARLEY_TRY(found, tx.messages().FindById(account, *id));
  if (!found) return std::optional<MessageReference>();  // pruned: sent without it
  MessageReference reference;
  reference.link_id = LinkIdOf(found->message);
  reference.from_me = found->message.direction == Direction::kOut;
  if (!reference.from_me)
    reference.sender = found->message.sender ? found->message.sender_peer : found->chat.peer;
  return std::optional(std::move(reference));
}

}  // namespace

OutgoingMessage OutgoingOf(const MessageInChat& found) {
  OutgoingMessage out;
  out.id = found.message.id;
  out.link_id = LinkIdOf(found.message.id);
  out.to = found.chat.address();
  out.content = found.message.content;
  return out;
}

base::Result<void> AddReferences(const Transaction& tx, AccountRow account,
                                 std::optional<MessageId> quoted, std::optional<MessageId> target,
                                 OutgoingMessage& out) {
  PARLEY_TRY(first, ReferenceTo(tx, account, quoted));
  PARLEY_TRY(second, ReferenceTo(tx, account, target));
  out.quoted = std::move(first);
  out.target = std::move(second);
  return {};
}

base::Result<std::optional<OutgoingMessage>> FindOutgoing(const Transaction& tx,
                                                          const Channel& channel, MessageId id) {
  using Found = std::optional<OutgoingMessage>;
  PARLEY_TRY(found, tx.messages().FindById(channel.account, id));
  if (!found || found->message.channel != channel.row) return Found();
  const Message& message = found->message;
  if (message.direction != Direction::kOut || message.origin != Origin::kApi ||
      message.status == MessageStatus::kDeleted)
    return Found();
  OutgoingMessage out = OutgoingOf(*found);
  const std::optional<MessageId> target = TargetOf(message.content);
  PARLEY_CHECK(AddReferences(tx, channel.account, message.quoted, target, out));
  if (target && !out.target) return Found();
  return Found(std::move(out));
}

}  // namespace parley::core

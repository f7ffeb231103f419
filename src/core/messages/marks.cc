#include "core/messages/marks.h"

#include "core/media/media_store.h"
#include "core/messages/message_store.h"

namespace parley::core {

base::Result<MarkedMessage> WithMarks(const Transaction& tx, MessageInChat found) {
  MarkedMessage marked;
  const Message& message = found.message;
  PARLEY_TRY(reactions, tx.messages().Reactions(message.row));
  marked.reactions = std::move(reactions);
  if (KindOf(message.content) == ContentKind::kPoll) {
    PARLEY_TRY(votes, tx.messages().Votes(message.row));
    marked.votes = std::move(votes);
  }
  if (message.quoted) {
    PARLEY_TRY(quoted, tx.messages().FindById(message.account, *message.quoted));
    if (quoted && quoted->message.channel == message.channel) marked.quoted = std::move(quoted);
  }
  if (const MediaRef* ref = MediaOf(message.content)) {
    const MediaOwner owner(message.account);
    PARLEY_TRY(media, tx.media().Find(owner, ref->id));
    if (media) marked.thumbnail = std::move(media->thumbnail);
  }
  marked.found = std::move(found);
  return marked;
}

}  // namespace parley::core

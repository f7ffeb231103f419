#include "core/chats/activity.h"

#include "core/contacts/contact_store.h"
#include "core/messages/message_store.h"

namespace parley::core {

base::Result<std::optional<base::Time>> WrittenBefore(const Transaction& tx, ChatRow chat) {
  PARLEY_TRY(latest, tx.messages().LatestAt(chat));
  if (latest) return latest;
  PARLEY_TRY(activity, tx.contacts().ActivityOf(chat));
  return activity.at;
}

}  // namespace parley::core

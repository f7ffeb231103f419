// Counting what was sent and received, and reading the counts.
#pragma once

#include <vector>

#include "base/result.h"
#include "base/task.h"
#include "core/accounts/directory.h"
#include "core/store.h"
#include "core/usage/usage_store.h"

namespace parley::core {

// Counts a message at the moment `at` at which the network took it, or it came in. Each message is
// counted once: by whoever stores that step, in the same transaction.
base::Result<void> CountMessage(Transaction& tx, const Message& message, base::Time at);

// The same of a message that was counted when nobody knew its conversation yet: the network named
// it with a later step. It moves to where it would have been counted.
base::Result<void> CountConversation(Transaction& tx, const Message& message);

// Thread: its store's scheduler.
class Usage {
 public:
  explicit Usage(Store& store) : store_(store) {}

  // Of the channel's whole life, or of one month; in the order of the keys.
  base::Task<base::Result<std::vector<UsageRow>>> List(ChannelPtr channel,
                                                       std::optional<Month> month);

 private:
  Store& store_;
};

}  // namespace parley::core

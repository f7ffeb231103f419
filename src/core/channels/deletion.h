// Deleting a channel: accepted at once, finished in steps that survive a crash.
#pragma once

#include "base/result.h"
#include "core/channels/channel.h"
#include "core/operations.h"
#include "core/stamp.h"
#include "core/store.h"

namespace parley::core {

// Marks the channel, revokes the keys bound to it, and queues the operation. kNotFound for one that
// is deleted already; the running operation's state for one that is being deleted.
base::Result<Operation> RequestDeletion(Transaction& tx, AccountRow account, ChannelRow channel,
                                        Stamp stamp);

// One step: marks a waiting operation as running; then fails up to a few hundred queued messages,
// with their events; when none is left closes the address book, a thousand entries a step, deletes
// link state and subscriptions and finishes the operation. True when the channel is gone.
base::Result<bool> DeleteStep(Transaction& tx, const Channel& channel, Stamp stamp);

}  // namespace parley::core

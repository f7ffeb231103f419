// What was done to a chat on the channel's phone becomes what Parley knows of it.
#pragma once

#include "base/result.h"
#include "core/channels/channel.h"
#include "core/channels/link.h"
#include "core/stamp.h"
#include "core/store.h"

namespace parley::core {

// Stores it and writes ChatChanged. A chat that was deleted on the phone is in no list until
// something is written in it; its messages stay.
base::Result<void> ChangeChat(Transaction& tx, const Channel& channel, const ChatReport& report,
                              Stamp& stamp);

}  // namespace parley::core

// What modifiers do (core/messages/modifiers.h): whether one may be sent, and its effect on the
// message that it changes.
#pragma once

#include "base/result.h"
#include "core/channels/channel.h"
#include "core/messages/send.h"
#include "core/stamp.h"
#include "core/store.h"

namespace parley::core {

// Whether `write.content`, a modifier, may be sent. Faults under "target": unknown, or of another
// chat than `write.to`, which may be left empty. kInvalidState: the target cannot be changed that
// way (any more); the text says why.
base::Result<void> CheckModifier(const Transaction& tx, const SendWrite& write,
                                 base::Duration edit_window, base::Time now);

// Applies a modifier that the network has taken, ours or somebody else's, with its event. A
// reaction to an unknown message changes nothing but is told of; any other modifier of one is
// ignored, and so is what its sender may not do (to edit somebody else's message).
base::Result<void> ApplyModifier(Transaction& tx, const Channel& channel, const Chat& chat,
                                 const Message& modifier, base::Time at, Stamp& stamp);

}  // namespace parley::core

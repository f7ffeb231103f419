// What a link reports becomes rows and events, in one transaction.
#pragma once

#include <vector>

#include "base/result.h"
#include "core/channels/link.h"
#include "core/stamp.h"
#include "core/store.h"

namespace parley::core {

base::Result<void> ApplyReports(Transaction& tx, AccountRow account, ChannelRow channel,
                                const std::vector<LinkReport>& reports, const LinkWrites& state,
                                Stamp stamp);

// Takes a step of channels/state.cc with its event; a step that the table does not hold changes
// nothing.
base::Result<void> ChangeState(Transaction& tx, Channel channel, ChannelState state,
                               std::string reason, Stamp& stamp);

}  // namespace parley::core

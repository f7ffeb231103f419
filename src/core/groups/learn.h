// What the network tells about groups becomes rows and events.
#pragma once

#include "base/result.h"
#include "core/channels/link.h"
#include "core/groups/group.h"
#include "core/stamp.h"
#include "core/store.h"

namespace parley::core {

// The channel's row of a group or newsletter, made when it is new. An empty `subject` says nothing.
base::Result<Group> LearnGroup(Transaction& tx, const Channel& channel, const Address& address,
                               const std::string& subject, Stamp& stamp);

// Its chat, made when it is new.
base::Result<Chat> ChatWithGroup(Transaction& tx, const Channel& channel, const Address& address,
                                 const std::string& subject, Stamp& stamp);

// Each writes its event.
base::Result<void> ApplyGroup(Transaction& tx, const Channel& channel, const GroupReport& report,
                              Stamp& stamp);
base::Result<void> ApplyParticipants(Transaction& tx, const Channel& channel,
                                     const ParticipantsReport& report, Stamp& stamp);

}  // namespace parley::core

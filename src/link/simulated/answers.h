// What a link on the simulated network answers to requests: each is asked of the network in the
// name of the channel's own number.
#pragma once

#include <string>

#include "base/result.h"
#include "core/channels/requests.h"
#include "sim/network/network.h"

namespace parley::link::simulated {

struct Answers {
  sim::network::Network& network;
  std::string number;  // the channel's

  base::Result<core::LinkAnswer> operator()(const core::CheckNumbers& asked) const;
  base::Result<core::LinkAnswer> operator()(const core::ListGroups& asked) const;
  base::Result<core::LinkAnswer> operator()(const core::GetGroup& asked) const;
  base::Result<core::LinkAnswer> operator()(const core::FindInvitedGroup& asked) const;
  base::Result<core::LinkAnswer> operator()(const core::CreateGroup& asked) const;
  base::Result<core::LinkAnswer> operator()(const core::ChangeParticipants& asked) const;
  base::Result<core::LinkAnswer> operator()(const core::ChangeGroup& asked) const;
  base::Result<core::LinkAnswer> operator()(const core::LeaveGroup& asked) const;
  base::Result<core::LinkAnswer> operator()(const core::GetInviteCode& asked) const;
  base::Result<core::LinkAnswer> operator()(const core::JoinGroup& asked) const;
};

}  // namespace parley::link::simulated

// What a link on the simulated network answers to requests: each is asked of the network in the
// name of the channel's own number, and done as by its device.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "core/channels/requests.h"
#include "sim/network/network.h"

namespace parley::link::simulated {

// Everything but pictures, whose bytes must be carried over: FindPicture says which, and the link
// does the rest.
struct Answers {
  using Result = base::Result<core::LinkAnswer>;

  sim::network::Network& network;
  std::string number;  // the channel's
  std::string device;
  sim::network::Connection* connection;  // nullptr: none at the moment

  Result operator()(const core::CheckNumbers& asked) const;
  Result operator()(const core::ListGroups& asked) const;
  Result operator()(const core::GetGroup& asked) const;
  Result operator()(const core::FindInvitedGroup& asked) const;
  Result operator()(const core::CreateGroup& asked) const;
  Result operator()(const core::ChangeParticipants& asked) const;
  Result operator()(const core::ChangeGroup& asked) const;
  Result operator()(const core::LeaveGroup& asked) const;
  Result operator()(const core::GetInviteCode& asked) const;
  Result operator()(const core::JoinGroup& asked) const;
  Result operator()(const core::ListNewsletters& asked) const;
  Result operator()(const core::GetNewsletter& asked) const;
  Result operator()(const core::FindInvitedNewsletter& asked) const;
  Result operator()(const core::CreateNewsletter& asked) const;
  Result operator()(const core::FollowNewsletter& asked) const;
  Result operator()(const core::MuteNewsletter& asked) const;
  Result operator()(const core::SaveContact& asked) const;
  Result operator()(const core::SetBlocked& asked) const;
  Result operator()(const core::ShowPresence& asked) const;
  Result operator()(const core::FetchPicture& asked) const;  // with none
  Result operator()(const core::MarkRead& asked) const;
  Result operator()(const core::ReadChat& asked) const;
  Result operator()(const core::RejectCall& asked) const;
  Result operator()(const core::GetProfile& asked) const;  // without the picture
  Result operator()(const core::ChangeProfile& asked) const;
  Result operator()(const core::ListTemplates& asked) const;
  Result operator()(const core::CreateTemplate& asked) const;
  Result operator()(const core::RemoveTemplate& asked) const;
  Result operator()(const core::GetCommerce& asked) const;
  Result operator()(const core::SetCommerce& asked) const;

  // The digest of the picture that a request asks for; empty: it asks for none, or none is shown.
  // kNotFound for somebody who is not on the network.
  base::Result<std::string> FindPicture(const core::LinkRequest& request) const;

 private:
  sim::network::Actor Self() const { return {number, device}; }
  // The number of the person at an address; kNotOnNetwork when there is none.
  base::Result<std::string> NumberOf(const core::Address& address) const;
};

}  // namespace parley::link::simulated

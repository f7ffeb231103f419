// 2Chat's handlers, by the file they stand in.
#pragma once

#include "api/twochat/dialect.h"
#include "core/channels/channel.h"

namespace parley::api::twochat {

using HandlerResult = base::Task<base::Result<http::Response>>;

// channels.cc
HandlerResult Ping(Call& call);
HandlerResult GetInfo(Call& call);
HandlerResult ListUsers(Call& call);
HandlerResult GetNumbers(Call& call);

// groups.cc
HandlerResult ListGroups(Call& call);
HandlerResult GetGroup(Call& call);
HandlerResult CreateGroup(Call& call);
HandlerResult AddParticipant(Call& call);
HandlerResult RemoveParticipant(Call& call);
HandlerResult PromoteParticipant(Call& call);
HandlerResult DemoteParticipant(Call& call);
HandlerResult SetGroupDescription(Call& call);
HandlerResult SetGroupPicture(Call& call);
HandlerResult GetGroupMessages(Call& call);

// messages.cc
// From when on messages are shown: what was before the number was connected never is. Whole
// seconds, as networks tell the time of a message.
std::optional<base::Time> ShownFrom(const core::Channel& channel);
// The caller's channel with that number; `field` is where it stands in the request. kNotFound says
// which number.
base::Task<base::Result<core::ChannelPtr>> ChannelOf(Call& call, std::string number,
                                                     std::string field);
base::Result<std::int64_t> PageNumber(const http::Request& request);
HandlerResult SendMessage(Call& call);
HandlerResult GetMessages(Call& call);

// pairing.cc
HandlerResult CreateChannel(Call& call);
HandlerResult GetChannel(Call& call);
HandlerResult DeleteChannel(Call& call);
HandlerResult GetChannelStatus(Call& call);
HandlerResult GetChannelQrCode(Call& call);
HandlerResult ConnectChannel(Call& call);
HandlerResult DisconnectChannel(Call& call);

// single_message.cc
HandlerResult GetMessage(Call& call);
HandlerResult DeleteMessage(Call& call);

// contacts.cc
HandlerResult CheckNumber(Call& call);
HandlerResult ListContacts(Call& call);
HandlerResult CreateContact(Call& call);
HandlerResult GetContact(Call& call);
HandlerResult UpdateContact(Call& call);
HandlerResult DeleteContact(Call& call);
HandlerResult ListConversations(Call& call);
HandlerResult SetProfilePicture(Call& call);
HandlerResult SetStatus(Call& call);

// webhooks.cc
HandlerResult ListChannelWebhooks(Call& call);
HandlerResult ListWebhooks(Call& call);
HandlerResult Subscribe(Call& call);
HandlerResult Unsubscribe(Call& call);

}  // namespace parley::api::twochat

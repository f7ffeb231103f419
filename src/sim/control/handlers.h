// The handlers behind the route table, by topic.
#pragma once

#include "sim/control/call.h"

namespace parley::sim::control {

// people.cc
Answer ListPeople(const Call& call);
Answer CreatePerson(const Call& call);
Answer GetPerson(const Call& call);
Answer ChangePerson(const Call& call);
Answer SetOnline(const Call& call);

// phone.cc
Answer GetInbox(const Call& call);
bool InboxHoldsNothing(const Call& call);
Answer GetOutbox(const Call& call);
Answer SendMessage(const Call& call);
Answer SendBroadcast(const Call& call);
Answer ReadMessages(const Call& call);

// modifiers.cc
Answer React(const Call& call);
Answer EditMessage(const Call& call);
Answer DeleteMessage(const Call& call);
Answer Vote(const Call& call);
Answer Choose(const Call& call);
Answer FillIn(const Call& call);

// contacts.cc
Answer CheckNumber(const Call& call);
Answer ListContacts(const Call& call);
Answer SaveContact(const Call& call);
Answer RemoveContact(const Call& call);
Answer ListBlocked(const Call& call);
Answer BlockNumber(const Call& call);
Answer UnblockNumber(const Call& call);
Answer GetPresence(const Call& call);
Answer SetPresence(const Call& call);

// calls.cc
Answer ListCalls(const Call& call);
Answer MakeCall(const Call& call);
Answer ActOnCall(const Call& call);

// chats.cc
Answer ListChats(const Call& call);
Answer ChangeChat(const Call& call);

// templates.cc
Answer ListTemplates(const Call& call);
Answer CreateTemplate(const Call& call);
Answer RemoveTemplate(const Call& call);
Answer ReviewTemplate(const Call& call);
Answer GetCommerce(const Call& call);
Answer SetCommerce(const Call& call);

// devices.cc
Answer Scan(const Call& call);
Answer EnterCode(const Call& call);
Answer ListDevices(const Call& call);
Answer UnlinkDevice(const Call& call);
Answer DisconnectDevice(const Call& call);

// messages.cc
Answer GetMessages(const Call& call);
Answer FailMessage(const Call& call);
Answer GetMedia(const Call& call);

// groups.cc
Answer ListGroups(const Call& call);
Answer CreateGroup(const Call& call);
Answer GetGroup(const Call& call);
Answer ChangeGroup(const Call& call);
Answer ChangeParticipants(const Call& call);
Answer LeaveGroup(const Call& call);
Answer MuteGroup(const Call& call);
Answer GetInvite(const Call& call);
Answer RevokeInvite(const Call& call);
Answer GetInvitedGroup(const Call& call);
Answer JoinGroup(const Call& call);
Answer ListJoinRequests(const Call& call);
Answer AnswerJoinRequests(const Call& call);
Answer ListNewsletters(const Call& call);
Answer CreateNewsletter(const Call& call);
Answer GetNewsletter(const Call& call);
Answer FollowNewsletter(const Call& call);
Answer UnfollowNewsletter(const Call& call);

// faults.cc
Answer ListFaults(const Call& call);
Answer CreateFault(const Call& call);
Answer DeleteFault(const Call& call);

// wire.cc
Answer GetWire(const Call& call);
Answer ListWireFaults(const Call& call);
Answer CreateWireFault(const Call& call);
Answer DeleteWireFault(const Call& call);
Answer DropOneTimeKeys(const Call& call);
Answer ChangePhone(const Call& call);

// cloud.cc
Answer GetCloud(const Call& call);
Answer ListCloudNumbers(const Call& call);
Answer GetCloudNumber(const Call& call);
base::Task<Answer> CreateCloudNumber(const Call* call);
base::Task<Answer> ChangeCloudNumber(const Call* call);
Answer DeleteCloudNumber(const Call& call);
Answer CreateCloudToken(const Call& call);
Answer RevokeCloudToken(const Call& call);
Answer ReceiveOnCloud(const Call& call);
Answer TellOnCloud(const Call& call);
Answer ListCloudFaults(const Call& call);
Answer CreateCloudFault(const Call& call);
Answer DeleteCloudFault(const Call& call);

// info.cc
Answer GetTime(const Call& call);
Answer GetHealth(const Call& call);
Answer GetOpenApi(const Call& call);

}  // namespace parley::sim::control

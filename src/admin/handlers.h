// The admin API's handlers, by the file they stand in.
#pragma once

#include "admin/service.h"

namespace parley::admin {

using HandlerResult = base::Task<base::Result<http::Response>>;

// sign_in.cc
HandlerResult BeginSession(Call& call);
HandlerResult GetSession(Call& call);
HandlerResult EndSession(Call& call);

// accounts.cc
HandlerResult ListAccounts(Call& call);
HandlerResult CreateAccount(Call& call);
HandlerResult GetAccount(Call& call);
HandlerResult ChangeAccount(Call& call);

// keys.cc
HandlerResult ListKeys(Call& call);
HandlerResult CreateKey(Call& call);
HandlerResult RenewKey(Call& call);
HandlerResult RevokeKey(Call& call);
HandlerResult CreateChannelKey(Call& call);

// channels.cc
HandlerResult ListChannels(Call& call);
HandlerResult ListAllChannels(Call& call);
HandlerResult CreateChannel(Call& call);
HandlerResult GetChannel(Call& call);
HandlerResult ChangeChannel(Call& call);
HandlerResult DeleteChannel(Call& call);
HandlerResult ConnectChannel(Call& call);
HandlerResult DisconnectChannel(Call& call);
HandlerResult RestartChannel(Call& call);
HandlerResult GetChannelHistory(Call& call);
HandlerResult PairChannel(Call& call);
HandlerResult GetOperation(Call& call);

// cloud.cc
HandlerResult GetCloud(Call& call);
HandlerResult SetCloud(Call& call);
HandlerResult CheckCloud(Call& call);

// newsletters.cc
HandlerResult ListNewsletters(Call& call);
HandlerResult CreateNewsletter(Call& call);
HandlerResult GetNewsletter(Call& call);
HandlerResult FindInvitedNewsletter(Call& call);
HandlerResult FollowNewsletter(Call& call);
HandlerResult UnfollowNewsletter(Call& call);
HandlerResult MuteNewsletter(Call& call);
HandlerResult UnmuteNewsletter(Call& call);

// messages.cc
HandlerResult GetMessage(Call& call);

// inbox.cc
HandlerResult ListChats(Call& call);
HandlerResult ListChatMessages(Call& call);
HandlerResult ReadWholeChat(Call& call);
HandlerResult SearchMessages(Call& call);

// sending.cc
HandlerResult SendMessage(Call& call);
HandlerResult ReactToMessage(Call& call);
HandlerResult VoteInPoll(Call& call);
HandlerResult EditMessage(Call& call);
HandlerResult RevokeMessage(Call& call);

// uploads.cc
HandlerResult UploadFile(Call& call);

// contacts.cc
HandlerResult ListContacts(Call& call);

// groups.cc
HandlerResult ListGroups(Call& call);
HandlerResult GetGroup(Call& call);
HandlerResult CreateGroup(Call& call);
HandlerResult ChangeGroup(Call& call);
HandlerResult SetGroupPicture(Call& call);
HandlerResult ChangeParticipants(Call& call);
HandlerResult GetInviteLink(Call& call);
HandlerResult RenewInviteLink(Call& call);
HandlerResult LeaveGroup(Call& call);

// templates.cc
HandlerResult ListTemplates(Call& call);
HandlerResult CreateTemplate(Call& call);
HandlerResult DeleteTemplate(Call& call);

// numbers.cc
HandlerResult DescribeNumber(Call& call);

// webhooks.cc
HandlerResult ListSubscriptions(Call& call);
HandlerResult GetSubscription(Call& call);
HandlerResult CreateSubscription(Call& call);
HandlerResult TestSubscription(Call& call);
HandlerResult EnableSubscription(Call& call);
HandlerResult SetSubscriptionSecret(Call& call);
HandlerResult DeleteSubscription(Call& call);
HandlerResult ReplayDeliveries(Call& call);

// deliveries.cc
HandlerResult ListDeliveries(Call& call);
HandlerResult GetDelivery(Call& call);

// events.cc
HandlerResult ListEvents(Call& call);
HandlerResult GetEvent(Call& call);
HandlerResult ListEventNames(Call& call);

// event_stream.cc
HandlerResult StreamEvents(Call& call);

// overview.cc
HandlerResult GetOverview(Call& call);

// activity_stream.cc
HandlerResult StreamActivity(Call& call);

// node.cc
HandlerResult GetNode(Call& call);
HandlerResult GetOpenApi(Call& call);
HandlerResult ListOptions(Call& call);

// native_client.cc
HandlerResult GetNativeClient(Call& call);
HandlerResult ChangeNativeClient(Call& call);

// backup.cc
HandlerResult MakeBackup(Call& call);

// health.cc
HandlerResult GetHealth(Call& call);
HandlerResult GetReady(Call& call);
HandlerResult GetMetrics(Call& call);

// An answer with a body, and one without.
template <base::HasFields T>
http::Response Reply(int status, const T& body) {
  return http::Response::Json(status, base::EncodeText(body));
}
inline http::Response NoContent() {
  http::Response response;
  response.status = 204;
  return response;
}

}  // namespace parley::admin

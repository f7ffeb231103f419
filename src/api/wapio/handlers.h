// Wapio's handlers, by the file they stand in.
#pragma once

#include "api/wapio/dialect.h"
#include "core/channels/channel.h"
#include "core/channels/proxy.h"
#include "core/contacts/person.h"
#include "core/groups/group.h"
#include "core/webhooks/webhooks.h"

namespace parley::api::wapio {

using HandlerResult = base::Task<base::Result<http::Response>>;

// messages.cc
HandlerResult SendMessage(Call& call);
HandlerResult GetMessageInfo(Call& call);
HandlerResult EditMessage(Call& call);
HandlerResult DeleteMessage(Call& call);
HandlerResult ResendMessage(Call& call);

// channels.cc
std::string_view StatusOf(core::ChannelState state);  // Wapio's word for it
HandlerResult ListSessions(Call& call);
HandlerResult CreateSession(Call& call);
HandlerResult GetSession(Call& call);
HandlerResult UpdateSession(Call& call);
HandlerResult DeleteSession(Call& call);
HandlerResult ConnectSession(Call& call);
HandlerResult DisconnectSession(Call& call);
HandlerResult RestartSession(Call& call);
HandlerResult GetStatus(Call& call);
HandlerResult GetUser(Call& call);
HandlerResult GetQrCode(Call& call);
HandlerResult RegenerateKey(Call& call);
HandlerResult GetOperation(Call& call);

// dashboard.cc
HandlerResult GetDashboard(Call& call);

// groups.cc
struct GroupMetadata;
GroupMetadata MetadataOf(const core::GroupInfo& info);
HandlerResult ListGroups(Call& call);
HandlerResult CreateGroup(Call& call);
HandlerResult GetGroup(Call& call);
HandlerResult ListParticipants(Call& call);
HandlerResult AddParticipants(Call& call);
HandlerResult RemoveParticipants(Call& call);
HandlerResult PromoteParticipants(Call& call);
HandlerResult DemoteParticipants(Call& call);
HandlerResult UpdateParticipants(Call& call);
HandlerResult UpdateGroupSettings(Call& call);
HandlerResult GetGroupPicture(Call& call);
HandlerResult GetInviteLink(Call& call);
HandlerResult LeaveGroup(Call& call);
HandlerResult GetInvitedGroup(Call& call);
HandlerResult AcceptInvite(Call& call);

// settings.cc
struct SettingsBody;
struct ProxyBody;
void Apply(const SettingsBody& body, core::ChannelSettings& settings);
base::Result<core::Proxy> ProxyOf(ProxyBody body);
// Of "scheme://user:password@host:port". Faults of "url".
base::Result<core::Proxy> ProxyAt(std::string_view url);
HandlerResult GetSettings(Call& call);
HandlerResult UpdateSettings(Call& call);
HandlerResult GetProxy(Call& call);
HandlerResult PutProxy(Call& call);
HandlerResult DeleteProxy(Call& call);

// logs.cc
HandlerResult GetMessageLogs(Call& call);
HandlerResult GetSessionLogs(Call& call);
HandlerResult GetWebhookDeliveries(Call& call);

// media.cc
HandlerResult UploadMedia(Call& call);
HandlerResult GetDownloadUrl(Call& call);
HandlerResult DecryptMedia(Call& call);
HandlerResult GrantUpload(Call& call);
HandlerResult PutMedia(Call& call);

// contacts.cc
// What is known of both addresses of somebody: from the store, as far as the caller's key may see
// it, or else from the network.
base::Task<base::Result<core::Peer>> BothAddresses(Call& call, core::ChannelPtr session,
                                                   core::Address who);
HandlerResult CheckOnWhatsApp(Call& call);
HandlerResult ListContacts(Call& call);
HandlerResult PutContact(Call& call);
HandlerResult GetContact(Call& call);
HandlerResult GetContactPicture(Call& call);
HandlerResult BlockContact(Call& call);
HandlerResult UnblockContact(Call& call);
HandlerResult SendPresence(Call& call);
HandlerResult GetPnFromLid(Call& call);
HandlerResult GetLidFromPn(Call& call);

// chats.cc
HandlerResult ListChats(Call& call);
HandlerResult GetChat(Call& call);
HandlerResult ReadChat(Call& call);
HandlerResult ReadMessages(Call& call);

// webhooks.cc
struct WebhookBody;
base::Result<core::NewSubscription> WantedOf(const WebhookBody& body);
// Makes it the session's only webhook.
base::Task<base::Result<core::Subscription>> SetWebhook(Call& call, core::ChannelPtr channel,
                                                        core::NewSubscription wanted);
HandlerResult GetWebhook(Call& call);
HandlerResult PutWebhook(Call& call);
HandlerResult DeleteWebhook(Call& call);

}  // namespace parley::api::wapio

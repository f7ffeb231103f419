// Wapio's routes.
#include "api/wapio/contact_schema.h"
#include "api/wapio/dashboard_schema.h"
#include "api/wapio/dialect.h"
#include "api/wapio/group_schema.h"
#include "api/wapio/handlers.h"
#include "api/wapio/log_schema.h"
#include "api/wapio/media_schema.h"
#include "api/wapio/session_schema.h"

namespace parley::api::wapio {
namespace {

using http::Method;

constexpr http::QuerySpec kListQuery[] = {
    {"status",
     "Comma list of pending, connecting, connected, disconnected, pending_deletion, deleted"},
    {"limit", "1 to 200, 50 when left out"},
    {"before_id", "The next_cursor of the page before"},
};
constexpr http::ResponseSpec kQueued[] = {
    {202, "Queued for dispatch", &base::Describe<SendReply>},
    {409, "The session has no phone, or the Idempotency-Key was used otherwise"},
    {422, "Validation failed"},
    {429, "Rate limit exceeded"},
};
constexpr http::ResponseSpec kDispatched[] = {
    {200, "Dispatched", &base::Describe<SendReply>},
    {404, "Unknown message"},
    {409, "Not possible (any more) with this message"},
};
constexpr http::ResponseSpec kInfo[] = {{200, "Message info", &base::Describe<MessageInfo>}};
constexpr http::ResponseSpec kConnecting[] = {
    {200, "The session; with the code to scan while it has no phone", &base::Describe<Session>},
    {409, "Connected already, or being deleted"}};
constexpr http::ResponseSpec kSession[] = {{200, "The session", &base::Describe<Session>}};
constexpr http::ResponseSpec kSessions[] = {{200, "Sessions", &base::Describe<SessionList>}};
constexpr http::ResponseSpec kCreated[] = {
    {201, "The session and its key, shown this once", &base::Describe<CreatedSession>}};
constexpr http::ResponseSpec kOperation[] = {
    {200, "The operation", &base::Describe<OperationReply>}};
constexpr http::ResponseSpec kDeletion[] = {
    {202, "Deletion queued", &base::Describe<OperationReply>}};
constexpr http::ResponseSpec kQr[] = {{200, "The code to scan", &base::Describe<QrReply>},
                                      {409, "Paired already"}};
constexpr http::ResponseSpec kKey[] = {{200, "A new key", &base::Describe<RenewedKey>}};
constexpr http::ResponseSpec kWebhook[] = {
    {200, "The webhook, or null", &base::Describe<WebhookReply>}};
constexpr http::QuerySpec kSessionQuery[] = {
    {"session_id", "The session; needed with an account token"},
};
constexpr http::QuerySpec kPartQuery[] = {
    {"session_id", "The session; needed with an account token"},
    {"paginated", "true: a part of the list, as {items, pagination} instead of data"},
    {"page", "With paginated: from 1"},
    {"limit", "With paginated: 1 to 200, 20 when left out"},
};
constexpr http::ResponseSpec kGroups[] = {
    {200, "The session's groups", &base::Describe<DataList<ListedGroup>>},
    {409, "The session is not connected"}};
constexpr http::ResponseSpec kGroupCreated[] = {
    {201, "The group, and what became of each participant", &base::Describe<CreatedGroupReply>}};
constexpr http::ResponseSpec kGroup[] = {{200, "The group", &base::Describe<GroupMetadata>},
                                         {404, "No such group, or the session is not in it"}};
constexpr http::ResponseSpec kParticipants[] = {
    {200, "Its participants", &base::Describe<DataList<ListedParticipant>>}};
constexpr http::ResponseSpec kResults[] = {
    {200, "One per participant", &base::Describe<DataList<ListedResult>>},
    {403, "Only admins of the group may do this"}};
constexpr http::ResponseSpec kSettings[] = {
    {200, "The settings that were given", &base::Describe<ChangedSettings>},
    {403, "Only admins of the group may do this"}};
constexpr http::ResponseSpec kPicture[] = {
    {200, "URL of the picture, or null", &base::Describe<PictureReply>}};
constexpr http::ResponseSpec kInvite[] = {{200, "The link", &base::Describe<InviteLinkReply>},
                                          {403, "Only admins of the group may do this"}};
constexpr http::ResponseSpec kLeft[] = {{200, "Done", &base::Describe<DoneReply>}};
constexpr http::ResponseSpec kJoined[] = {
    {200, "Joined, or asked to", &base::Describe<JoinedReply>},
    {404, "No group has this code, or not any more"},
    {409, "In the group already, or it is full"}};
constexpr http::ResponseSpec kNoContent[] = {{204, "Done"}};
constexpr http::ResponseSpec kRestarted[] = {{200, "The session", &base::Describe<Session>},
                                             {409, "Not paired, or being deleted"}};
constexpr http::ResponseSpec kSwitches[] = {{200, "The settings", &base::Describe<SettingsReply>}};
constexpr http::ResponseSpec kProxy[] = {
    {200, "The proxy without its password, or null", &base::Describe<ProxyReply>}};
constexpr http::ResponseSpec kStatus[] = {{200, "The status", &base::Describe<StatusReply>}};
constexpr http::ResponseSpec kUser[] = {{200, "The paired account", &base::Describe<UserReply>},
                                        {409, "Never paired"}};
constexpr http::QuerySpec kLogQuery[] = {
    {"limit", "1 to 200, 50 when left out"},
    {"cursor", "The next_cursor of the page before"},
};
constexpr http::QuerySpec kDeliveryQuery[] = {
    {"status", "pending, delivered or failed"},
    {"limit", "1 to 200, 50 when left out; a page ends with a whole event"},
    {"cursor", "The next_cursor of the page before"},
};
constexpr http::ResponseSpec kMessageLogs[] = {
    {200, "Newest first; gone with the messages (--keep-messages)", &base::Describe<MessageLogs>}};
constexpr http::ResponseSpec kSessionLogs[] = {
    {200, "Newest first; gone with the events (--keep-events)", &base::Describe<SessionLogs>}};
constexpr http::ResponseSpec kDeliveryLogs[] = {
    {200, "Newest first; gone with their events (--keep-events)", &base::Describe<DeliveryLogs>}};
constexpr http::ResponseSpec kUploaded[] = {{201, "Stored", &base::Describe<MediaReply>}};
constexpr http::ResponseSpec kGranted[] = {{201, "Where the bytes go", &base::Describe<GrantReply>},
                                           {422, "Not a kind of media, or too large"}};
constexpr http::ResponseSpec kMedia[] = {{200, "Where it is", &base::Describe<MediaReply>}};
constexpr std::size_t kFileBody = kMaxFileText + (1 << 20);
constexpr http::ResponseSpec kDashboard[] = {
    {200, "The overview", &base::Describe<DashboardReply>}};
constexpr http::ResponseSpec kOnWhatsApp[] = {{200, "Resolved", &base::Describe<OnWhatsApp>}};
constexpr http::ResponseSpec kContacts[] = {{200, "Contacts", &base::Describe<ContactList>}};
constexpr http::ResponseSpec kContact[] = {{200, "The contact", &base::Describe<Contact>}};
constexpr http::ResponseSpec kDone[] = {{200, "Done", &base::Describe<MessageReply>},
                                        {409, "The session is not connected"}};
constexpr http::ResponseSpec kLid[] = {{200, "The LID", &base::Describe<LidReply>}};
constexpr http::ResponseSpec kPn[] = {{200, "The number's JID", &base::Describe<PnReply>}};
constexpr http::ResponseSpec kChats[] = {
    {200, "Those written in last come first", &base::Describe<ChatList>}};
constexpr http::ResponseSpec kChat[] = {{200, "The chat", &base::Describe<ListedChat>}};

// A row in the order of its parts.
constexpr Row Route(Method method, std::string_view path, std::string_view summary,
                    base::json::object (*body)(), std::span<const http::QuerySpec> query,
                    std::span<const http::ResponseSpec> answers, Handler handler,
                    Access access = Access::kAny) {
  return Row{http::RouteSpec{method, path, summary, body, query, answers}, access, handler};
}
constexpr Row Limited(Row row, std::size_t max_body) {
  row.spec.max_body = max_body;
  return row;
}
constexpr Row Bare(Row row) {
  row.enveloped = false;
  return row;
}

constexpr Row kRoutes[] = {
    Route(Method::kPost, "/api/send-message", "Send a message", &base::Describe<SendMessageBody>,
          {}, kQueued, &SendMessage),
    Route(Method::kGet, "/api/messages/{message_id}/info", "Delivery info of a message", nullptr,
          {}, kInfo, &GetMessageInfo),
    Route(Method::kDelete, "/api/messages/{message_id}", "Delete a message for everybody", nullptr,
          {}, kDispatched, &DeleteMessage),
    Route(Method::kPut, "/api/messages/{message_id}", "Edit a message", &base::Describe<EditBody>,
          {}, kDispatched, &EditMessage),
    Route(Method::kPost, "/api/messages/{message_id}/edit", "Edit a message",
          &base::Describe<EditBody>, {}, kDispatched, &EditMessage),
    Route(Method::kPost, "/api/messages/{message_id}/resend", "Send a message again, as a new one",
          nullptr, {}, kDispatched, &ResendMessage),
    Route(Method::kGet, "/api/groups", "List groups", nullptr, kPartQuery, kGroups, &ListGroups),
    Route(Method::kPost, "/api/groups", "Create a group", &base::Describe<NewGroupBody>, {},
          kGroupCreated, &CreateGroup),
    Route(Method::kGet, "/api/groups/{group_jid}", "Get a group", nullptr, kSessionQuery, kGroup,
          &GetGroup),
    Route(Method::kGet, "/api/groups/{group_jid}/metadata", "Get a group's metadata", nullptr,
          kSessionQuery, kGroup, &GetGroup),
    Route(Method::kGet, "/api/groups/{group_jid}/participants", "List a group's participants",
          nullptr, kSessionQuery, kParticipants, &ListParticipants),
    Route(Method::kPost, "/api/groups/{group_jid}/participants", "Add participants",
          &base::Describe<ParticipantsBody>, {}, kResults, &AddParticipants),
    Route(Method::kDelete, "/api/groups/{group_jid}/participants", "Remove participants",
          &base::Describe<ParticipantsBody>, {}, kResults, &RemoveParticipants),
    Route(Method::kPost, "/api/groups/{group_jid}/participants/add", "Add participants",
          &base::Describe<ParticipantsBody>, {}, kResults, &AddParticipants),
    Route(Method::kPost, "/api/groups/{group_jid}/participants/remove", "Remove participants",
          &base::Describe<ParticipantsBody>, {}, kResults, &RemoveParticipants),
    Route(Method::kPost, "/api/groups/{group_jid}/participants/promote", "Make participants admins",
          &base::Describe<ParticipantsBody>, {}, kResults, &PromoteParticipants),
    Route(Method::kPost, "/api/groups/{group_jid}/participants/demote", "Make admins members",
          &base::Describe<ParticipantsBody>, {}, kResults, &DemoteParticipants),
    Route(Method::kPut, "/api/groups/{group_jid}/participants/update",
          "Add, remove, promote or demote participants", &base::Describe<UpdateParticipantsBody>,
          {}, kResults, &UpdateParticipants),
    Route(Method::kPut, "/api/groups/{group_jid}/settings",
          "Change subject, description and settings of a group", &base::Describe<GroupSettingsBody>,
          {}, kSettings, &UpdateGroupSettings),
    Route(Method::kGet, "/api/groups/{group_jid}/picture", "URL of a group's picture", nullptr,
          kSessionQuery, kPicture, &GetGroupPicture),
    Route(Method::kGet, "/api/groups/{group_jid}/invite-link", "A group's invite link", nullptr,
          kSessionQuery, kInvite, &GetInviteLink),
    Route(Method::kPost, "/api/groups/{group_jid}/leave", "Leave a group",
          &base::Describe<SessionOnlyBody>, {}, kLeft, &LeaveGroup),
    Route(Method::kGet, "/api/groups/invite/{invite_code}", "The group behind an invite code",
          nullptr, kSessionQuery, kGroup, &GetInvitedGroup),
    Route(Method::kPost, "/api/groups/invite/accept", "Join a group by an invite code",
          &base::Describe<AcceptInviteBody>, {}, kJoined, &AcceptInvite),
    Route(Method::kPost, "/api/messages/read", "Mark messages as read", &base::Describe<ReadBody>,
          {}, kDone, &ReadMessages),
    Route(Method::kPost, "/api/send-presence-update", "Show presence or typing",
          &base::Describe<PresenceBody>, {}, kDone, &SendPresence),
    Route(Method::kGet, "/api/on-whatsapp/{phone}", "Whether a number is on WhatsApp", nullptr,
          kSessionQuery, kOnWhatsApp, &CheckOnWhatsApp),
    Route(Method::kGet, "/api/contacts", "List contacts", nullptr, kPartQuery, kContacts,
          &ListContacts),
    Route(Method::kPut, "/api/contacts", "Write a contact", &base::Describe<SavedContactBody>, {},
          kContact, &PutContact),
    Route(Method::kGet, "/api/contacts/{contact}", "Get a contact", nullptr, kSessionQuery,
          kContact, &GetContact),
    Route(Method::kGet, "/api/contacts/{contact}/picture", "A contact's picture", nullptr,
          kSessionQuery, kPicture, &GetContactPicture),
    Route(Method::kPost, "/api/contacts/{contact}/block", "Block a contact",
          &base::Describe<SessionOnlyBody>, {}, kDone, &BlockContact),
    Route(Method::kPost, "/api/contacts/{contact}/unblock", "Unblock a contact",
          &base::Describe<SessionOnlyBody>, {}, kDone, &UnblockContact),
    Route(Method::kGet, "/api/pn-from-lid/{lid}", "The number behind a LID", nullptr, kSessionQuery,
          kPn, &GetPnFromLid),
    Route(Method::kGet, "/api/lid-from-pn/{pn}", "The LID of a number", nullptr, kSessionQuery,
          kLid, &GetLidFromPn),
    Route(Method::kGet, "/api/chats", "List chats", nullptr, kSessionQuery, kChats, &ListChats),
    Route(Method::kGet, "/api/chats/{jid}", "Get a chat", nullptr, kSessionQuery, kChat, &GetChat),
    Route(Method::kPost, "/api/chats/{jid}/read", "Mark a chat as read",
          &base::Describe<SessionOnlyBody>, {}, kDone, &ReadChat),
    Route(Method::kGet, "/v1/whatsapp-sessions", "List sessions", nullptr, kListQuery, kSessions,
          &ListSessions),
    Route(Method::kPost, "/v1/whatsapp-sessions", "Create a session", &base::Describe<SessionBody>,
          {}, kCreated, &CreateSession, Access::kAccount),
    Route(Method::kGet, "/v1/whatsapp-sessions/{session_id}", "Get a session", nullptr, {},
          kSession, &GetSession),
    Route(Method::kPatch, "/v1/whatsapp-sessions/{session_id}", "Change label, number and settings",
          &base::Describe<SessionBody>, {}, kSession, &UpdateSession),
    // COMPAT: npm wasenderapi 0.4.0 says PUT.
    Route(Method::kPut, "/v1/whatsapp-sessions/{session_id}", "Change label, number and settings",
          &base::Describe<SessionBody>, {}, kSession, &UpdateSession),
    Route(Method::kDelete, "/v1/whatsapp-sessions/{session_id}", "Delete a session", nullptr, {},
          kDeletion, &DeleteSession, Access::kAccount),
    Route(Method::kPost, "/v1/whatsapp-sessions/{session_id}/connect", "Connect a session", nullptr,
          {}, kConnecting, &ConnectSession),
    Route(Method::kPost, "/v1/whatsapp-sessions/{session_id}/disconnect", "Disconnect a session",
          nullptr, {}, kSession, &DisconnectSession),
    Route(Method::kGet, "/v1/whatsapp-sessions/{session_id}/qrcode", "The pairing QR code", nullptr,
          {}, kQr, &GetQrCode),
    Route(Method::kPost, "/v1/whatsapp-sessions/{session_id}/regenerate-key",
          "Rotate the session key", nullptr, {}, kKey, &RegenerateKey, Access::kAccount),
    Route(Method::kGet, "/v1/whatsapp-sessions/{session_id}/webhook", "The session's webhook",
          nullptr, {}, kWebhook, &GetWebhook),
    Route(Method::kPut, "/v1/whatsapp-sessions/{session_id}/webhook", "Set the session's webhook",
          &base::Describe<WebhookBody>, {}, kWebhook, &PutWebhook, Access::kAccount),
    Route(Method::kDelete, "/v1/whatsapp-sessions/{session_id}/webhook",
          "Remove the session's webhook", nullptr, {}, kNoContent, &DeleteWebhook,
          Access::kAccount),
    Route(Method::kPost, "/v1/whatsapp-sessions/{session_id}/restart", "Restart the session",
          nullptr, {}, kRestarted, &RestartSession),
    Route(Method::kGet, "/v1/whatsapp-sessions/{session_id}/settings", "The settings", nullptr, {},
          kSwitches, &GetSettings),
    Route(Method::kPatch, "/v1/whatsapp-sessions/{session_id}/settings", "Change settings",
          &base::Describe<SettingsBody>, {}, kSwitches, &UpdateSettings),
    Route(Method::kGet, "/v1/whatsapp-sessions/{session_id}/proxy",
          "The proxy. Kept for links that open connections of their own; the simulated network "
          "uses none",
          nullptr, {}, kProxy, &GetProxy),
    Route(Method::kPut, "/v1/whatsapp-sessions/{session_id}/proxy", "Set the proxy",
          &base::Describe<ProxyBody>, {}, kProxy, &PutProxy, Access::kAccount),
    Route(Method::kDelete, "/v1/whatsapp-sessions/{session_id}/proxy", "Remove the proxy", nullptr,
          {}, kNoContent, &DeleteProxy, Access::kAccount),
    Route(Method::kGet, "/api/whatsapp-sessions/{session_id}/message-logs",
          "Messages of the session, of both directions", nullptr, kLogQuery, kMessageLogs,
          &GetMessageLogs),
    Route(Method::kGet, "/api/whatsapp-sessions/{session_id}/session-logs",
          "Changes of the session's status", nullptr, kLogQuery, kSessionLogs, &GetSessionLogs),
    Route(Method::kGet, "/api/whatsapp-sessions/{session_id}/webhook-deliveries",
          "What was posted to the session's webhook", nullptr, kDeliveryQuery, kDeliveryLogs,
          &GetWebhookDeliveries),
    // COMPAT: npm wasenderapi 0.4.0 reads the status bare; the PHP SDK takes both.
    Bare(Route(Method::kGet, "/api/status", "Status of the session", nullptr, kSessionQuery,
               kStatus, &GetStatus)),
    Route(Method::kGet, "/api/user", "The account that the session is paired with", nullptr,
          kSessionQuery, kUser, &GetUser),
    Limited(Route(Method::kPost, "/api/upload", "Store a file, to send it by its URL",
                  &base::Describe<UploadBody>, {}, kUploaded, &UploadMedia),
            kFileBody),
    Route(Method::kPost, "/api/media", "Leave to upload a file without a token",
          &base::Describe<GrantBody>, {}, kGranted, &GrantUpload),
    Route(Method::kPut, "/api/media/{upload}", "Upload a file: the address is the permission",
          nullptr, {}, kMedia, &PutMedia, Access::kAnybody),
    Route(Method::kGet, "/v1/media/{media_id}/download-url", "URL of stored media", nullptr, {},
          kMedia, &GetDownloadUrl),
    Route(Method::kPost, "/v1/media/decrypt", "URL of media that arrived in a message",
          &base::Describe<DecryptBody>, {}, kMedia, &DecryptMedia),
    Route(Method::kPost, "/api/decrypt-media", "URL of media that arrived in a message",
          &base::Describe<DecryptBody>, {}, kMedia, &DecryptMedia),
    Route(Method::kGet, "/v1/operations/{operation_id}", "State of an operation", nullptr, {},
          kOperation, &GetOperation),
    Route(Method::kGet, "/v1/me/dashboard-overview", "The account at a glance", nullptr, {},
          kDashboard, &GetDashboard, Access::kAccount),
};

}  // namespace

std::span<const Row> Routes() { return kRoutes; }

}  // namespace parley::api::wapio

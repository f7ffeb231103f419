// Wapio's routes, and the way of a request through the dialect.
#include "api/wapio/auth.h"
#include "api/wapio/contact_schema.h"
#include "api/wapio/dialect.h"
#include "api/wapio/errors.h"
#include "api/wapio/group_schema.h"
#include "api/wapio/handlers.h"
#include "api/wapio/log_schema.h"
#include "api/wapio/media_schema.h"
#include "api/wapio/schema.h"
#include "api/wapio/session_schema.h"
#include "base/uuid.h"

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
constexpr http::ResponseSpec kMedia[] = {{200, "Where it is", &base::Describe<MediaReply>}};
constexpr std::size_t kFileBody = kMaxFileText + (1 << 20);
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

constexpr Row kRoutes[] = {
    {{Method::kPost,
      "/api/send-message",
      "Send a message",
      &base::Describe<SendMessageBody>,
      {},
      kQueued},
     Access::kAny,
     &SendMessage},
    {{Method::kGet,
      "/api/messages/{message_id}/info",
      "Delivery info of a message",
      nullptr,
      {},
      kInfo},
     Access::kAny,
     &GetMessageInfo},
    {{Method::kDelete,
      "/api/messages/{message_id}",
      "Delete a message for everybody",
      nullptr,
      {},
      kDispatched},
     Access::kAny,
     &DeleteMessage},
    {{Method::kPut,
      "/api/messages/{message_id}",
      "Edit a message",
      &base::Describe<EditBody>,
      {},
      kDispatched},
     Access::kAny,
     &EditMessage},
    {{Method::kPost,
      "/api/messages/{message_id}/edit",
      "Edit a message",
      &base::Describe<EditBody>,
      {},
      kDispatched},
     Access::kAny,
     &EditMessage},
    {{Method::kPost,
      "/api/messages/{message_id}/resend",
      "Send a message again, as a new one",
      nullptr,
      {},
      kDispatched},
     Access::kAny,
     &ResendMessage},
    {{Method::kGet, "/api/groups", "List groups", nullptr, kSessionQuery, kGroups},
     Access::kAny,
     &ListGroups},
    {{Method::kPost,
      "/api/groups",
      "Create a group",
      &base::Describe<NewGroupBody>,
      {},
      kGroupCreated},
     Access::kAny,
     &CreateGroup},
    {{Method::kGet, "/api/groups/{group_jid}", "Get a group", nullptr, kSessionQuery, kGroup},
     Access::kAny,
     &GetGroup},
    {{Method::kGet, "/api/groups/{group_jid}/metadata", "Get a group's metadata", nullptr,
      kSessionQuery, kGroup},
     Access::kAny,
     &GetGroup},
    {{Method::kGet, "/api/groups/{group_jid}/participants", "List a group's participants", nullptr,
      kSessionQuery, kParticipants},
     Access::kAny,
     &ListParticipants},
    {{Method::kPost,
      "/api/groups/{group_jid}/participants",
      "Add participants",
      &base::Describe<ParticipantsBody>,
      {},
      kResults},
     Access::kAny,
     &AddParticipants},
    {{Method::kDelete,
      "/api/groups/{group_jid}/participants",
      "Remove participants",
      &base::Describe<ParticipantsBody>,
      {},
      kResults},
     Access::kAny,
     &RemoveParticipants},
    {{Method::kPost,
      "/api/groups/{group_jid}/participants/add",
      "Add participants",
      &base::Describe<ParticipantsBody>,
      {},
      kResults},
     Access::kAny,
     &AddParticipants},
    {{Method::kPost,
      "/api/groups/{group_jid}/participants/remove",
      "Remove participants",
      &base::Describe<ParticipantsBody>,
      {},
      kResults},
     Access::kAny,
     &RemoveParticipants},
    {{Method::kPost,
      "/api/groups/{group_jid}/participants/promote",
      "Make participants admins",
      &base::Describe<ParticipantsBody>,
      {},
      kResults},
     Access::kAny,
     &PromoteParticipants},
    {{Method::kPost,
      "/api/groups/{group_jid}/participants/demote",
      "Make admins members",
      &base::Describe<ParticipantsBody>,
      {},
      kResults},
     Access::kAny,
     &DemoteParticipants},
    {{Method::kPut,
      "/api/groups/{group_jid}/participants/update",
      "Add, remove, promote or demote participants",
      &base::Describe<UpdateParticipantsBody>,
      {},
      kResults},
     Access::kAny,
     &UpdateParticipants},
    {{Method::kPut,
      "/api/groups/{group_jid}/settings",
      "Change subject, description and settings of a group",
      &base::Describe<GroupSettingsBody>,
      {},
      kSettings},
     Access::kAny,
     &UpdateGroupSettings},
    {{Method::kGet, "/api/groups/{group_jid}/picture", "URL of a group's picture", nullptr,
      kSessionQuery, kPicture},
     Access::kAny,
     &GetGroupPicture},
    {{Method::kGet, "/api/groups/{group_jid}/invite-link", "A group's invite link", nullptr,
      kSessionQuery, kInvite},
     Access::kAny,
     &GetInviteLink},
    {{Method::kPost,
      "/api/groups/{group_jid}/leave",
      "Leave a group",
      &base::Describe<SessionOnlyBody>,
      {},
      kLeft},
     Access::kAny,
     &LeaveGroup},
    {{Method::kGet, "/api/groups/invite/{invite_code}", "The group behind an invite code", nullptr,
      kSessionQuery, kGroup},
     Access::kAny,
     &GetInvitedGroup},
    {{Method::kPost,
      "/api/groups/invite/accept",
      "Join a group by an invite code",
      &base::Describe<AcceptInviteBody>,
      {},
      kJoined},
     Access::kAny,
     &AcceptInvite},
    {{Method::kPost,
      "/api/messages/read",
      "Mark messages as read",
      &base::Describe<ReadBody>,
      {},
      kDone},
     Access::kAny,
     &ReadMessages},
    {{Method::kPost,
      "/api/send-presence-update",
      "Show presence or typing",
      &base::Describe<PresenceBody>,
      {},
      kDone},
     Access::kAny,
     &SendPresence},
    {{Method::kGet, "/api/on-whatsapp/{phone}", "Whether a number is on WhatsApp", nullptr,
      kSessionQuery, kOnWhatsApp},
     Access::kAny,
     &CheckOnWhatsApp},
    {{Method::kGet, "/api/contacts", "List contacts", nullptr, kSessionQuery, kContacts},
     Access::kAny,
     &ListContacts},
    {{Method::kPut,
      "/api/contacts",
      "Write a contact",
      &base::Describe<SavedContactBody>,
      {},
      kContact},
     Access::kAny,
     &PutContact},
    {{Method::kGet, "/api/contacts/{contact}", "Get a contact", nullptr, kSessionQuery, kContact},
     Access::kAny,
     &GetContact},
    {{Method::kGet, "/api/contacts/{contact}/picture", "A contact's picture", nullptr,
      kSessionQuery, kPicture},
     Access::kAny,
     &GetContactPicture},
    {{Method::kPost,
      "/api/contacts/{contact}/block",
      "Block a contact",
      &base::Describe<SessionOnlyBody>,
      {},
      kDone},
     Access::kAny,
     &BlockContact},
    {{Method::kPost,
      "/api/contacts/{contact}/unblock",
      "Unblock a contact",
      &base::Describe<SessionOnlyBody>,
      {},
      kDone},
     Access::kAny,
     &UnblockContact},
    {{Method::kGet, "/api/pn-from-lid/{lid}", "The number behind a LID", nullptr, kSessionQuery,
      kPn},
     Access::kAny,
     &GetPnFromLid},
    {{Method::kGet, "/api/lid-from-pn/{pn}", "The LID of a number", nullptr, kSessionQuery, kLid},
     Access::kAny,
     &GetLidFromPn},
    {{Method::kGet, "/api/chats", "List chats", nullptr, kSessionQuery, kChats},
     Access::kAny,
     &ListChats},
    {{Method::kGet, "/api/chats/{jid}", "Get a chat", nullptr, kSessionQuery, kChat},
     Access::kAny,
     &GetChat},
    {{Method::kPost,
      "/api/chats/{jid}/read",
      "Mark a chat as read",
      &base::Describe<SessionOnlyBody>,
      {},
      kDone},
     Access::kAny,
     &ReadChat},
    {{Method::kGet, "/v1/whatsapp-sessions", "List sessions", nullptr, kListQuery, kSessions},
     Access::kAny,
     &ListSessions},
    {{Method::kPost,
      "/v1/whatsapp-sessions",
      "Create a session",
      &base::Describe<SessionBody>,
      {},
      kCreated},
     Access::kAccount,
     &CreateSession},
    {{Method::kGet, "/v1/whatsapp-sessions/{session_id}", "Get a session", nullptr, {}, kSession},
     Access::kAny,
     &GetSession},
    {{Method::kPatch,
      "/v1/whatsapp-sessions/{session_id}",
      "Change label, number and settings",
      &base::Describe<SessionBody>,
      {},
      kSession},
     Access::kAny,
     &UpdateSession},
    {{Method::kDelete,
      "/v1/whatsapp-sessions/{session_id}",
      "Delete a session",
      nullptr,
      {},
      kDeletion},
     Access::kAccount,
     &DeleteSession},
    {{Method::kPost,
      "/v1/whatsapp-sessions/{session_id}/connect",
      "Connect a session",
      nullptr,
      {},
      kSession},
     Access::kAny,
     &ConnectSession},
    {{Method::kPost,
      "/v1/whatsapp-sessions/{session_id}/disconnect",
      "Disconnect a session",
      nullptr,
      {},
      kSession},
     Access::kAny,
     &DisconnectSession},
    {{Method::kGet,
      "/v1/whatsapp-sessions/{session_id}/qrcode",
      "The pairing QR code",
      nullptr,
      {},
      kQr},
     Access::kAny,
     &GetQrCode},
    {{Method::kPost,
      "/v1/whatsapp-sessions/{session_id}/regenerate-key",
      "Rotate the session key",
      nullptr,
      {},
      kKey},
     Access::kAccount,
     &RegenerateKey},
    {{Method::kGet,
      "/v1/whatsapp-sessions/{session_id}/webhook",
      "The session's webhook",
      nullptr,
      {},
      kWebhook},
     Access::kAny,
     &GetWebhook},
    {{Method::kPut,
      "/v1/whatsapp-sessions/{session_id}/webhook",
      "Set the session's webhook",
      &base::Describe<WebhookBody>,
      {},
      kWebhook},
     Access::kAccount,
     &PutWebhook},
    {{Method::kDelete,
      "/v1/whatsapp-sessions/{session_id}/webhook",
      "Remove the session's webhook",
      nullptr,
      {},
      kNoContent},
     Access::kAccount,
     &DeleteWebhook},
    {{Method::kPost,
      "/v1/whatsapp-sessions/{session_id}/restart",
      "Restart the session",
      nullptr,
      {},
      kRestarted},
     Access::kAny,
     &RestartSession},
    {{Method::kGet,
      "/v1/whatsapp-sessions/{session_id}/settings",
      "The settings",
      nullptr,
      {},
      kSwitches},
     Access::kAny,
     &GetSettings},
    {{Method::kPatch,
      "/v1/whatsapp-sessions/{session_id}/settings",
      "Change settings",
      &base::Describe<SettingsBody>,
      {},
      kSwitches},
     Access::kAny,
     &UpdateSettings},
    {{Method::kGet,
      "/v1/whatsapp-sessions/{session_id}/proxy",
      "The proxy. Kept for links that open connections of their own; the simulated network uses "
      "none",
      nullptr,
      {},
      kProxy},
     Access::kAny,
     &GetProxy},
    {{Method::kPut,
      "/v1/whatsapp-sessions/{session_id}/proxy",
      "Set the proxy",
      &base::Describe<ProxyBody>,
      {},
      kProxy},
     Access::kAccount,
     &PutProxy},
    {{Method::kDelete,
      "/v1/whatsapp-sessions/{session_id}/proxy",
      "Remove the proxy",
      nullptr,
      {},
      kNoContent},
     Access::kAccount,
     &DeleteProxy},
    {{Method::kGet, "/api/whatsapp-sessions/{session_id}/message-logs",
      "Messages of the session, of both directions", nullptr, kLogQuery, kMessageLogs},
     Access::kAny,
     &GetMessageLogs},
    {{Method::kGet, "/api/whatsapp-sessions/{session_id}/session-logs",
      "Changes of the session's status", nullptr, kLogQuery, kSessionLogs},
     Access::kAny,
     &GetSessionLogs},
    {{Method::kGet, "/api/whatsapp-sessions/{session_id}/webhook-deliveries",
      "What was posted to the session's webhook", nullptr, kDeliveryQuery, kDeliveryLogs},
     Access::kAny,
     &GetWebhookDeliveries},
    {{Method::kGet, "/api/status", "Status of the session", nullptr, kSessionQuery, kStatus},
     Access::kAny,
     &GetStatus},
    {{Method::kGet, "/api/user", "The account that the session is paired with", nullptr,
      kSessionQuery, kUser},
     Access::kAny,
     &GetUser},
    {{Method::kPost,
      "/api/upload",
      "Store a file, to send it by its URL",
      &base::Describe<UploadBody>,
      {},
      kUploaded,
      kFileBody},
     Access::kAny,
     &UploadMedia},
    {{Method::kGet,
      "/v1/media/{media_id}/download-url",
      "URL of stored media",
      nullptr,
      {},
      kMedia},
     Access::kAny,
     &GetDownloadUrl},
    {{Method::kPost,
      "/v1/media/decrypt",
      "URL of media that arrived in a message",
      &base::Describe<DecryptBody>,
      {},
      kMedia},
     Access::kAny,
     &DecryptMedia},
    {{Method::kPost,
      "/api/decrypt-media",
      "URL of media that arrived in a message",
      &base::Describe<DecryptBody>,
      {},
      kMedia},
     Access::kAny,
     &DecryptMedia},
    {{Method::kGet,
      "/v1/operations/{operation_id}",
      "State of an operation",
      nullptr,
      {},
      kOperation},
     Access::kAny,
     &GetOperation},
};

class Dialect final : public http::Service {
 public:
  explicit Dialect(core::Services& core) : core_(core), router_(kRoutes) {}

  std::size_t BodyLimit(const http::Request& head) const override {
    const Match match = router_.Find(head.method, head.path());
    return match.row != nullptr ? match.row->spec.max_body : http::kDefaultBodyLimit;
  }

  base::Task<http::Response> Handle(http::Request request) override {
    core::Admission admission;
    http::Response response = co_await Answer(request, admission);
    if (admission.rate) AddRateHeaders(*admission.rate, core_.scheduler.Now(), response.headers);
    if (admission.caller && admission.caller->account.settings.wapio_envelope) Envelop(response);
    response.headers.Set("X-Request-Id", RequestId(request));
    co_return response;
  }

 private:
  // Both outlive the call.
  base::Task<http::Response> Answer(const http::Request& request, core::Admission& admission) {
    const Match match = router_.Find(request.method, request.path());
    if (match.row == nullptr && !match.path_known)
      co_return EncodeError(base::ErrorCode::kNotFound);
    if (match.row == nullptr) {
      http::Response response = EncodeError(base::ErrorCode::kMethodNotAllowed);
      response.headers.Set("Allow", http::AllowValue(match.allowed));
      co_return response;
    }
    admission = co_await Authenticate(core_.directory, request);
    if (admission.error) co_return EncodeError(*admission.error);
    if (match.row->access == Access::kAccount && admission.caller->credential.channel)
      co_return EncodeError(base::Error(base::ErrorCode::kForbidden,
                                        "This route needs an account token (bps_pat_...)"));
    Call call(core_, request, match, admission.caller);
    auto result = co_await match.row->handler(call);
    if (!result) co_return EncodeError(result.error());
    co_return std::move(*result);
  }

  // {"success": true, "data": ...} around successful answers on /api and /v1, for clients of that
  // generation.
  static void Envelop(http::Response& response) {
    auto* text = std::get_if<std::string>(&response.body);
    if (text == nullptr || response.status >= 300 || response.status == 204) return;
    *text = "{\"success\":true,\"data\":" + (text->empty() ? "null" : *text) + "}";
  }

  std::string RequestId(const http::Request& request) {
    const std::string_view given = request.headers.Get("X-Request-Id");
    if (!given.empty() && given.size() <= 128) return std::string(given);
    return base::MakeUuidV7(core_.scheduler.Now(), core_.random).ToText();
  }

  core::Services& core_;
  const http::Router<Row> router_;
};

}  // namespace

std::unique_ptr<http::Service> MakeDialect(core::Services& core) {
  return std::make_unique<Dialect>(core);
}

std::span<const Row> Routes() { return kRoutes; }

}  // namespace parley::api::wapio

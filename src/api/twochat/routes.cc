// 2Chat's routes, and the way of a request through the dialect.
#include "api/twochat/auth.h"
#include "api/twochat/channel_schema.h"
#include "api/twochat/dialect.h"
#include "api/twochat/errors.h"
#include "api/twochat/group_schema.h"
#include "api/twochat/handlers.h"
#include "api/twochat/schema.h"

namespace parley::api::twochat {
namespace {

using http::Method;

constexpr http::QuerySpec kNumbersQuery[] = {
    {"status", "connected, disconnected or all"},
    {"page_number", "From 0"},
    {"results_per_page", "Up to 200, 50 when left out"},
};
constexpr http::QuerySpec kPageQuery[] = {{"page_number", "From 0; 100 messages a page"}};
constexpr http::ResponseSpec kDone[] = {{200, "Done", &base::Describe<Success>}};
constexpr http::ResponseSpec kInfo[] = {{200, "Account and limits", &base::Describe<Info>}};
constexpr http::ResponseSpec kNumbers[] = {{200, "Numbers", &base::Describe<NumberList>}};
constexpr http::ResponseSpec kMessages[] = {{200, "Messages", &base::Describe<MessageList>}};
constexpr http::QuerySpec kGroupPageQuery[] = {{"page_number", "From 0; 50 messages a page"}};
constexpr http::ResponseSpec kGroups[] = {
    {200, "Groups that the number is in", &base::Describe<GroupList>}};
constexpr http::ResponseSpec kGroup[] = {
    {200, "The group with owner_data and participants", &base::Describe<ListedGroup>},
    {404, "Unknown group"}};
constexpr http::ResponseSpec kGroupCreated[] = {
    {201, "The group, and what became of each participant"}};
constexpr http::ResponseSpec kChanged[] = {{200, "What became of each participant"},
                                           {403, "Only admins of the group may do this"},
                                           {404, "Unknown group"}};
constexpr http::ResponseSpec kSent[] = {{200, "Accepted for sending", &base::Describe<SendReply>}};
constexpr http::ResponseSpec kWebhooks[] = {
    {200, "Enabled webhooks", &base::Describe<WebhookList>}};
constexpr http::ResponseSpec kSubscribed[] = {
    {200, "The subscription", &base::Describe<SubscribeReply>}};
constexpr http::QuerySpec kCheckQuery[] = {
    {"extra-information", "false leaves out whatsapp_info"},
};
constexpr http::QuerySpec kContactsQuery[] = {
    {"page_number", "From 0"},
    {"results_per_page", "Up to 100, 50 when left out"},
};
constexpr http::QuerySpec kSearchQuery[] = {
    {"q", "With /open/contacts/search: a part of a name or number"},
    {"page_number", "From 0"},
    {"results_per_page", "Up to 100, 50 when left out"},
};
constexpr http::QuerySpec kConversationsQuery[] = {{"page_number", "From 0; 10 a page"}};
constexpr http::ResponseSpec kChecked[] = {{200, "What is known", &base::Describe<CheckReply>}};
constexpr http::ResponseSpec kContacts[] = {{200, "Contacts", &base::Describe<ContactList>}};
constexpr http::ResponseSpec kContact[] = {
    {200, "The contact; a list as of /open/contacts for /open/contacts/search",
     &base::Describe<ContactReply>}};
constexpr http::ResponseSpec kNewContact[] = {{201, "The contact", &base::Describe<ContactReply>}};
constexpr http::ResponseSpec kConversations[] = {
    {200, "Those written in last come first; from one page to the next, to a minute",
     &base::Describe<ConversationList>}};

constexpr http::ResponseSpec kUsers[] = {{200, "Users", &base::Describe<UserList>}};
constexpr http::ResponseSpec kMade[] = {
    {201, "The channel, which waits for its phone", &base::Describe<ChannelReply>}};
constexpr http::ResponseSpec kChannel[] = {{200, "The channel", &base::Describe<ChannelReply>}};
constexpr http::ResponseSpec kDeleting[] = {{202, "Is being deleted", &base::Describe<Success>}};
constexpr http::ResponseSpec kStatus[] = {{200, "Its status", &base::Describe<ChannelStatus>}};
constexpr http::ResponseSpec kQr[] = {{200, "The code to scan", &base::Describe<QrReply>},
                                      {409, "Paired already"}};
constexpr http::ResponseSpec kSwitched[] = {{200, "Done", &base::Describe<Success>},
                                            {409, "Not in its present state"}};
constexpr http::ResponseSpec kMessage[] = {
    {200, "The message", &base::Describe<SingleMessageReply>}};
constexpr http::ResponseSpec kRevoked[] = {
    {200, "Is being deleted for everybody", &base::Describe<Success>},
    {409, "Somebody else's, or deleted before"}};

constexpr Row kRoutes[] = {
    {{Method::kGet, "/ping", "Check the API key", nullptr, {}, kDone}, &Ping},
    {{Method::kGet, "/open/info", "Account information", nullptr, {}, kInfo}, &GetInfo},
    {{Method::kGet, "/open/whatsapp/get-numbers", "List numbers", nullptr, kNumbersQuery, kNumbers},
     &GetNumbers},
    {{Method::kPost,
      "/open/whatsapp/send-message",
      "Send a message",
      &base::Describe<SendMessageBody>,
      {},
      kSent},
     &SendMessage},
    {{Method::kGet, "/open/whatsapp/messages/{your_number}", "Messages of a number", nullptr,
      kPageQuery, kMessages},
     &GetMessages},
    {{Method::kGet, "/open/whatsapp/messages/{your_number}/{remote_number}",
      "Messages with one person", nullptr, kPageQuery, kMessages},
     &GetMessages},
    {{Method::kGet, "/open/whatsapp/groups/{your_number}", "List groups", nullptr, {}, kGroups},
     &ListGroups},
    {{Method::kGet, "/open/whatsapp/groups/messages/{group_uuid}", "Messages of a group", nullptr,
      kGroupPageQuery, kMessages},
     &GetGroupMessages},
    {{Method::kGet,
      "/open/whatsapp/group/{group_uuid}",
      "A group and its participants",
      nullptr,
      {},
      kGroup},
     &GetGroup},
    {{Method::kPost,
      "/open/whatsapp/group/create",
      "Create a group",
      &base::Describe<NewGroupBody>,
      {},
      kGroupCreated},
     &CreateGroup},
    {{Method::kPost,
      "/open/whatsapp/group/{group_uuid}/add-participant",
      "Add people to a group",
      &base::Describe<ParticipantsBody>,
      {},
      kChanged},
     &AddParticipant},
    {{Method::kPost,
      "/open/whatsapp/group/{group_uuid}/remove-participant",
      "Remove people from a group",
      &base::Describe<ParticipantsBody>,
      {},
      kChanged},
     &RemoveParticipant},
    {{Method::kPost,
      "/open/whatsapp/group/{group_uuid}/promote-participant",
      "Make people admins of a group",
      &base::Describe<ParticipantsBody>,
      {},
      kChanged},
     &PromoteParticipant},
    {{Method::kPost,
      "/open/whatsapp/group/{group_uuid}/demote-participant",
      "Make admins of a group members",
      &base::Describe<ParticipantsBody>,
      {},
      kChanged},
     &DemoteParticipant},
    {{Method::kPost,
      "/open/whatsapp/group/{group_uuid}/set-description",
      "Set a group's description",
      &base::Describe<DescriptionBody>,
      {},
      kDone},
     &SetGroupDescription},
    {{Method::kPost,
      "/open/whatsapp/group/{group_uuid}/set-picture",
      "Set a group's picture",
      &base::Describe<PictureBody>,
      {},
      kDone},
     &SetGroupPicture},
    {{Method::kGet, "/open/whatsapp/check-number/{your_number}/{target}",
      "Whether a number is on WhatsApp", nullptr, kCheckQuery, kChecked},
     &CheckNumber},
    {{Method::kGet, "/open/whatsapp/conversations/{channel_uuid}", "List conversations", nullptr,
      kConversationsQuery, kConversations},
     &ListConversations},
    {{Method::kPost,
      "/open/whatsapp/set-profile-picture/{your_number}",
      "Set the number's picture",
      &base::Describe<PictureBody>,
      {},
      kDone},
     &SetProfilePicture},
    {{Method::kPost,
      "/open/whatsapp/set-status/{your_number}",
      "Set the line below the name",
      &base::Describe<StatusBody>,
      {},
      kDone},
     &SetStatus},
    {{Method::kGet, "/open/contacts", "List contacts", nullptr, kContactsQuery, kContacts},
     &ListContacts},
    {{Method::kPost,
      "/open/contacts",
      "Create a contact",
      &base::Describe<ContactBody>,
      {},
      kNewContact},
     &CreateContact},
    {{Method::kGet, "/open/contacts/{contact_uuid}", "Get a contact, or search for some", nullptr,
      kSearchQuery, kContact},
     &GetContact},
    {{Method::kPut,
      "/open/contacts/{contact_uuid}",
      "Change a contact",
      &base::Describe<ContactBody>,
      {},
      kContact},
     &UpdateContact},
    {{Method::kDelete, "/open/contacts/{contact_uuid}", "Delete a contact", nullptr, {}, kDone},
     &DeleteContact},
    {{Method::kGet, "/open/webhooks", "List webhooks", nullptr, {}, kWebhooks}, &ListWebhooks},
    {{Method::kPost,
      "/open/webhooks/subscribe/{event}",
      "Subscribe to an event",
      &base::Describe<SubscribeBody>,
      {},
      kSubscribed},
     &Subscribe},
    {{Method::kDelete, "/open/webhooks/{webhook_uuid}", "Delete a webhook", nullptr, {}, kDone},
     &Unsubscribe},
    {{Method::kGet, "/open/users", "Users of the account", nullptr, {}, kUsers}, &ListUsers},
    {{Method::kPost,
      "/open/whatsapp/channel/create",
      "Make a channel",
      &base::Describe<CreateChannelBody>,
      {},
      kMade},
     &CreateChannel},
    {{Method::kGet,
      "/open/whatsapp/channel/{channel_uuid}",
      "Get a channel",
      nullptr,
      {},
      kChannel},
     &GetChannel},
    {{Method::kDelete,
      "/open/whatsapp/channel/{channel_uuid}",
      "Delete a channel",
      nullptr,
      {},
      kDeleting},
     &DeleteChannel},
    {{Method::kGet,
      "/open/whatsapp/channel/{channel_uuid}/status",
      "Status of a channel",
      nullptr,
      {},
      kStatus},
     &GetChannelStatus},
    {{Method::kGet,
      "/open/whatsapp/channel/{channel_uuid}/qr-code",
      "The pairing QR code",
      nullptr,
      {},
      kQr},
     &GetChannelQrCode},
    {{Method::kPost,
      "/open/whatsapp/channel/{channel_uuid}/connect",
      "Connect a channel",
      nullptr,
      {},
      kSwitched},
     &ConnectChannel},
    {{Method::kPost,
      "/open/whatsapp/channel/{channel_uuid}/disconnect",
      "Disconnect a channel",
      nullptr,
      {},
      kSwitched},
     &DisconnectChannel},
    {{Method::kGet,
      "/open/whatsapp/message/{session_key}/{message_uuid}",
      "Get a message",
      nullptr,
      {},
      kMessage},
     &GetMessage},
    {{Method::kDelete,
      "/open/whatsapp/message/{session_key}/{message_uuid}",
      "Delete a message for everybody",
      nullptr,
      {},
      kRevoked},
     &DeleteMessage},
    {{Method::kGet,
      "/open/webhooks/channel/{channel_uuid}",
      "List the webhooks of a channel",
      nullptr,
      {},
      kWebhooks},
     &ListChannelWebhooks},
};

class Dialect final : public http::Service {
 public:
  explicit Dialect(core::Services& core) : core_(core), router_(kRoutes) {}

  std::size_t BodyLimit(const http::Request& head) const override {
    const Match match = router_.Find(head.method, head.path());
    return match.row != nullptr ? match.row->spec.max_body : http::kDefaultBodyLimit;
  }

  base::Task<http::Response> Handle(http::Request request) override {
    const Match match = router_.Find(request.method, request.path());
    if (match.row == nullptr && !match.path_known)
      co_return EncodeError(base::ErrorCode::kNotFound);
    if (match.row == nullptr) {
      http::Response response = EncodeError(base::ErrorCode::kMethodNotAllowed);
      response.headers.Set("Allow", http::AllowValue(match.allowed));
      co_return response;
    }
    const core::Admission admission = co_await Authenticate(core_.directory, request);
    // Where it reads that it is blocked, and why.
    const bool may_ask = admission.caller && match.row->handler == &GetInfo;
    if (admission.error && !may_ask) co_return EncodeError(*admission.error);
    if (admission.rate && !admission.rate->allowed)
      co_return EncodeError(core::ErrorOf(*admission.rate));
    Call call(core_, request, match, admission.caller);
    auto result = co_await match.row->handler(call);
    if (!result) co_return EncodeError(result.error());
    co_return std::move(*result);
  }

 private:
  core::Services& core_;
  const http::Router<Row> router_;
};

}  // namespace

std::unique_ptr<http::Service> MakeDialect(core::Services& core) {
  return std::make_unique<Dialect>(core);
}

std::span<const Row> Routes() { return kRoutes; }

}  // namespace parley::api::twochat

// 2Chat's routes, and the way of a request through the dialect.
#include "api/twochat/auth.h"
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
    if (admission.error) co_return EncodeError(*admission.error);
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

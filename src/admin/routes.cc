// The admin API's routes, and the way of a request through it.
#include "admin/account_schema.h"
#include "admin/auth.h"
#include "admin/channel_schema.h"
#include "admin/errors.h"
#include "admin/handlers.h"
#include "admin/message_schema.h"
#include "admin/newsletter_schema.h"
#include "admin/node_schema.h"
#include "admin/number_schema.h"
#include "admin/query.h"
#include "admin/schema.h"
#include "admin/service.h"
#include "admin/webhook_schema.h"

namespace parley::admin {
namespace {

using base::Describe;
using http::QuerySpec;
using http::ResponseSpec;
using enum http::Method;

constexpr QuerySpec kPage[] = {
    {"after", "`next` of the page before"},
    {"limit", "Up to 500, 50 when left out"},
};
constexpr QuerySpec kDeliveryQuery[] = {
    {"subscription", "Of this subscription only"},
    {"state", "waiting, parked, done or dead"},
    {"before", "`next` of the page before: events below this position"},
    {"limit", "Up to 500, 50 when left out; a page holds whole events, so it may be a bit longer"},
};
constexpr QuerySpec kEventQuery[] = {
    {"after", "A position, `next` of the call before; the oldest event when left out"},
    {"limit", "Up to 500, 50 when left out"},
    {"wait", "Seconds to wait when there is nothing yet, up to 60"},
    {"account", "Of this account only"},
    {"channel", "Of this channel only"},
};
constexpr QuerySpec kStreamQuery[] = {
    {"after",
     "A position; only what comes from now on when left out. A Last-Event-ID header, "
     "which browsers send, counts more"},
    {"account", "Of this account only"},
    {"channel", "Of this channel only"},
};

constexpr ResponseSpec kBackup[] = {
    {200, "What the backup holds, after all of it is on the disk", &Describe<BackupView>},
    {409, "The folder holds something else", &Describe<ErrorReply>},
};
constexpr ResponseSpec kNativeClient[] = {
    {200, "As it is now", &Describe<NativeClientView>},
    {422, "This server has no native channels", &Describe<ErrorReply>},
};
constexpr ResponseSpec kDone[] = {{204, "Done"}};
constexpr ResponseSpec kAccount[] = {{200, "The account", &Describe<AccountView>}};
constexpr ResponseSpec kNewAccount[] = {{201, "The account", &Describe<AccountView>}};
constexpr ResponseSpec kAccounts[] = {{200, "Oldest first", &Describe<AccountList>}};
constexpr ResponseSpec kKeys[] = {
    {200, "Oldest first; keys themselves are not kept", &Describe<KeyList>}};
constexpr ResponseSpec kNewKey[] = {{201, "The key, this once", &Describe<IssuedKeyView>}};
constexpr ResponseSpec kRenewedKey[] = {
    {200, "The key in its place, this once; the old one has stopped working",
     &Describe<IssuedKeyView>}};
constexpr ResponseSpec kChannel[] = {{200, "The channel", &Describe<ChannelView>}};
constexpr ResponseSpec kMovedChannel[] = {
    {200, "The channel", &Describe<ChannelView>},
    {409, "Not possible in its state", &Describe<ErrorReply>}};
constexpr ResponseSpec kNewChannel[] = {{201, "The channel", &Describe<ChannelView>}};
constexpr ResponseSpec kCloud[] = {
    {200, "Without the token and the secret", &Describe<CloudView>},
    {404, "It is not connected by the Cloud API", &Describe<ErrorReply>},
};
constexpr ResponseSpec kChannels[] = {{200, "Newest first", &Describe<ChannelList>}};
constexpr ResponseSpec kPairing[] = {
    {200, "A QR text, or a code when `phone` was given", &Describe<PairReply>},
    {409, "It is paired already", &Describe<ErrorReply>},
    {504, "The network offers none", &Describe<ErrorReply>}};
constexpr ResponseSpec kAccepted[] = {
    {202, "It goes on by itself, also after a restart", &Describe<OperationView>}};
constexpr ResponseSpec kOperation[] = {{200, "The operation", &Describe<OperationView>}};
constexpr ResponseSpec kNewsletter[] = {
    {200, "The newsletter, as the network says it is now", &Describe<NewsletterView>},
    {404, "There is none", &Describe<ErrorReply>},
    {409, "The channel is not connected, or the number cannot do that", &Describe<ErrorReply>}};
constexpr ResponseSpec kNewNewsletter[] = {{201, "The newsletter", &Describe<NewsletterView>}};
constexpr ResponseSpec kNewsletters[] = {
    {200, "Those that the channel's number owns or follows", &Describe<NewsletterList>}};
constexpr ResponseSpec kMessage[] = {{200, "The message", &Describe<MessageView>}};
constexpr ResponseSpec kSubscription[] = {{200, "The subscription", &Describe<SubscriptionView>}};
constexpr ResponseSpec kSecret[] = {
    {200, "The secret, this once; the next post is signed with it", &Describe<SecretReply>}};
constexpr ResponseSpec kSubscriptions[] = {
    {200, "Oldest first, without their secrets", &Describe<SubscriptionList>}};
constexpr ResponseSpec kDeliveries[] = {{200, "Newest event first", &Describe<DeliveryList>}};
constexpr ResponseSpec kReplayed[] = {{200, "How many are posted again", &Describe<ReplayReply>}};
constexpr ResponseSpec kEvents[] = {
    {200, "In order; empty when nothing came in time", &Describe<EventList>},
    {410, "Older than what is kept; the text names the oldest position", &Describe<ErrorReply>}};
constexpr ResponseSpec kStream[] = {
    {200, "text/event-stream: id = position, event = name, data = the event as in the list"},
    {410, "Older than what is kept", &Describe<ErrorReply>}};
constexpr ResponseSpec kNumber[] = {
    {200, "What the digits tell; nobody is asked", &Describe<NumberView>}};
constexpr ResponseSpec kNode[] = {{200, "Version and figures", &Describe<NodeView>}};
constexpr ResponseSpec kDocument[] = {{200, "OpenAPI 3.1 of all APIs"}};
constexpr ResponseSpec kHealth[] = {{200, "Requests are served", &Describe<HealthReply>}};
constexpr ResponseSpec kReady[] = {
    {200, "The gateway is started and the store can commit a write", &Describe<ReadyReply>},
    {503, "Why not", &Describe<ReadyReply>}};
constexpr ResponseSpec kMetricsText[] = {{200, "Prometheus text format"}};

#define ACCOUNT "/parley/v1/accounts/{account_id}"
#define CHANNEL ACCOUNT "/channels/{channel_id}"
#define NEWSLETTER CHANNEL "/newsletters/{newsletter}"
#define SUBSCRIPTION ACCOUNT "/subscriptions/{subscription_id}"

constexpr Row kRoutes[] = {
    {{kGet, "/parley/v1/accounts", "List accounts", nullptr, kPage, kAccounts}, &ListAccounts},
    {{kPost, "/parley/v1/accounts", "Make an account", &Describe<NewAccountBody>, {}, kNewAccount},
     &CreateAccount},
    {{kGet, ACCOUNT, "Get an account", nullptr, {}, kAccount}, &GetAccount},
    {{kPatch, ACCOUNT, "Change an account", &Describe<ChangedAccountBody>, {}, kAccount},
     &ChangeAccount},

    {{kGet, ACCOUNT "/keys", "List keys", nullptr, kPage, kKeys}, &ListKeys},
    {{kPost, ACCOUNT "/keys", "Make a key", &Describe<NewKeyBody>, {}, kNewKey}, &CreateKey},
    {{kPost, ACCOUNT "/keys/{fingerprint}/renew", "Replace a key", nullptr, {}, kRenewedKey},
     &RenewKey},
    {{kDelete, ACCOUNT "/keys/{fingerprint}", "Revoke a key", nullptr, {}, kDone}, &RevokeKey},

    {{kGet, ACCOUNT "/channels", "List channels", nullptr, kPage, kChannels}, &ListChannels},
    {{kPost, ACCOUNT "/channels", "Make a channel", &Describe<NewChannelBody>, {}, kNewChannel},
     &CreateChannel},
    {{kGet, CHANNEL, "Get a channel", nullptr, {}, kChannel}, &GetChannel},
    {{kPatch, CHANNEL, "Change a channel", &Describe<ChangedChannelBody>, {}, kMovedChannel},
     &ChangeChannel},
    {{kDelete, CHANNEL, "Delete a channel", nullptr, {}, kAccepted}, &DeleteChannel},
    {{kPost, CHANNEL "/connect", "Connect a channel", nullptr, {}, kMovedChannel}, &ConnectChannel},
    {{kPost, CHANNEL "/disconnect", "Disconnect a channel", nullptr, {}, kMovedChannel},
     &DisconnectChannel},
    {{kGet, CHANNEL "/cloud", "Get what connects it by the Cloud API", nullptr, {}, kCloud},
     &GetCloud},
    {{kPut,
      CHANNEL "/cloud",
      "Give it new Cloud API credentials, used at once",
      &Describe<CloudBody>,
      {},
      kCloud},
     &SetCloud},
    {{kPost, CHANNEL "/pair", "Offer pairing", &Describe<PairBody>, {}, kPairing}, &PairChannel},
    {{kPost,
      CHANNEL "/keys",
      "Make a key that sees this channel alone; the one before stops working",
      &Describe<NewChannelKeyBody>,
      {},
      kNewKey},
     &CreateChannelKey},
    {{kGet,
      "/parley/v1/operations/{account_id}/{operation_id}",
      "Get an operation",
      nullptr,
      {},
      kOperation},
     &GetOperation},

    {{kGet, CHANNEL "/newsletters", "List newsletters", nullptr, {}, kNewsletters},
     &ListNewsletters},
    {{kPost,
      CHANNEL "/newsletters",
      "Make a newsletter",
      &Describe<NewNewsletterBody>,
      {},
      kNewNewsletter},
     &CreateNewsletter},
    {{kGet,
      CHANNEL "/newsletter-invites/{code}",
      "Look at the newsletter that an invite code leads to",
      nullptr,
      {},
      kNewsletter},
     &FindInvitedNewsletter},
    {{kGet, NEWSLETTER, "Look at any newsletter", nullptr, {}, kNewsletter}, &GetNewsletter},
    {{kPost, NEWSLETTER "/follow", "Follow a newsletter", nullptr, {}, kNewsletter},
     &FollowNewsletter},
    {{kPost, NEWSLETTER "/unfollow", "Follow a newsletter no longer", nullptr, {}, kNewsletter},
     &UnfollowNewsletter},
    {{kPost, NEWSLETTER "/mute", "Mute a newsletter on the phone", nullptr, {}, kNewsletter},
     &MuteNewsletter},
    {{kPost, NEWSLETTER "/unmute", "Unmute a newsletter on the phone", nullptr, {}, kNewsletter},
     &UnmuteNewsletter},

    {{kGet,
      ACCOUNT "/messages/{message_id}",
      "Get a message with its history",
      nullptr,
      {},
      kMessage},
     &GetMessage},

    {{kGet, ACCOUNT "/subscriptions", "List webhook subscriptions", nullptr, kPage, kSubscriptions},
     &ListSubscriptions},
    {{kGet, SUBSCRIPTION, "Get a webhook subscription", nullptr, {}, kSubscription},
     &GetSubscription},
    {{kPost,
      SUBSCRIPTION "/enable",
      "Switch a webhook subscription on again",
      nullptr,
      {},
      kSubscription},
     &EnableSubscription},
    {{kPost,
      SUBSCRIPTION "/secret",
      "Set the secret that a webhook's posts are signed with",
      &Describe<SecretBody>,
      {},
      kSecret},
     &SetSubscriptionSecret},
    {{kDelete, SUBSCRIPTION, "Delete a webhook subscription", nullptr, {}, kDone},
     &DeleteSubscription},
    {{kPost,
      SUBSCRIPTION "/replay",
      "Post deliveries of a range of events again",
      &Describe<ReplayBody>,
      {},
      kReplayed},
     &ReplayDeliveries},
    {{kGet, ACCOUNT "/deliveries", "List deliveries", nullptr, kDeliveryQuery, kDeliveries},
     &ListDeliveries},

    {{kGet, "/parley/v1/events", "List events", nullptr, kEventQuery, kEvents}, &ListEvents},
    {{kGet, "/parley/v1/events/stream", "Follow events", nullptr, kStreamQuery, kStream},
     &StreamEvents},

    {{kGet, "/parley/v1/numbers/{number}", "Describe a phone number", nullptr, {}, kNumber},
     &DescribeNumber},

    {{kGet, "/parley/v1/node", "Version and figures of this node", nullptr, {}, kNode}, &GetNode},
    {{kGet,
      "/parley/v1/node/client",
      "What native channels say of themselves to the network",
      nullptr,
      {},
      kNativeClient},
     &GetNativeClient},
    {{kPatch,
      "/parley/v1/node/client",
      "Change it for the connections to come, until the next start",
      &Describe<NativeClientChange>,
      {},
      kNativeClient},
     &ChangeNativeClient},
    {{kPost,
      "/parley/v1/backup",
      "Back up the data folder of the running server",
      &Describe<BackupBody>,
      {},
      kBackup},
     &MakeBackup},
    {{kGet, "/parley/openapi.json", "This description", nullptr, {}, kDocument},
     &GetOpenApi,
     Access::kOpen},
    {{kGet, "/healthz", "Whether requests are served", nullptr, {}, kHealth},
     &GetHealth,
     Access::kOpen},
    {{kGet, "/readyz", "Whether the node can do its work", nullptr, {}, kReady},
     &GetReady,
     Access::kOpen},
    {{kGet, "/metrics", "Figures for Prometheus", nullptr, {}, kMetricsText},
     &GetMetrics,
     Access::kOpen},
};

class AdminService final : public Admin {
 public:
  AdminService(core::Services& core, Node& node) : context_(core, node), router_(kRoutes) {}

  std::size_t BodyLimit(const http::Request& head) const override {
    const Match match = router_.Find(head.method, head.path());
    return match.row != nullptr ? match.row->spec.max_body : http::kDefaultBodyLimit;
  }

  base::Task<http::Response> Handle(http::Request request) override {
    const Match match = router_.Find(request.method, request.path());
    if (match.row == nullptr && !match.path_known)
      co_return EncodeError(base::Error(base::ErrorCode::kNotFound,
                                        "No such route; GET /parley/openapi.json lists them"));
    if (match.row == nullptr) {
      http::Response response = EncodeError(base::ErrorCode::kMethodNotAllowed);
      response.headers.Set("Allow", http::AllowValue(match.allowed));
      co_return response;
    }
    if (match.row->access == Access::kToken) {
      const core::Admission admission = co_await Authenticate(context_.core.directory, request);
      if (admission.error) co_return EncodeError(*admission.error);
    }
    if (auto checked = CheckQuery(request, match.row->spec); !checked)
      co_return EncodeError(checked.error());
    Call call(context_, request, match);
    auto result = co_await match.row->handler(call);
    if (!result) co_return EncodeError(result.error());
    co_return std::move(*result);
  }

  void EndWaits() override { context_.events.Stop(); }

 private:
  Context context_;
  const http::Router<Row> router_;
};

}  // namespace

std::unique_ptr<Admin> MakeAdmin(core::Services& core, Node& node) {
  return std::make_unique<AdminService>(core, node);
}

std::span<const Row> Routes() { return kRoutes; }

}  // namespace parley::admin

// The routes of the admin API: webhook subscriptions and deliveries.
#include "admin/handlers.h"
#include "admin/route_tables.h"
#include "admin/webhook_schema.h"

namespace parley::admin {
namespace {

using base::Describe;
using http::QuerySpec;
using http::ResponseSpec;
using enum http::Method;

constexpr QuerySpec kDeliveryQuery[] = {
    {"subscription", "Of this subscription only"},
    {"state", "waiting, parked, done or dead"},
    {"before", "`next` of the page before: events below this position"},
    {"limit", "Up to 500, 50 when left out; a page holds whole events, so it may be a bit longer"},
};
constexpr QuerySpec kOneDeliveryQuery[] = {
    {"name", "Of the payload, when the event has several; the first when left out"},
};

constexpr ResponseSpec kNewSubscription[] = {
    {201, "The subscription, from now on", &Describe<SubscriptionView>},
    {409, "The channel has as many of this dialect as it may have", &Describe<ErrorReply>},
    {422, "Faults of the body, or an address that must not be posted to", &Describe<ErrorReply>}};
constexpr ResponseSpec kTested[] = {
    {200, "What was posted and what came back, whatever that was", &Describe<TestReply>}};
constexpr ResponseSpec kDelivery[] = {
    {200, "The delivery with its request and answer", &Describe<DeliveryDetailView>},
    {404, "There is none, or it is no longer kept", &Describe<ErrorReply>}};
constexpr ResponseSpec kSubscription[] = {{200, "The subscription", &Describe<SubscriptionView>}};
constexpr ResponseSpec kSecret[] = {
    {200, "The secret, this once; the next post is signed with it", &Describe<SecretReply>}};
constexpr ResponseSpec kSubscriptions[] = {
    {200, "Oldest first, without their secrets", &Describe<SubscriptionList>}};
constexpr ResponseSpec kDeliveries[] = {{200, "Newest event first", &Describe<DeliveryList>}};
constexpr ResponseSpec kReplayed[] = {{200, "How many are posted again", &Describe<ReplayReply>}};

#define SUBSCRIPTION ACCOUNT "/subscriptions/{subscription_id}"

constexpr Row kWebhookRoutes[] = {
    {{kGet, ACCOUNT "/subscriptions", "List webhook subscriptions", nullptr, kPage, kSubscriptions},
     &ListSubscriptions},
    {{kPost,
      ACCOUNT "/subscriptions",
      "Make a webhook subscription, as the dialect itself would",
      &Describe<NewSubscriptionBody>,
      {},
      kNewSubscription},
     &CreateSubscription},
    {{kGet, SUBSCRIPTION, "Get a webhook subscription", nullptr, {}, kSubscription},
     &GetSubscription},
    {{kPost,
      SUBSCRIPTION "/test",
      "Post a made-up message to a webhook now; nothing of it is kept",
      nullptr,
      {},
      kTested},
     &TestSubscription},
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
    {{kGet, ACCOUNT "/deliveries/{subscription_id}/{position}",
      "Get a delivery with its request and answer", nullptr, kOneDeliveryQuery, kDelivery},
     &GetDelivery},
};

}  // namespace

std::span<const Row> WebhookRoutes() { return kWebhookRoutes; }

}  // namespace parley::admin

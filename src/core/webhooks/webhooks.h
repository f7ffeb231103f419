// Operations on webhook subscriptions and deliveries, as dialects and the admin API call them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "core/accounts/account.h"
#include "core/channels/channel.h"
#include "core/secrets.h"
#include "core/store.h"
#include "core/webhooks/delivery_port.h"
#include "core/webhooks/subscribe.h"
#include "core/webhooks/webhook_post.h"
#include "core/webhooks/webhook_store.h"

namespace parley::core {

inline constexpr std::size_t kMaxWebhookUrl = 2048;
inline constexpr std::size_t kMaxSubscriptionsPerChannel = 100;  // of one dialect

// Says whether Parley may post to a URL: well-formed, resolvable, and not inside a network that the
// operator did not allow.
class UrlPolicy {
 public:
  virtual ~UrlPolicy() = default;
  virtual base::Task<base::Result<void>> Check(std::string url) = 0;
};

// One delivery with what belongs to it.
struct DeliveryDetail {
  Delivery delivery;
  // None when the payload can no longer be made: its event is gone, or no longer wanted.
  std::optional<ShownPost> post;
};

struct TestPost {
  ShownPost post;
  PostAnswer answer;
};

struct DeliveryPage {
  std::vector<Delivery> rows;  // newest event first
  bool more = false;
};

// Thread: its store's scheduler.
class Webhooks {
 public:
  Webhooks(Store& store, base::Random& random, Secrets& secrets, UrlPolicy& urls,
           DeliveryPort& deliverer, WebhookPost& post, const EventEncoders& encoders)
      : store_(store),
        random_(random),
        secrets_(secrets),
        urls_(urls),
        deliverer_(deliverer),
        post_(post),
        encoders_(encoders) {}

  // Whether a subscription may have this URL, as the operations below look too: for callers that do
  // something else first.
  base::Task<base::Result<void>> CheckUrl(std::string url) { return urls_.Check(std::move(url)); }

  // Errors: kInvalidFields or kAddressRefused for the URL; kInvalidState when the channel has
  // kMaxSubscriptionsPerChannel of the dialect.
  base::Task<base::Result<Subscription>> Subscribe(AccountRow account,
                                                   std::optional<ChannelRow> channel,
                                                   Dialect dialect, NewSubscription wanted);
  // The same by the dialect's own rules, for callers that are not it: faults of "events", and
  // kInvalidState when the channel has as many as the dialect knows. A subscription of all channels
  // has no channel.
  base::Task<base::Result<Subscription>> SubscribeByRules(Account account, ChannelPtr channel,
                                                          Dialect dialect, NewSubscription wanted);
  // Makes the subscriptions of (channel, dialect) exactly these. One whose URL stays, or the only
  // one when it moves, keeps its place in the event log, and its secret when none is given; it is
  // switched on again.
  base::Task<base::Result<std::vector<Subscription>>> Replace(AccountRow account,
                                                              ChannelRow channel, Dialect dialect,
                                                              std::vector<NewSubscription> wanted);
  // Sets the parameters of all subscriptions of (channel, dialect).
  base::Task<base::Result<void>> SetParameters(AccountRow account, ChannelRow channel,
                                               Dialect dialect, SubscriptionParameters parameters);
  // kNotFound also for one of another dialect.
  base::Task<base::Result<void>> Delete(AccountRow account, Dialect dialect, SubscriptionId id);
  base::Task<base::Result<std::vector<Subscription>>> List(AccountRow account,
                                                           SubscriptionStore::Filter filter);
  base::Task<base::Result<Subscription>> Get(AccountRow account, SubscriptionId id);
  // Switches it on again, whoever switched it off; it goes on from its place in the event log. One
  // that is on is tried again at once.
  base::Task<base::Result<Subscription>> Enable(AccountRow account, SubscriptionId id);

  // Gives it this signing secret, or draws one, and answers it: nothing else ever shows it. Every
  // post from then on is signed with it alone, also one that was tried before.
  base::Task<base::Result<std::string>> SetSecret(AccountRow account, SubscriptionId id,
                                                  std::optional<std::string> secret);

  base::Task<base::Result<std::vector<Delivery>>> Deliveries(AccountRow account,
                                                             DeliveryStore::Filter filter);
  // A page of whole events, for callers whose cursor is an event, which may have several
  // deliveries: it ends before the event at which the limit falls, unless that event alone fills
  // it. In any of these states; empty = as the filter says.
  base::Task<base::Result<DeliveryPage>> PageOfDeliveries(AccountRow account,
                                                          DeliveryStore::Filter filter,
                                                          std::vector<DeliveryState> states);
  // kNotFound. `name`: of the payload, as an event may have several; empty: the first.
  base::Task<base::Result<DeliveryDetail>> GetDelivery(AccountRow account, SubscriptionId id,
                                                       EventPosition event, std::string name);
  // Posts a made-up message to the subscriber, as its dialect would (webhooks/trial_event.h), and
  // tells what it answered. kNotFound.
  base::Task<base::Result<TestPost>> Test(AccountRow account, SubscriptionId id);
  // What the dialect makes of an event for somebody who subscribed to everything.
  std::vector<Payload> ShapesOf(const Event& event, AccountId account, Dialect dialect) const;
  // What its subscriptions may name; empty: nothing.
  std::vector<std::string_view> EventNamesOf(Dialect dialect) const;

  // Posts dead deliveries of the range again, with `also_done` successful ones too; returns how
  // many.
  base::Task<base::Result<int>> Replay(AccountRow account, SubscriptionId id, EventPosition from,
                                       EventPosition to, bool also_done);

 private:
  Subscription Draw(AccountRow account, std::optional<ChannelRow> channel, Dialect dialect,
                    NewSubscription wanted);

  Store& store_;
  base::Random& random_;
  Secrets& secrets_;
  UrlPolicy& urls_;
  DeliveryPort& deliverer_;
  WebhookPost& post_;
  const EventEncoders encoders_;
};

}  // namespace parley::core

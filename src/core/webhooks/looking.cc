// Webhooks: looking at single deliveries, trying one out, and the shapes of events.
#include <algorithm>

#include "core/channels/channel_store.h"
#include "core/event_store.h"
#include "core/webhooks/trial_event.h"
#include "core/webhooks/webhooks.h"

namespace parley::core {
namespace {

constexpr int kMostOfEvent = 100;  // deliveries of one event for one subscription

// The row, its subscription, and its event as far as it is kept.
struct Looked {
  Delivery delivery;
  Subscription subscription;
  std::optional<Event> event;
};

base::Result<Looked> Look(const Transaction& tx, AccountRow account, SubscriptionId id,
                          EventPosition event, const std::string& name) {
  PARLEY_TRY(subscription, tx.subscriptions().FindById(account, id));
  if (!subscription) return base::ErrorCode::kNotFound;
  DeliveryStore::Filter filter;
  filter.subscription = subscription->row;
  filter.before = EventPosition(event.value + 1);
  filter.limit = kMostOfEvent;
  PARLEY_TRY(rows, tx.deliveries().List(account, filter));
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const Delivery& one) {
    return one.event == event && (name.empty() || one.name == name);
  });
  if (row == rows.end()) return base::ErrorCode::kNotFound;
  Looked looked;
  PARLEY_TRY(found, tx.events().Find(event));
  looked.event = std::move(found);
  looked.delivery = std::move(*row);
  looked.subscription = std::move(*subscription);
  return looked;
}

struct Tried {
  Subscription subscription;
  Channel channel;
};

// Of a subscription of all channels, the newest one stands for them.
base::Result<Tried> LookAtTest(const Transaction& tx, AccountRow account, SubscriptionId id) {
  Tried tried;
  PARLEY_TRY(subscription, tx.subscriptions().FindById(account, id));
  if (!subscription) return base::ErrorCode::kNotFound;
  tried.channel.account = account;
  if (subscription->channel) {
    PARLEY_TRY(channel, tx.channels().Find(account, *subscription->channel));
    if (channel) tried.channel = *channel;
  } else {
    ChannelStore::Filter newest;
    newest.limit = 1;
    PARLEY_TRY(channels, tx.channels().List(account, newest));
    if (!channels.empty()) tried.channel = std::move(channels.front());
  }
  tried.subscription = std::move(*subscription);
  return tried;
}

}  // namespace

std::vector<Payload> Webhooks::ShapesOf(const Event& event, AccountId account,
                                        Dialect dialect) const {
  const EventEncoder* encoder = EncoderOf(encoders_, dialect);
  if (encoder == nullptr) return {};
  Subscription everything;
  everything.account = event.account;
  everything.account_id = account;
  everything.dialect = dialect;
  return encoder->Encode(event, everything);
}

std::vector<std::string_view> Webhooks::EventNamesOf(Dialect dialect) const {
  const EventEncoder* encoder = EncoderOf(encoders_, dialect);
  if (encoder == nullptr) return {};
  return encoder->Rules().names;
}

base::Task<base::Result<DeliveryDetail>> Webhooks::GetDelivery(AccountRow account,
                                                               SubscriptionId id,
                                                               EventPosition event,
                                                               std::string name) {
  auto read = [account, id, event, name = std::move(name)](const Transaction& tx) {
    return Look(tx, account, id, event, name);
  };
  PARLEY_CO_TRY(looked, co_await store_.Read(std::move(read)));
  DeliveryDetail detail;
  detail.delivery = std::move(looked.delivery);
  if (!looked.event) co_return detail;
  Payload payload;
  payload.name = detail.delivery.name;
  payload.body = detail.delivery.body;
  const EventEncoder* encoder = EncoderOf(encoders_, looked.subscription.dialect);
  if (payload.body.empty() && encoder != nullptr)
    for (Payload& made : encoder->Encode(*looked.event, looked.subscription))
      if (made.name == payload.name) payload.body = std::move(made.body);
  if (!payload.body.empty())
    detail.post = post_.Show(looked.subscription, looked.event->id, payload);
  co_return detail;
}

base::Task<base::Result<TestPost>> Webhooks::Test(AccountRow account, SubscriptionId id) {
  auto read = [account, id](const Transaction& tx) { return LookAtTest(tx, account, id); };
  PARLEY_CO_TRY(tried, co_await store_.Read(std::move(read)));
  const Event event = TrialEvent(tried.channel, store_.scheduler().Now(), random_);
  const Subscription subscription = std::move(tried.subscription);
  std::vector<Payload> payloads = ShapesOf(event, subscription.account_id, subscription.dialect);
  // Several dialects tell of a message by several names: the one that is wanted, if there is one.
  const auto wanted = std::find_if(payloads.begin(), payloads.end(), [&](const Payload& payload) {
    return subscription.Wants(payload.name);
  });
  if (payloads.empty())
    co_return base::Error(base::ErrorCode::kNotSupported, "This subscription has no test event");
  Payload payload = wanted == payloads.end() ? payloads.front() : *wanted;
  TestPost test;
  test.post = post_.Show(subscription, event.id, payload);
  test.answer = co_await post_.Post(subscription, event.id, std::move(payload));
  co_return test;
}

base::Task<base::Result<Subscription>> Webhooks::SubscribeByRules(Account account,
                                                                  ChannelPtr channel,
                                                                  Dialect dialect,
                                                                  NewSubscription wanted) {
  const EventEncoder* encoder = EncoderOf(encoders_, dialect);
  if (encoder == nullptr) co_return base::FieldError("dialect", "It has no webhooks");
  const SubscriptionRules rules = encoder->Rules();
  base::Error faults(base::ErrorCode::kInvalidFields);
  for (std::size_t i = 0; i < wanted.events.size(); ++i)
    if (std::find(rules.names.begin(), rules.names.end(), wanted.events[i]) == rules.names.end())
      faults.Absorb(
          base::FieldError("events[" + std::to_string(i) + "]", "There is no such event"));
  if (rules.one_event && wanted.events.size() != 1)
    faults.Absorb(base::FieldError("events", "Exactly one in this dialect"));
  if (!faults.faults.empty()) co_return faults;
  std::optional<ChannelRow> row;
  if (channel) row = channel->row;
  const ChannelSettings settings = channel ? channel->settings : ChannelSettings();
  wanted.parameters = HookParametersOf(settings, account.settings);
  SubscriptionStore::Filter filter;
  filter.channel = row;
  filter.dialect = dialect;
  PARLEY_CO_TRY(others, co_await List(account.row, filter));
  if (channel && others.size() >= rules.most)
    co_return base::Error(base::ErrorCode::kInvalidState,
                          "The channel has as many webhooks of this dialect as it may have: " +
                              std::to_string(rules.most));
  co_return co_await Subscribe(account.row, row, dialect, std::move(wanted));
}

}  // namespace parley::core

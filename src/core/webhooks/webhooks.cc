#include "core/webhooks/webhooks.h"

#include <algorithm>

#include "core/event_store.h"

namespace parley::core {
namespace {

// Every event of a channel is encoded for each of its subscriptions.
base::Result<void> CheckRoom(const Transaction& tx, const Subscription& wanted) {
  SubscriptionStore::Filter filter;
  filter.channel = wanted.channel;
  filter.dialect = wanted.dialect;
  PARLEY_TRY(others, tx.subscriptions().List(wanted.account, filter));
  if (others.size() < kMaxSubscriptionsPerChannel) return {};
  return base::Error(base::ErrorCode::kInvalidState,
                     "There are " + std::to_string(others.size()) +
                         " webhooks already; delete those that are no longer needed");
}

base::Result<std::vector<Subscription>> ListOf(const Transaction& tx, AccountRow account,
                                               ChannelRow channel, Dialect dialect) {
  SubscriptionStore::Filter filter;
  filter.channel = channel;
  filter.dialect = dialect;
  return tx.subscriptions().List(account, filter);
}

void TakeOver(Subscription& existing, const Subscription& drawn, bool new_secret) {
  existing.url = drawn.url;
  existing.events = drawn.events;
  existing.parameters = drawn.parameters;
  // Switched on again: the deliverer's common position has moved on meanwhile, so it has its own
  // place until it has caught up.
  if (existing.state != SubscriptionState::kActive && drawn.state == SubscriptionState::kActive)
    existing.behind = true;
  existing.state = drawn.state;
  existing.state_reason.clear();
  existing.failing_since.reset();
  if (new_secret) existing.sealed_secret = drawn.sealed_secret;
}

}  // namespace

Subscription Webhooks::Draw(AccountRow account, std::optional<ChannelRow> channel, Dialect dialect,
                            NewSubscription wanted) {
  return DrawSubscription(account, channel, dialect, std::move(wanted), store_.scheduler().Now(),
                          random_, secrets_);
}

base::Task<base::Result<Subscription>> Webhooks::Subscribe(AccountRow account,
                                                           std::optional<ChannelRow> channel,
                                                           Dialect dialect,
                                                           NewSubscription wanted) {
  PARLEY_CO_CHECK(co_await urls_.Check(wanted.url));
  const Subscription drawn = Draw(account, channel, dialect, std::move(wanted));
  auto write = [drawn](Transaction& tx) -> base::Result<Subscription> {
    PARLEY_CHECK(CheckRoom(tx, drawn));
    return InsertAtEnd(tx, drawn);
  };
  auto stored = co_await store_.Write(std::move(write));
  if (stored) deliverer_.Refresh(stored->row);
  co_return stored;
}

base::Task<base::Result<std::vector<Subscription>>> Webhooks::Replace(
    AccountRow account, ChannelRow channel, Dialect dialect, std::vector<NewSubscription> wanted) {
  struct Wish {
    Subscription drawn;
    bool new_secret;
  };
  std::vector<Wish> wishes;
  for (NewSubscription& one : wanted) {
    PARLEY_CO_CHECK(co_await urls_.Check(one.url));
    const bool new_secret = one.secret.has_value();
    Wish wish{Draw(account, channel, dialect, std::move(one)), new_secret};
    wishes.push_back(std::move(wish));
  }
  struct Outcome {
    std::vector<Subscription> now;
    std::vector<SubscriptionRow> touched;
  };
  auto write = [account, channel, dialect, wishes](Transaction& tx) -> base::Result<Outcome> {
    PARLEY_TRY(existing, ListOf(tx, account, channel, dialect));
    Outcome outcome;
    // The only one has moved: it keeps its secret, and gets at its new place what it is owed.
    const bool moved = existing.size() == 1 && wishes.size() == 1;
    for (const Wish& wish : wishes) {
      const auto same = std::find_if(existing.begin(), existing.end(), [&](const Subscription& s) {
        return moved || s.url == wish.drawn.url;
      });
      if (same == existing.end()) {
        PARLEY_TRY(inserted, InsertAtEnd(tx, wish.drawn));
        outcome.now.push_back(std::move(inserted));
      } else {
        TakeOver(*same, wish.drawn, wish.new_secret);
        PARLEY_CHECK(tx.subscriptions().Update(*same));
        outcome.now.push_back(*same);
        existing.erase(same);
      }
      outcome.touched.push_back(outcome.now.back().row);
    }
    for (const Subscription& gone : existing) {
      PARLEY_CHECK(tx.subscriptions().Delete(gone.row));
      outcome.touched.push_back(gone.row);
    }
    return outcome;
  };
  auto outcome = co_await store_.Write(std::move(write));
  if (!outcome) co_return outcome.error();
  for (const SubscriptionRow row : outcome->touched) deliverer_.Refresh(row);
  co_return std::move(outcome->now);
}

base::Task<base::Result<void>> Webhooks::SetParameters(AccountRow account, ChannelRow channel,
                                                       Dialect dialect,
                                                       SubscriptionParameters parameters) {
  auto write = [account, channel, dialect,
                parameters](Transaction& tx) -> base::Result<std::vector<Subscription>> {
    PARLEY_TRY(subscriptions, ListOf(tx, account, channel, dialect));
    for (Subscription& subscription : subscriptions) {
      subscription.parameters = parameters;
      PARLEY_CHECK(tx.subscriptions().Update(subscription));
    }
    return std::move(subscriptions);
  };
  auto changed = co_await store_.Write(std::move(write));
  if (!changed) co_return changed.error();
  for (const Subscription& subscription : *changed) deliverer_.Refresh(subscription.row);
  co_return base::Result<void>();
}

base::Task<base::Result<void>> Webhooks::Delete(AccountRow account, Dialect dialect,
                                                SubscriptionId id) {
  auto write = [account, dialect, id](Transaction& tx) -> base::Result<SubscriptionRow> {
    PARLEY_TRY(subscription, tx.subscriptions().FindById(account, id));
    if (!subscription || subscription->dialect != dialect) return base::ErrorCode::kNotFound;
    PARLEY_CHECK(tx.subscriptions().Delete(subscription->row));
    return subscription->row;
  };
  auto deleted = co_await store_.Write(std::move(write));
  if (!deleted) co_return deleted.error();
  deliverer_.Refresh(*deleted);
  co_return base::Result<void>();
}

base::Task<base::Result<std::vector<Subscription>>> Webhooks::List(
    AccountRow account, SubscriptionStore::Filter filter) {
  auto read = [account, filter](const Transaction& tx) {
    return tx.subscriptions().List(account, filter);
  };
  co_return co_await store_.Read(read);
}

base::Task<base::Result<Subscription>> Webhooks::Get(AccountRow account, SubscriptionId id) {
  auto read = [account, id](const Transaction& tx) -> base::Result<Subscription> {
    PARLEY_TRY(subscription, tx.subscriptions().FindById(account, id));
    if (!subscription) return base::ErrorCode::kNotFound;
    return std::move(*subscription);
  };
  co_return co_await store_.Read(read);
}

base::Task<base::Result<Subscription>> Webhooks::Enable(AccountRow account, SubscriptionId id) {
  auto write = [account, id](Transaction& tx) -> base::Result<Subscription> {
    PARLEY_TRY(subscription, tx.subscriptions().FindById(account, id));
    if (!subscription) return base::ErrorCode::kNotFound;
    if (subscription->state == SubscriptionState::kActive) return std::move(*subscription);
    subscription->state = SubscriptionState::kActive;
    subscription->state_reason.clear();
    subscription->failing_since.reset();
    // The deliverer's common position has moved on meanwhile; this one has its own place.
    subscription->behind = true;
    PARLEY_CHECK(tx.subscriptions().Update(*subscription));
    return std::move(*subscription);
  };
  auto enabled = co_await store_.Write(write);
  if (enabled) deliverer_.Refresh(enabled->row);
  co_return enabled;
}

base::Task<base::Result<std::string>> Webhooks::SetSecret(AccountRow account, SubscriptionId id,
                                                          std::optional<std::string> secret) {
  std::string plain = secret ? std::move(*secret) : DrawSigningSecret(random_);
  auto write = [account, id, sealed = secrets_.Seal(SigningPurpose(account), plain)](
                   Transaction& tx) -> base::Result<SubscriptionRow> {
    PARLEY_TRY(subscription, tx.subscriptions().FindById(account, id));
    if (!subscription) return base::ErrorCode::kNotFound;
    subscription->sealed_secret = sealed;
    PARLEY_CHECK(tx.subscriptions().Update(*subscription));
    return subscription->row;
  };
  auto changed = co_await store_.Write(std::move(write));
  if (!changed) co_return changed.error();
  deliverer_.Refresh(*changed);
  co_return plain;
}

base::Task<base::Result<std::vector<Delivery>>> Webhooks::Deliveries(AccountRow account,
                                                                     DeliveryStore::Filter filter) {
  auto read = [account, filter](const Transaction& tx) {
    return tx.deliveries().List(account, filter);
  };
  co_return co_await store_.Read(read);
}

base::Task<base::Result<int>> Webhooks::Replay(AccountRow account, SubscriptionId id,
                                               EventPosition from, EventPosition to,
                                               bool also_done) {
  struct Outcome {
    SubscriptionRow row;
    int count;
  };
  auto write = [account, id, from, to, also_done,
                now = store_.scheduler().Now()](Transaction& tx) -> base::Result<Outcome> {
    PARLEY_TRY(subscription, tx.subscriptions().FindById(account, id));
    if (!subscription) return base::ErrorCode::kNotFound;
    PARLEY_TRY(count, tx.deliveries().Replay(subscription->row, from, to, also_done, now));
    return Outcome{subscription->row, count};
  };
  auto outcome = co_await store_.Write(std::move(write));
  if (!outcome) co_return outcome.error();
  deliverer_.Refresh(outcome->row);
  co_return outcome->count;
}

}  // namespace parley::core

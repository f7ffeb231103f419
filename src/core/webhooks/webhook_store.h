// Where subscriptions and deliveries are kept. Thread: inside a transaction only.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "core/webhooks/delivery.h"
#include "core/webhooks/subscription.h"

namespace parley::core {

class SubscriptionStore {
 public:
  virtual ~SubscriptionStore() = default;

  virtual base::Result<SubscriptionRow> Insert(const Subscription& subscription) = 0;
  virtual base::Result<void> Update(const Subscription& subscription) = 0;
  // With its delivery rows.
  virtual base::Result<void> Delete(SubscriptionRow row) = 0;
  virtual base::Result<std::optional<Subscription>> FindById(AccountRow account,
                                                             SubscriptionId id) const = 0;
  virtual base::Result<std::optional<Subscription>> Find(SubscriptionRow row) const = 0;

  struct Filter {
    std::optional<ChannelRow> channel;
    std::optional<Dialect> dialect;
  };
  // Oldest first.
  virtual base::Result<std::vector<Subscription>> List(AccountRow account,
                                                       const Filter& filter) const = 0;
  // For the deliverer at start-up: the active ones of every account.
  virtual base::Result<std::vector<Subscription>> ListActive(SubscriptionRow after,
                                                             int limit) const = 0;
  // Those of every account that were switched off by Parley, or whose posts fail now; oldest first.
  virtual base::Result<std::vector<Subscription>> ListFailing(int limit) const = 0;
  // The lowest position of an active subscription that is behind; none when none is.
  virtual base::Result<std::optional<EventPosition>> LowestBehind() const = 0;
  // What the deliverer alone writes, without touching what the owner may change meanwhile.
  virtual base::Result<void> SetHealth(SubscriptionRow row, SubscriptionState state,
                                       std::string_view reason,
                                       std::optional<base::Time> failing_since) = 0;
  // Sets position and `behind` alone.
  virtual base::Result<void> SetPosition(SubscriptionRow row, EventPosition position,
                                         bool behind) = 0;
};

class DeliveryStore {
 public:
  virtual ~DeliveryStore() = default;

  // Inserts or replaces the row of (subscription, event, name).
  virtual base::Result<void> Put(const Delivery& delivery) = 0;
  virtual base::Result<std::optional<Delivery>> Find(SubscriptionRow subscription,
                                                     EventPosition event,
                                                     std::string_view name) const = 0;
  struct Filter {
    std::optional<SubscriptionRow> subscription;  // else all of the account
    std::optional<DeliveryState> state;
    EventPosition before;  // events below this one only; 0 = from the newest
    int limit = 100;
  };
  // Newest event first.
  virtual base::Result<std::vector<Delivery>> List(AccountRow account,
                                                   const Filter& filter) const = 0;
  // Rows above `after`, oldest first: what of a subscription's future is settled or set aside.
  virtual base::Result<std::vector<Delivery>> Above(SubscriptionRow subscription,
                                                    EventPosition after) const = 0;
  // The oldest waiting or parked row of each order key: what is next for it.
  virtual base::Result<std::vector<Delivery>> NextOfKeys(SubscriptionRow subscription) const = 0;
  virtual base::Result<std::optional<Delivery>> NextOfKey(SubscriptionRow subscription,
                                                          OrderKey key) const = 0;
  // Turns settled rows of the range (only dead ones, or done ones too) back into waiting ones due
  // at `now`, as far as their events are still there; returns how many.
  virtual base::Result<int> Replay(SubscriptionRow subscription, EventPosition from,
                                   EventPosition to, bool also_done, base::Time now) = 0;
  // Makes all waiting rows due at `now`.
  virtual base::Result<void> MakeDue(SubscriptionRow subscription, base::Time now) = 0;
  // Turns all waiting and parked rows into dead ones.
  virtual base::Result<int> GiveUp(SubscriptionRow subscription, base::Time now) = 0;
  // The oldest event that a waiting or parked row still needs; 0 when none does.
  virtual base::Result<EventPosition> OldestUnsettled() const = 0;
  // Deletes up to `limit` settled rows of events below `below`; returns how many.
  virtual base::Result<int> Prune(EventPosition below, int limit) = 0;

  // The position up to which every subscription that is not `behind` is settled or set aside.
  virtual base::Result<EventPosition> CommonPosition() const = 0;
  virtual base::Result<void> SetCommonPosition(EventPosition position) = 0;
};

}  // namespace parley::core

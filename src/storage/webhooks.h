// Subscriptions and deliveries in SQL.
#pragma once

#include "core/webhooks/webhook_store.h"
#include "storage/connection.h"

namespace parley::storage {

class SqlSubscriptionStore final : public core::SubscriptionStore {
 public:
  explicit SqlSubscriptionStore(Connection& db) : db_(db) {}
  base::Result<core::SubscriptionRow> Insert(const core::Subscription& subscription) override;
  base::Result<void> Update(const core::Subscription& subscription) override;
  base::Result<void> Delete(core::SubscriptionRow row) override;
  base::Result<std::optional<core::Subscription>> FindById(core::AccountRow account,
                                                           core::SubscriptionId id) const override;
  base::Result<std::optional<core::Subscription>> Find(core::SubscriptionRow row) const override;
  base::Result<std::vector<core::Subscription>> List(core::AccountRow account,
                                                     const Filter& filter) const override;
  base::Result<std::vector<core::Subscription>> ListActive(core::SubscriptionRow after,
                                                           int limit) const override;
  base::Result<std::vector<core::Subscription>> ListFailing(int limit) const override;
  base::Result<std::optional<core::EventPosition>> LowestBehind() const override;
  base::Result<void> SetHealth(core::SubscriptionRow row, core::SubscriptionState state,
                               std::string_view reason,
                               std::optional<base::Time> failing_since) override;
  base::Result<void> SetPosition(core::SubscriptionRow row, core::EventPosition position,
                                 bool behind) override;

 private:
  Connection& db_;
};

class SqlDeliveryStore final : public core::DeliveryStore {
 public:
  explicit SqlDeliveryStore(Connection& db) : db_(db) {}
  base::Result<void> Put(const core::Delivery& delivery) override;
  base::Result<std::optional<core::Delivery>> Find(core::SubscriptionRow subscription,
                                                   core::EventPosition event,
                                                   std::string_view name) const override;
  base::Result<std::vector<core::Delivery>> List(core::AccountRow account,
                                                 const Filter& filter) const override;
  base::Result<std::vector<core::Delivery>> Above(core::SubscriptionRow subscription,
                                                  core::EventPosition after) const override;
  base::Result<std::vector<core::Delivery>> NextOfKeys(
      core::SubscriptionRow subscription) const override;
  base::Result<std::optional<core::Delivery>> NextOfKey(core::SubscriptionRow subscription,
                                                        core::OrderKey key) const override;
  base::Result<int> Replay(core::SubscriptionRow subscription, core::EventPosition from,
                           core::EventPosition to, bool also_done, base::Time now) override;
  base::Result<void> MakeDue(core::SubscriptionRow subscription, base::Time now) override;
  base::Result<int> GiveUp(core::SubscriptionRow subscription, base::Time now) override;
  base::Result<core::EventPosition> OldestUnsettled() const override;
  base::Result<int> Prune(core::EventPosition below, int limit) override;
  base::Result<core::EventPosition> CommonPosition() const override;
  base::Result<void> SetCommonPosition(core::EventPosition position) override;

 private:
  Connection& db_;
};

}  // namespace parley::storage

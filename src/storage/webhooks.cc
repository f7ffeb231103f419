#include "storage/webhooks.h"

#include <algorithm>

#include "base/fields.h"
#include "storage/read.h"

namespace parley::storage {
namespace {

#define SUBSCRIPTION_COLUMNS                                                            \
  "row, id, account, channel, dialect, url, events, sealed_secret, parameters, state, " \
  "state_reason, failing_since, position, behind, created_at, "                         \
  "(SELECT a.id FROM accounts a WHERE a.row = subscriptions.account)"
constexpr Sql kInsertSubscription{
    "INSERT INTO subscriptions (id, account, channel, dialect, url, events, sealed_secret, "
    "parameters, state, state_reason, failing_since, position, behind, created_at) "
    "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)"};
constexpr Sql kUpdateSubscription{
    "UPDATE subscriptions SET url=?, events=?, sealed_secret=?, parameters=?, state=?, "
    "state_reason=?, failing_since=?, position=?, behind=? WHERE row=?"};
constexpr Sql kDeleteSubscription{"DELETE FROM subscriptions WHERE row=?"};
constexpr Sql kDeleteItsDeliveries{"DELETE FROM deliveries WHERE subscription=?"};
constexpr Sql kFindSubscriptionById{"SELECT " SUBSCRIPTION_COLUMNS
                                    " FROM subscriptions WHERE id=? AND account=?"};
constexpr Sql kFindSubscription{"SELECT " SUBSCRIPTION_COLUMNS " FROM subscriptions WHERE row=?"};
constexpr Sql kListSubscriptions{
    "SELECT " SUBSCRIPTION_COLUMNS
    " FROM subscriptions WHERE account=?1 AND (?2 IS NULL OR channel=?2) AND (?3 IS NULL OR "
    "dialect=?3) ORDER BY row"};
constexpr Sql kListActive{"SELECT " SUBSCRIPTION_COLUMNS
                          " FROM subscriptions WHERE state=1 AND row>? ORDER BY row LIMIT ?"};
// No index: it is asked for by people, and each subscription is one short row.
constexpr Sql kListFailing{"SELECT " SUBSCRIPTION_COLUMNS
                           " FROM subscriptions WHERE state=3 OR (state=1 AND failing_since IS NOT "
                           "NULL) ORDER BY row LIMIT ?"};
constexpr Sql kLowestBehind{"SELECT min(position) FROM subscriptions WHERE state=1 AND behind=1"};
constexpr Sql kSetHealth{
    "UPDATE subscriptions SET state=?, state_reason=?, failing_since=? WHERE row=?"};
constexpr Sql kSetPosition{"UPDATE subscriptions SET position=?, behind=? WHERE row=?"};

#define DELIVERY_COLUMNS                                                           \
  "d.subscription, d.event, d.name, d.order_key, d.state, d.attempts, d.next_at, " \
  "d.last_status, d.last_error, d.last_duration_ms, d.body, d.finished_at"
constexpr Sql kPut{
    "INSERT OR REPLACE INTO deliveries (subscription, event, name, order_key, state, attempts, "
    "next_at, last_status, last_error, last_duration_ms, body, finished_at) "
    "VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"};
constexpr Sql kFindDelivery{"SELECT " DELIVERY_COLUMNS
                            " FROM deliveries d WHERE subscription=? AND event=? AND name=?"};
constexpr Sql kListOfSubscription{
    "SELECT " DELIVERY_COLUMNS
    " FROM deliveries d JOIN subscriptions s ON s.row = d.subscription WHERE d.subscription=?1 AND "
    "s.account=?2 AND d.event<?3 AND (?4 IS NULL OR d.state=?4) ORDER BY d.event DESC LIMIT ?5"};
constexpr Sql kListOfAccount{
    "SELECT " DELIVERY_COLUMNS
    " FROM deliveries d JOIN subscriptions s ON s.row = d.subscription WHERE s.account=?1 AND "
    "d.event<?2 AND (?3 IS NULL OR d.state=?3) ORDER BY d.event DESC LIMIT ?4"};
constexpr Sql kAbove{"SELECT " DELIVERY_COLUMNS
                     " FROM deliveries d WHERE subscription=? AND event>? ORDER BY event, name"};
// The states are written out so that the partial index deliveries_unsettled serves these.
constexpr Sql kNextOfKeys{
    "SELECT " DELIVERY_COLUMNS
    " FROM (SELECT order_key, min(event) AS event FROM deliveries WHERE subscription=?1 AND "
    "state IN (1, 2) GROUP BY order_key) n JOIN deliveries d ON d.subscription=?1 AND "
    "d.event=n.event AND d.state IN (1, 2) AND d.order_key=n.order_key ORDER BY d.event, d.name"};
constexpr Sql kNextOfKey{
    "SELECT " DELIVERY_COLUMNS
    " FROM deliveries d WHERE subscription=? AND order_key=? AND state IN (1, 2) "
    "ORDER BY event, name LIMIT 1"};
constexpr Sql kReplay{
    "UPDATE deliveries SET state=1, attempts=0, next_at=?, finished_at=NULL WHERE subscription=? "
    "AND event>=? AND event<=? AND (state=4 OR (state=3 AND ?)) AND event>=(SELECT min(position) "
    "FROM "
    "events)"};
constexpr Sql kMakeDue{
    "UPDATE deliveries SET next_at=? WHERE subscription=? AND state IN (1, 2) AND state=1"};
constexpr Sql kGiveUp{
    "UPDATE deliveries SET state=4, next_at=NULL, finished_at=? WHERE subscription=? AND "
    "state IN (1, 2)"};
constexpr Sql kOldestUnsettled{"SELECT min(event) FROM deliveries WHERE state IN (1, 2)"};
constexpr Sql kPrune{
    "DELETE FROM deliveries WHERE (subscription, event, name) IN (SELECT subscription, event, name "
    "FROM deliveries WHERE subscription=? AND event<? AND state IN (3, 4) ORDER BY event LIMIT ?)"};
constexpr Sql kSubscriptionRows{"SELECT DISTINCT row FROM subscriptions ORDER BY row"};
constexpr Sql kCounter{"SELECT value FROM counters WHERE name=?"};
constexpr Sql kSetCounter{
    "INSERT INTO counters (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET "
    "value = excluded.value"};
constexpr std::string_view kCommonPosition = "delivery_position";

// The list of names, as stored.
struct EventNames {
  std::vector<std::string> names;
  static constexpr auto Fields() {
    return base::FieldList(base::Optional("names", &EventNames::names));
  }
};

base::Result<core::Subscription> ReadSubscription(const Rows& rows) {
  core::Subscription subscription;
  subscription.row = rows.RowNumber<core::SubscriptionRow>(0);
  subscription.id = rows.Uuid<core::SubscriptionId>(1);
  subscription.account = rows.RowNumber<core::AccountRow>(2);
  subscription.channel = rows.OptionalRow<core::ChannelRow>(3);
  subscription.dialect = rows.Enum<core::Dialect>(4);
  subscription.url = rows.Text(5);
  PARLEY_TRY(events, base::DecodeText<EventNames>(rows.View(6)));
  subscription.events = std::move(events.names);
  subscription.sealed_secret = rows.Text(7);
  PARLEY_TRY(parameters, base::DecodeText<core::SubscriptionParameters>(rows.View(8)));
  subscription.parameters = std::move(parameters);
  subscription.state = rows.Enum<core::SubscriptionState>(9);
  subscription.state_reason = rows.Text(10);
  subscription.failing_since = rows.OptionalTime(11);
  subscription.position = rows.RowNumber<core::EventPosition>(12);
  subscription.behind = rows.Bool(13);
  subscription.created_at = rows.Time(14);
  subscription.account_id = rows.Uuid<core::AccountId>(15);
  return subscription;
}

base::Result<core::Delivery> ReadDelivery(const Rows& rows) {
  core::Delivery delivery;
  delivery.subscription = rows.RowNumber<core::SubscriptionRow>(0);
  delivery.event = rows.RowNumber<core::EventPosition>(1);
  delivery.name = rows.Text(2);
  delivery.order_key = rows.Integer(3);
  delivery.state = rows.Enum<core::DeliveryState>(4);
  delivery.attempts = static_cast<int>(rows.Integer(5));
  delivery.next_at = rows.OptionalTime(6);
  delivery.last_status = static_cast<int>(rows.Integer(7));
  delivery.last_error = rows.Text(8);
  delivery.last_duration_ms = rows.Integer(9);
  delivery.body = rows.Text(10);
  delivery.finished_at = rows.OptionalTime(11);
  return delivery;
}

std::string EncodeNames(const core::Subscription& subscription) {
  return base::EncodeText(EventNames{subscription.events});
}

std::int64_t Open(core::EventPosition before) {
  return before.value > 0 ? before.value : INT64_MAX;
}

}  // namespace

base::Result<core::SubscriptionRow> SqlSubscriptionStore::Insert(
    const core::Subscription& subscription) {
  const std::string names = EncodeNames(subscription);
  const std::string parameters = base::EncodeText(subscription.parameters);
  PARLEY_CHECK(db_.Execute(
      kInsertSubscription,
      {subscription.id, subscription.account, subscription.channel, subscription.dialect,
       subscription.url, names, Value::Blob(subscription.sealed_secret), parameters,
       subscription.state, subscription.state_reason, subscription.failing_since,
       subscription.position, subscription.behind, subscription.created_at}));
  return core::SubscriptionRow(db_.last_insert_row());
}

base::Result<void> SqlSubscriptionStore::Update(const core::Subscription& subscription) {
  const std::string names = EncodeNames(subscription);
  const std::string parameters = base::EncodeText(subscription.parameters);
  PARLEY_CHECK(
      db_.Execute(kUpdateSubscription,
                  {subscription.url, names, Value::Blob(subscription.sealed_secret), parameters,
                   subscription.state, subscription.state_reason, subscription.failing_since,
                   subscription.position, subscription.behind, subscription.row}));
  return {};
}

base::Result<void> SqlSubscriptionStore::Delete(core::SubscriptionRow row) {
  PARLEY_CHECK(db_.Execute(kDeleteItsDeliveries, {row}));
  PARLEY_CHECK(db_.Execute(kDeleteSubscription, {row}));
  return {};
}

base::Result<std::optional<core::Subscription>> SqlSubscriptionStore::FindById(
    core::AccountRow account, core::SubscriptionId id) const {
  return ReadOne(db_.Query(kFindSubscriptionById, {id, account}), ReadSubscription);
}

base::Result<std::optional<core::Subscription>> SqlSubscriptionStore::Find(
    core::SubscriptionRow row) const {
  return ReadOne(db_.Query(kFindSubscription, {row}), ReadSubscription);
}

base::Result<std::vector<core::Subscription>> SqlSubscriptionStore::List(
    core::AccountRow account, const Filter& filter) const {
  return ReadAll(db_.Query(kListSubscriptions, {account, filter.channel, filter.dialect}),
                 ReadSubscription);
}

base::Result<std::vector<core::Subscription>> SqlSubscriptionStore::ListActive(
    core::SubscriptionRow after, int limit) const {
  return ReadAll(db_.Query(kListActive, {after, limit}), ReadSubscription);
}

base::Result<std::vector<core::Subscription>> SqlSubscriptionStore::ListFailing(int limit) const {
  return ReadAll(db_.Query(kListFailing, {limit}), ReadSubscription);
}

base::Result<std::optional<core::EventPosition>> SqlSubscriptionStore::LowestBehind() const {
  PARLEY_TRY(rows, db_.Query(kLowestBehind, {}));
  PARLEY_TRY(found, rows.Next());
  if (!found) return std::optional<core::EventPosition>();
  return rows.OptionalRow<core::EventPosition>(0);
}

base::Result<void> SqlSubscriptionStore::SetHealth(core::SubscriptionRow row,
                                                   core::SubscriptionState state,
                                                   std::string_view reason,
                                                   std::optional<base::Time> failing_since) {
  PARLEY_CHECK(db_.Execute(kSetHealth, {state, reason, failing_since, row}));
  return {};
}

base::Result<void> SqlSubscriptionStore::SetPosition(core::SubscriptionRow row,
                                                     core::EventPosition position, bool behind) {
  PARLEY_CHECK(db_.Execute(kSetPosition, {position, behind, row}));
  return {};
}

base::Result<void> SqlDeliveryStore::Put(const core::Delivery& delivery) {
  PARLEY_CHECK(db_.Execute(
      kPut, {delivery.subscription, delivery.event, delivery.name, delivery.order_key,
             delivery.state, delivery.attempts, delivery.next_at, delivery.last_status,
             delivery.last_error, delivery.last_duration_ms, delivery.body, delivery.finished_at}));
  return {};
}

base::Result<std::optional<core::Delivery>> SqlDeliveryStore::Find(
    core::SubscriptionRow subscription, core::EventPosition event, std::string_view name) const {
  return ReadOne(db_.Query(kFindDelivery, {subscription, event, name}), ReadDelivery);
}

base::Result<std::vector<core::Delivery>> SqlDeliveryStore::List(core::AccountRow account,
                                                                 const Filter& filter) const {
  if (filter.subscription)
    return ReadAll(
        db_.Query(kListOfSubscription,
                  {*filter.subscription, account, Open(filter.before), filter.state, filter.limit}),
        ReadDelivery);
  return ReadAll(
      db_.Query(kListOfAccount, {account, Open(filter.before), filter.state, filter.limit}),
      ReadDelivery);
}

base::Result<std::vector<core::Delivery>> SqlDeliveryStore::Above(
    core::SubscriptionRow subscription, core::EventPosition after) const {
  return ReadAll(db_.Query(kAbove, {subscription, after}), ReadDelivery);
}

base::Result<std::vector<core::Delivery>> SqlDeliveryStore::NextOfKeys(
    core::SubscriptionRow subscription) const {
  PARLEY_TRY(rows, ReadAll(db_.Query(kNextOfKeys, {subscription}), ReadDelivery));
  // An event may have several payloads of one key; the first of them is next.
  std::vector<core::Delivery> next;
  for (core::Delivery& row : rows) {
    const bool known = std::any_of(next.begin(), next.end(), [&](const core::Delivery& other) {
      return other.order_key == row.order_key;
    });
    if (!known) next.push_back(std::move(row));
  }
  return next;
}

base::Result<std::optional<core::Delivery>> SqlDeliveryStore::NextOfKey(
    core::SubscriptionRow subscription, core::OrderKey key) const {
  return ReadOne(db_.Query(kNextOfKey, {subscription, key}), ReadDelivery);
}

base::Result<int> SqlDeliveryStore::Replay(core::SubscriptionRow subscription,
                                           core::EventPosition from, core::EventPosition to,
                                           bool also_done, base::Time now) {
  PARLEY_TRY(replayed, db_.Execute(kReplay, {now, subscription, from, to, also_done}));
  return static_cast<int>(replayed);
}

base::Result<void> SqlDeliveryStore::MakeDue(core::SubscriptionRow subscription, base::Time now) {
  PARLEY_CHECK(db_.Execute(kMakeDue, {now, subscription}));
  return {};
}

base::Result<int> SqlDeliveryStore::GiveUp(core::SubscriptionRow subscription, base::Time now) {
  PARLEY_TRY(count, db_.Execute(kGiveUp, {now, subscription}));
  return static_cast<int>(count);
}

base::Result<core::EventPosition> SqlDeliveryStore::OldestUnsettled() const {
  PARLEY_TRY(position, ReadInteger(db_.Query(kOldestUnsettled, {})));
  return core::EventPosition(position);
}

base::Result<int> SqlDeliveryStore::Prune(core::EventPosition below, int limit) {
  const auto read = [](const Rows& rows) -> base::Result<core::SubscriptionRow> {
    return rows.RowNumber<core::SubscriptionRow>(0);
  };
  PARLEY_TRY(subscriptions, ReadAll(db_.Query(kSubscriptionRows, {}), read));
  int pruned = 0;
  for (const core::SubscriptionRow subscription : subscriptions) {
    if (pruned >= limit) break;
    PARLEY_TRY(count, db_.Execute(kPrune, {subscription, below, limit - pruned}));
    pruned += static_cast<int>(count);
  }
  return pruned;
}

base::Result<core::EventPosition> SqlDeliveryStore::CommonPosition() const {
  PARLEY_TRY(position, ReadInteger(db_.Query(kCounter, {kCommonPosition})));
  return core::EventPosition(position);
}

base::Result<void> SqlDeliveryStore::SetCommonPosition(core::EventPosition position) {
  PARLEY_CHECK(db_.Execute(kSetCounter, {kCommonPosition, position}));
  return {};
}

}  // namespace parley::storage

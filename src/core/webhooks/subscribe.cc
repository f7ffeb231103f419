#include "core/webhooks/subscribe.h"

#include "base/encoding.h"
#include "core/event_store.h"
#include "core/stamp.h"

namespace parley::core {

SubscriptionParameters HookParametersOf(const ChannelSettings& channel,
                                        const AccountSettings& account) {
  SubscriptionParameters parameters;
  parameters.acks = channel.ack_notifications;
  parameters.raw = channel.raw_hooks;
  parameters.viewed = account.onemsg_viewed;
  return parameters;
}

std::string SigningPurpose(AccountRow account) {
  return "webhook/" + std::to_string(account.value);
}

std::string DrawSigningSecret(base::Random& random) {
  std::string bytes(32, '\0');
  random.Fill({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
  return "whsec_" + base::ToBase64(bytes);
}

Subscription DrawSubscription(AccountRow account, std::optional<ChannelRow> channel,
                              Dialect dialect, NewSubscription wanted, base::Time now,
                              base::Random& random, Secrets& secrets) {
  Stamp stamp(now, random);
  Subscription subscription;
  subscription.id = stamp.Next<SubscriptionId>();
  subscription.account = account;
  subscription.channel = channel;
  subscription.dialect = dialect;
  subscription.url = std::move(wanted.url);
  subscription.events = std::move(wanted.events);
  subscription.sealed_secret = secrets.Seal(
      SigningPurpose(account), wanted.secret ? *wanted.secret : DrawSigningSecret(random));
  subscription.parameters = std::move(wanted.parameters);
  subscription.state = wanted.active ? SubscriptionState::kActive : SubscriptionState::kOff;
  subscription.created_at = now;
  return subscription;
}

base::Result<Subscription> InsertAtEnd(Transaction& tx, Subscription subscription) {
  PARLEY_TRY(last, tx.events().Last());
  subscription.position = last;
  subscription.behind = true;
  PARLEY_TRY(row, tx.subscriptions().Insert(subscription));
  subscription.row = row;
  return subscription;
}

}  // namespace parley::core

// Making a subscription: for webhooks.h, and for whoever makes one together with something else.
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
#include "core/webhooks/webhook_store.h"

namespace parley::core {

struct NewSubscription {
  std::string url;
  std::vector<std::string> events;    // empty = all
  std::optional<std::string> secret;  // drawn when absent
  SubscriptionParameters parameters;
  bool active = true;
};

// What subscriptions of a channel take from its settings and its account's.
SubscriptionParameters HookParametersOf(const ChannelSettings& channel,
                                        const AccountSettings& account);

// What an account's signing secrets are sealed for.
std::string SigningPurpose(AccountRow account);

// Standard Webhooks: "whsec_" and 24 to 64 bytes in Base64.
std::string DrawSigningSecret(base::Random& random);

// With an id and a sealed secret, ready for its transaction. The URL was looked at before.
Subscription DrawSubscription(AccountRow account, std::optional<ChannelRow> channel,
                              Dialect dialect, NewSubscription wanted, base::Time now,
                              base::Random& random, Secrets& secrets);

// New subscriptions begin behind, at the end of the log as it is in this transaction, so that
// nothing between their commit and the moment the deliverer knows them is missed.
base::Result<Subscription> InsertAtEnd(Transaction& tx, Subscription subscription);

}  // namespace parley::core

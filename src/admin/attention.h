// What an operator should look at first: channels that are off against their owner's wish,
// subscriptions whose receivers fail, and what threatens the node as a whole.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "admin/node.h"
#include "admin/samples.h"
#include "admin/schema.h"
#include "core/channels/channel.h"
#include "core/webhooks/subscription.h"

namespace parley::admin {

inline constexpr std::size_t kMaxAttention = 100;  // of channels, and of subscriptions

struct AttentionView {
  std::string kind, severity = "warning";
  std::optional<std::string> account_id, channel_id, subscription_id;
  std::string text;
  std::optional<std::string> since;
  static constexpr auto Fields() {
    using V = AttentionView;
    return FieldList(Required("kind", &V::kind,
                              Doc("channel_failed, channel_waiting, subscription_disabled, "
                                  "subscription_failing, dead_letters, disk or restart")),
                     Required("severity", &V::severity, Doc("error or warning")),
                     Optional("account_id", &V::account_id), Optional("channel_id", &V::channel_id),
                     Optional("subscription_id", &V::subscription_id),
                     Required("text", &V::text, Doc("A sentence for people")),
                     Optional("since", &V::since));
  }
};

// A channel with the account that it belongs to.
struct TroubledChannel {
  core::Channel channel;
  core::AccountId account;
};

// None when there is nothing to do about the channel.
std::optional<AttentionView> AttentionOf(const TroubledChannel& troubled);
AttentionView AttentionOf(const core::Subscription& subscription);
// Of the node: media and disk that are nearly full, webhooks that were given up lately, and a
// start after an end that was no stop.
std::vector<AttentionView> AttentionOf(const NodeFigures& figures, const Node& node,
                                       std::int64_t dead_lately, base::Time now);

// Errors first, each in the order given.
void SortBySeverity(std::vector<AttentionView>& views);

}  // namespace parley::admin

// Deliveries: one named payload of one event for one subscription.
//
// What a subscription is owed follows from the event log: everything after its position that its
// dialect encodes to a payload. A row is written when a delivery is settled (done, dead) or cannot
// be settled at once (waiting for a retry, parked behind an earlier one of the same order key).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/names.h"
#include "base/time.h"
#include "core/events.h"
#include "core/ids.h"
#include "core/webhooks/subscription.h"

namespace parley::core {

enum class DeliveryState : std::uint8_t {  // stored; never renumber
  kWaiting = 1,                            // failed, to be tried again at next_at
  kParked = 2,                             // behind a waiting one of the same order key
  kDone = 3,                               // answered 2xx
  kDead = 4,                               // given up; can be replayed
};
inline constexpr base::EnumNames<DeliveryState, 4> kDeliveryStateNames({
    {DeliveryState::kWaiting, "waiting"},
    {DeliveryState::kParked, "parked"},
    {DeliveryState::kDone, "done"},
    {DeliveryState::kDead, "dead"},
});
PARLEY_ENUM_NAMES(DeliveryState, kDeliveryStateNames)

// Deliveries of one key arrive in order: a chat's row number, or a channel's, negated, for what has
// no chat, or 0 for account matters.
using OrderKey = std::int64_t;
OrderKey OrderKeyOf(const Event& event);

struct Delivery {
  SubscriptionRow subscription;
  EventPosition event;
  std::string name;  // the payload's event name in the dialect's words
  OrderKey order_key = 0;
  DeliveryState state = DeliveryState::kWaiting;
  int attempts = 0;
  std::optional<base::Time> next_at;  // when kWaiting
  int last_status = 0;                // HTTP status of the last attempt; 0 = no answer
  std::string last_error;             // why there was none, or the start of the refusing answer
  std::int64_t last_duration_ms = 0;
  std::string body;  // the bytes to send, kept from the first failure on; empty when done at once
  std::optional<base::Time> finished_at;
};

// The same for every attempt, in every process: derived from event, subscription and name.
DeliveryId DeliveryIdOf(const EventId& event, const SubscriptionId& subscription,
                        std::string_view name);

// One payload as a dialect wants it posted.
struct Payload {
  std::string name;
  std::string body;  // JSON
};

// What a dialect's subscriptions are like.
struct SubscriptionRules {
  std::vector<std::string_view> names;  // that they may name; empty: they name none
  bool one_event = false;               // each names exactly one
  std::size_t most = 1;                 // of one channel
};

// Encodes events for one dialect's subscribers. A pure function: the same event and subscription
// give the same payloads, in the same order; reads no store and no clock.
class EventEncoder {
 public:
  virtual ~EventEncoder() = default;
  virtual std::vector<Payload> Encode(const Event& event,
                                      const Subscription& subscription) const = 0;
  virtual SubscriptionRules Rules() const = 0;
};

// That of each dialect; null where it has no webhooks.
using EventEncoders = std::array<const EventEncoder*, 5>;
inline const EventEncoder* EncoderOf(const EventEncoders& encoders, Dialect dialect) {
  return encoders[static_cast<std::size_t>(dialect)];
}
template <class Names>
std::vector<std::string_view> NamesOf(const Names& rows) {
  std::vector<std::string_view> names;
  for (const auto& row : rows) names.push_back(row.name);
  return names;
}

}  // namespace parley::core

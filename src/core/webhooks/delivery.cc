#include "core/webhooks/delivery.h"

#include "base/digest.h"

namespace parley::core {

OrderKey OrderKeyOf(const Event& event) {
  if (event.chat) return event.chat->value;
  if (event.channel) return -event.channel->value;
  return 0;
}

DeliveryId DeliveryIdOf(const EventId& event, const SubscriptionId& subscription,
                        std::string_view name) {
  std::string seed(event.value.AsBytes());
  seed += subscription.value.AsBytes();
  seed += name;
  return DeliveryId(base::MakeUuidV8(base::Sha256(seed)));
}

}  // namespace parley::core

// The deliverer, as those who change subscriptions see it. Thread: any.
#pragma once

#include "core/ids.h"

namespace parley::core {

class DeliveryPort {
 public:
  virtual ~DeliveryPort() = default;
  // The row was made, changed or deleted, or has deliveries to replay.
  virtual void Refresh(SubscriptionRow subscription) = 0;
};

}  // namespace parley::core

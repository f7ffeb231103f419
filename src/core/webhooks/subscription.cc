#include "core/webhooks/subscription.h"

#include <algorithm>

namespace parley::core {

bool Subscription::Wants(std::string_view event_name) const {
  return events.empty() || std::find(events.begin(), events.end(), event_name) != events.end();
}

}  // namespace parley::core

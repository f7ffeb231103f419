// Posting to a webhook beside its deliveries, and showing what a post looks like. Implemented by
// the deliverer. Thread: that of its store's scheduler.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/task.h"
#include "base/time.h"
#include "core/webhooks/delivery.h"
#include "core/webhooks/subscription.h"

namespace parley::core {

// A request as it is or would be posted. What proves who sends it is masked.
struct ShownPost {
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

struct PostAnswer {
  int status = 0;     // 0: there was none
  std::string error;  // why
  std::string body;   // its first kShownAnswer bytes; "(not text)" for something else
  base::Duration took{0};
};
inline constexpr std::size_t kShownAnswer = 2048;

class WebhookPost {
 public:
  virtual ~WebhookPost() = default;
  virtual ShownPost Show(const Subscription& subscription, const EventId& event,
                         const Payload& payload) const = 0;
  // Now, whether it is active or not; nothing is stored, and it is not tried again.
  virtual base::Task<PostAnswer> Post(Subscription subscription, EventId event,
                                      Payload payload) = 0;
};

}  // namespace parley::core

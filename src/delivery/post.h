// One attempt: what is posted and what its answer means.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "core/webhooks/delivery.h"
#include "core/webhooks/subscription.h"
#include "http/client.h"

namespace parley::delivery {

inline constexpr base::Duration kPostTimeout = std::chrono::seconds(15);
inline constexpr std::size_t kKeptAnswer = 500;  // bytes of a refusing answer that are kept

http::ClientRequest PostOf(const core::Subscription& subscription, std::string_view secret,
                           const core::EventId& event, std::string_view name, std::string body,
                           base::Time now);

// The start of an answer's body, up to so many bytes, as text that can be stored and shown.
std::string ExcerptOf(std::string_view body, std::size_t most);

// One attempt, for who watches. Views are good during the call.
struct PostNote {
  const core::Subscription& subscription;
  std::string_view name, body, answer;  // `answer`: its body
  int attempt = 0;                      // from 1 on
  int status = 0;                       // 0: no answer
  std::string_view error;
  base::Duration took{0};
};
// Who watches posts. Thread: the deliverer's.
class PostWatcher {
 public:
  virtual ~PostWatcher() = default;
  virtual void OnPost(const PostNote& note) = 0;
};

struct Verdict {
  bool delivered = false;  // 2xx
  bool gone = false;       // 410: the receiver wants no more
  int status = 0;          // 0: no answer
  std::string error;
  std::optional<base::Duration> retry_after;
};
Verdict Judge(const base::Result<http::ClientResponse>& answer, base::Time now);

// The value of a Retry-After header: seconds, or an HTTP date (RFC 9110, IMF-fixdate).
std::optional<base::Duration> ParseRetryAfter(std::string_view value, base::Time now);

}  // namespace parley::delivery

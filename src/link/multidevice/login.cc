#include "link/multidevice/login.h"

#include "link/multidevice/queries.h"
#include "link/multidevice/stanzas.h"

namespace parley::link::multidevice {
namespace {

constexpr std::uint64_t kLongestBan = 10ULL * 365 * 24 * 3600;  // s; more is a mistake

}  // namespace

Ending EndingOfFailure(const wire::binary::Node& failure) {
  Ending ending;
  ending.reason = "login_refused";
  const auto code = NumberIn(failure, "reason");
  for (const FailureKind& kind : kFailures) {
    if (code != static_cast<std::uint64_t>(kind.code)) continue;
    ending.next = kind.next;
    ending.reason = kind.reason;
  }
  if (const auto expires = NumberIn(failure, "expire"); expires && *expires <= kLongestBan)
    ending.expires = std::chrono::seconds(*expires);
  return ending;
}

}  // namespace parley::link::multidevice

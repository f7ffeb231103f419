#include "link/multidevice/backoff.h"

#include <algorithm>

namespace parley::link::multidevice {

base::Duration Backoff::Next(base::Random& random) {
  const base::Duration half = pause_ / 2;
  const auto part = random.Below(static_cast<std::uint64_t>(half.count()) + 1);
  pause_ = std::min(pause_ * 2, kLongest);
  return half + base::Duration(part);
}

}  // namespace parley::link::multidevice

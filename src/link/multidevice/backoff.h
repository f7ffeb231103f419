// Pauses between attempts to connect: twice as long each time, and a different part of that for
// each channel, so that a network that comes back is not met by all of them at once.
#pragma once

#include "base/random.h"
#include "base/time.h"

namespace parley::link::multidevice {

class Backoff {
 public:
  static constexpr base::Duration kFirst = std::chrono::seconds(1);
  static constexpr base::Duration kLongest = std::chrono::minutes(5);

  // From half to the whole of the pause that it is time for.
  base::Duration Next(base::Random& random);
  // A connection has held.
  void Reset() { pause_ = kFirst; }

 private:
  base::Duration pause_ = kFirst;
};

}  // namespace parley::link::multidevice

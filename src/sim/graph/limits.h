// How fast a business number may send (developers.facebook.com/docs/whatsapp/cloud-api/overview,
// "Throughput" and "Pair rate limits"): 80 or 1,000 messages a second in all, and to one recipient
// one every 6 seconds, of which 45 may come at once.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/scheduler.h"

namespace parley::sim::graph {

inline constexpr double kStandardPerSecond = 80, kHighPerSecond = 1000;
inline constexpr double kPairBurst = 45, kPairPerSecond = 1.0 / 6;
inline constexpr std::size_t kMaxPairs = 100'000;  // remembered at once

// Gives out what has come in since, up to a full bucket.
class Bucket {
 public:
  Bucket() = default;
  Bucket(double size, base::Microseconds now) : left_(size), at_(now) {}

  bool Take(double size, double per_second, base::Microseconds now);
  bool IsFull(double size, double per_second, base::Microseconds now) const;

 private:
  double LeftAt(double size, double per_second, base::Microseconds now) const;

  double left_ = 0;
  base::Microseconds at_{0};
};

// Thread: that of the network.
class Limits {
 public:
  bool TakeThroughput(double per_second, base::Microseconds now);
  bool TakePair(std::string_view recipient, base::Microseconds now);

 private:
  Bucket all_;
  bool started_ = false;
  std::map<std::string, Bucket, std::less<>> pairs_;
};

}  // namespace parley::sim::graph

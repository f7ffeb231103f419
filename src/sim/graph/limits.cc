#include "sim/graph/limits.h"

#include <algorithm>

namespace parley::sim::graph {

double Bucket::LeftAt(double size, double per_second, base::Microseconds now) const {
  const double seconds = std::chrono::duration<double>(now - at_).count();
  return std::min(size, left_ + seconds * per_second);
}

bool Bucket::Take(double size, double per_second, base::Microseconds now) {
  left_ = LeftAt(size, per_second, now);
  at_ = now;
  if (left_ < 1) return false;
  left_ -= 1;
  return true;
}

bool Bucket::IsFull(double size, double per_second, base::Microseconds now) const {
  return LeftAt(size, per_second, now) >= size;
}

bool Limits::TakeThroughput(double per_second, base::Microseconds now) {
  if (!std::exchange(started_, true)) all_ = Bucket(per_second, now);
  return all_.Take(per_second, per_second, now);
}

bool Limits::TakePair(std::string_view recipient, base::Microseconds now) {
  auto pair = pairs_.find(recipient);
  if (pair == pairs_.end()) {
    if (pairs_.size() >= kMaxPairs)
      std::erase_if(pairs_, [now](const auto& entry) {
        return entry.second.IsFull(kPairBurst, kPairPerSecond, now);
      });
    if (pairs_.size() >= kMaxPairs) return false;
    pair = pairs_.emplace(std::string(recipient), Bucket(kPairBurst, now)).first;
  }
  return pair->second.Take(kPairBurst, kPairPerSecond, now);
}

}  // namespace parley::sim::graph

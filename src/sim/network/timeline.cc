#include "sim/network/timeline.h"

namespace parley::sim::network {

Timeline::Timeline(base::Scheduler& scheduler, base::Random& random, base::Duration jitter)
    : scheduler_(scheduler), random_(random), jitter_(jitter) {}

base::Callback Timeline::WhileAlive(base::Callback callback) {
  return [alive = std::weak_ptr<const bool>(alive_), callback = std::move(callback)]() mutable {
    if (!alive.expired()) callback();
  };
}

void Timeline::Post(base::Callback callback) { scheduler_.Post(WhileAlive(std::move(callback))); }

void Timeline::After(base::Duration delay, base::Callback callback) {
  if (delay <= base::Duration(0)) return Post(std::move(callback));
  scheduler_.After(delay, WhileAlive(std::move(callback)));
}

void Timeline::At(base::Time due, base::Callback callback) {
  const Place place(due, next_++);
  waiting_.emplace(place, std::move(callback));
  After(due - Now(), [this, place] { RunUpTo(place); });
}

void Timeline::RunUpTo(const Place& place) {
  while (!waiting_.empty() && waiting_.begin()->first <= place)
    waiting_.extract(waiting_.begin()).mapped()();
}

base::Duration Timeline::Jittered(base::Duration delay) {
  if (jitter_ <= base::Duration(0)) return delay;
  const auto bound = static_cast<std::uint64_t>(jitter_.count()) + 1;
  return delay + base::Duration(static_cast<std::int64_t>(random_.Below(bound)));
}

}  // namespace parley::sim::network

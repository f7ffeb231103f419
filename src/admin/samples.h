// What the node did lately: a sample every five seconds, for the last hour, in memory. The
// dashboard draws them.
//
// Sampling rests when nothing has changed for a minute, and goes on with the next request or event;
// the steps between were like the last one.
#pragma once

#include <cstdint>
#include <deque>

#include "admin/node.h"
#include "base/scheduler.h"
#include "core/event_bell.h"

namespace parley::admin {

// One step: what was counted in it, and how it stood at its end.
struct Sample {
  LoadCounters counted;
  LoadLevels levels;
};

// Thread: its scheduler's. The arguments outlive it; Start and Stop come once, in this order.
class Samples {
 public:
  static constexpr std::chrono::seconds kStep{5};
  static constexpr std::size_t kMaxSamples = 720;  // an hour
  static constexpr int kQuietSteps = 12;           // without a change: then it rests

  Samples(base::Scheduler& scheduler, core::EventBell& bell, const Node& node)
      : scheduler_(scheduler),
        bell_(bell),
        node_(node),
        changed_(scheduler),
        stopped_(scheduler),
        ended_(scheduler) {}

  void Start();
  base::Task<> Stop();

  // A request came. Cheap while it is awake, which is when requests come often.
  void Wake() {
    if (resting_) changed_.Notify();
  }

  // Oldest first, up to now.
  const std::deque<Sample>& Read();
  // When the oldest one's step began, as of the last Read.
  base::Time from() const;
  bool is_resting() const { return resting_; }

 private:
  base::Task<> Run();
  void Take();
  // The steps that have passed since the last sample, as nothing happened in them.
  void FillQuiet();
  void Add(Sample sample);

  base::Scheduler& scheduler_;
  core::EventBell& bell_;
  const Node& node_;
  base::Signal changed_, stopped_, ended_;
  std::deque<Sample> samples_;
  Load last_;
  base::Microseconds sampled_until_{0};  // the end of the last sample's step
  int quiet_ = 0;                        // steps without a change, in a row
  bool running_ = false, stopping_ = false, resting_ = false;
};

}  // namespace parley::admin

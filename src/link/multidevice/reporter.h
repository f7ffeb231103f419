// Reporter: the one way from the parts of a link to the core, which takes one report at a time.
#pragma once

#include <list>
#include <vector>

#include "base/scheduler.h"
#include "base/task.h"
#include "core/channels/link.h"

namespace parley::link::multidevice {

// The arguments outlive it. Thread: the channel's.
class Reporter final : public core::LinkEvents {
 public:
  Reporter(core::LinkEvents& events, base::Scheduler& scheduler)
      : events_(events), scheduler_(scheduler), stopped_changed_(scheduler) {}

  // Calls may overlap; they are done in their order. While the store cannot take a report it is
  // repeated, until Stop. Any other failure is the caller's.
  base::Task<base::Result<void>> Report(std::vector<core::LinkReport> reports,
                                        core::LinkWrites state) override;
  // From now on a report is tried once.
  void Stop();

 private:
  core::LinkEvents& events_;
  base::Scheduler& scheduler_;
  bool busy_ = false;  // somebody has the turn
  bool stopped_ = false;
  std::list<base::Resume> turns_;  // not a deque: that takes half a kilobyte while it is empty
  base::Signal stopped_changed_;
};

}  // namespace parley::link::multidevice

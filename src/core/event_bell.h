// EventBell: wakes those who follow the event log when something was appended.
#pragma once

#include <mutex>
#include <utility>
#include <vector>

#include "base/scheduler.h"
#include "core/store.h"

namespace parley::core {

// Thread: any. Listeners are signalled on their own scheduler's thread, at most once per turn.
class EventBell {
 public:
  // Hooks itself into the store.
  explicit EventBell(StoreBackend& store);

  // Notifies `signal` on `scheduler` until Leave; both must live until then.
  void Join(base::Scheduler& scheduler, base::Signal& signal);
  void Leave(base::Signal& signal);

 private:
  void Ring();

  struct Listener {
    base::Scheduler* scheduler;
    base::Signal* signal;
  };
  std::mutex mutex_;
  std::vector<Listener> listeners_;        // guarded by mutex_
  std::vector<base::Scheduler*> ringing_;  // posted and not yet run; guarded by mutex_
};

}  // namespace parley::core

#include "core/event_bell.h"

#include <algorithm>

namespace parley::core {

EventBell::EventBell(StoreBackend& store) {
  store.OnEvents([this] { Ring(); });
}

void EventBell::Join(base::Scheduler& scheduler, base::Signal& signal) {
  const std::lock_guard lock(mutex_);
  listeners_.push_back(Listener{&scheduler, &signal});
}

void EventBell::Leave(base::Signal& signal) {
  const std::lock_guard lock(mutex_);
  std::erase_if(listeners_, [&](const Listener& listener) { return listener.signal == &signal; });
}

// On the writer's thread: one post per scheduler, however many commits come before it runs.
void EventBell::Ring() {
  std::vector<base::Scheduler*> wake;
  {
    const std::lock_guard lock(mutex_);
    for (const Listener& listener : listeners_) {
      if (std::find(ringing_.begin(), ringing_.end(), listener.scheduler) != ringing_.end())
        continue;
      ringing_.push_back(listener.scheduler);
      wake.push_back(listener.scheduler);
    }
  }
  for (base::Scheduler* scheduler : wake) {
    scheduler->Post([this, scheduler] {
      std::vector<base::Signal*> signals;
      {
        const std::lock_guard lock(mutex_);
        std::erase(ringing_, scheduler);
        for (const Listener& listener : listeners_)
          if (listener.scheduler == scheduler) signals.push_back(listener.signal);
      }
      for (base::Signal* signal : signals) signal->Notify();
    });
  }
}

}  // namespace parley::core

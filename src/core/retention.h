// Retention: what is old enough goes, a little at a time.
//
// A sweep every hour deletes idempotency records that have expired, messages, media and events
// older than the options say, settled deliveries of events that are gone, and files that no media
// row names: those of deleted rows, and those that a crash left between file and commit. Each step
// is one small transaction followed by a pause, so that nobody waits for it.
//
// An event stays as long as a delivery needs it. A message that is still queued when its time is up
// fails first, with its event, and goes with a later sweep. The newest message, event and record
// always stay: their numbers must not be given again.
#pragma once

#include <atomic>
#include <cstdint>

#include "base/blocking_pool.h"
#include "base/random.h"
#include "base/scheduler.h"
#include "core/media/media_source.h"
#include "core/store.h"

namespace parley::core {

struct RetentionOptions {
  base::Duration events{0}, messages{0}, media{0};  // 0 = for ever
  base::Duration interval = std::chrono::hours(1);
};

// What was deleted since the start. Thread: any.
struct RetentionCounters {
  std::atomic<std::int64_t> events{0}, deliveries{0}, messages{0}, expired_messages{0}, media{0},
      records{0}, failed_sweeps{0};
};

// Thread: its store's scheduler, except the counters.
class Retention {
 public:
  Retention(Store& store, base::Random& random, base::BlockingPool& pool, BlobStore& blobs,
            RetentionOptions options);

  // Sweeps from now on, first after one interval.
  void Start();
  // Ends the sweep under way after its step.
  base::Task<> Stop();

  // One sweep. The error of the step that failed; what came before it stays done.
  base::Task<base::Result<void>> Sweep();

  const RetentionCounters& counters() const { return counters_; }

 private:
  base::Task<> Run();
  base::Task<> Weigh();
  base::Task<base::Result<void>> SweepRecords();
  base::Task<base::Result<void>> SweepMessages();
  base::Task<base::Result<void>> SweepMedia();
  base::Task<base::Result<void>> SweepEvents();
  base::Task<base::Result<void>> SweepFiles();
  base::Task<base::Result<void>> SweepShelf(std::uint8_t shelf);
  base::Time Before(base::Duration age) const { return scheduler_.Now() - age; }

  Store& store_;
  base::Scheduler& scheduler_;
  base::Random& random_;
  base::BlockingPool& pool_;
  BlobStore& blobs_;
  const RetentionOptions options_;
  RetentionCounters counters_;
  bool running_ = false, stopping_ = false;
  base::Signal wake_, ended_;
};

}  // namespace parley::core

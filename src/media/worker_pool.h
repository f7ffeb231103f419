// Processes that look into media for the gateway (media/worker): a few, started when they are first
// needed, each with one job at a time. One that hangs is killed with whatever it does, one that has
// ended is replaced; the file it was about fails, and nothing else.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "media/worker/descriptor.h"
#include "media/worker/protocol.h"

namespace parley::media {

struct WorkerOptions {
  std::string program;                                // full path of parley-media-worker
  base::Duration longest = std::chrono::seconds(60);  // that one job may take, by the clock
};

// Counted since the start, but for `running`. Thread: any.
struct WorkerCounters {
  std::int64_t running = 0;  // now
  std::int64_t jobs = 0;     // begun
  std::int64_t done = 0;
  std::int64_t unreadable = 0, too_large = 0, empty = 0;  // refused, for a reason of the file
  std::int64_t died = 0, hung = 0;                        // the process did
};

// Thread: any; one job is under way for each thread that calls Run.
class WorkerPool {
 public:
  struct Work {
    worker::Answer answer;
    std::string output;
  };

  virtual ~WorkerPool() = default;
  // Blocks until the job is done or given up. The errors are those of core::MediaCare, kOverloaded
  // aside.
  virtual base::Result<Work> Run(const worker::Request& request, worker::Descriptor input) = 0;
  virtual WorkerCounters counters() const = 0;
};

// kUnavailable when there is no such program, with what to do about it.
base::Result<std::unique_ptr<WorkerPool>> MakeWorkerPool(WorkerOptions options);

// A file in memory that holds the bytes. kUnavailable when there is no room for it.
base::Result<worker::Descriptor> FileOf(std::string_view bytes);

}  // namespace parley::media

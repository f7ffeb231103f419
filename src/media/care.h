// Media care by processes of their own (worker_pool.h): what there is to do for which kind of file,
// within which limits.
#pragma once

#include <cstddef>
#include <memory>

#include "base/blocking_pool.h"
#include "base/scheduler.h"
#include "core/media/media_care.h"
#include "core/media/media_source.h"
#include "media/worker_pool.h"

namespace parley::media {

struct CareOptions {
  bool keep_place = false;       // images keep what they say of themselves
  std::size_t max_waiting = 64;  // files that are worked on or wait for it; more is kOverloaded
};

// `threads` is a pool of its own with one thread for each process, or the inline pool. All
// arguments outlive the care. Thread: the scheduler's.
std::unique_ptr<core::MediaCare> MakeCare(base::Scheduler& scheduler, base::BlockingPool& threads,
                                          core::BlobStore& blobs, WorkerPool& workers,
                                          CareOptions options);

}  // namespace parley::media

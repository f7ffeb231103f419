// Media on its way between the network's shelf and the gateway's blob store.
#pragma once

#include <optional>
#include <string>

#include "base/blocking_pool.h"
#include "base/random.h"
#include "base/scheduler.h"
#include "core/media/media_source.h"
#include "core/messages/content.h"
#include "link/simulated/translate.h"

namespace parley::link::simulated {

// Of one channel. All arguments outlive it. Thread: that of the scheduler.
class MediaCarrier {
 public:
  MediaCarrier(base::Scheduler& scheduler, base::Random& random, base::BlockingPool& pool,
               core::BlobStore& blobs, net::Network& network, core::AccountRow account)
      : scheduler_(scheduler),
        random_(random),
        pool_(pool),
        blobs_(blobs),
        network_(network),
        account_(account) {}

  // Copies media from the network into the blob store, as often as the disk takes: only then may
  // its message be reported. Without a type it is a picture, whose bytes say which. None when the
  // network has lost it, or after Stop.
  base::Task<std::optional<core::Media>> Take(net::Media media);
  // The other way round; false when the bytes are gone.
  base::Task<bool> Give(core::MediaRef media);
  // Nothing is tried again from now on.
  void Stop() { stopped_ = true; }

 private:
  // Returns how the bytes begin.
  base::Result<std::string> Copy(const net::StoredMedia& stored, const std::string& sha256);

  base::Scheduler& scheduler_;
  base::Random& random_;
  base::BlockingPool& pool_;
  core::BlobStore& blobs_;
  net::Network& network_;
  const core::AccountRow account_;
  bool stopped_ = false;
};

}  // namespace parley::link::simulated

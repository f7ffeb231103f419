// Files on their way between Meta's media store and the gateway's.
//
// Meta keeps a file for 30 days, and the URL under which it is fetched for five minutes
// (Cloud API, "Media"); it is asked for anew for each attempt.
#pragma once

#include <optional>
#include <string>

#include "base/blocking_pool.h"
#include "base/random.h"
#include "base/scheduler.h"
#include "core/media/media_source.h"
#include "link/cloud/uplink.h"

namespace parley::link::cloud {

// A file that a webhook speaks of.
struct MediaMention {
  std::string id;
  std::string mime_type;
  std::string file_name;
};

// What Meta calls a file that was handed up, or why it was not.
struct GivenMedia {
  std::string id;
  GraphAnswer answer;  // when there is no id
};

// Of one channel. All arguments outlive it. Thread: the scheduler's.
class CloudMedia {
 public:
  CloudMedia(base::Scheduler& scheduler, base::Random& random, base::BlockingPool& pool,
             core::BlobStore& blobs, Uplink& uplink, core::AccountRow account)
      : scheduler_(scheduler),
        random_(random),
        pool_(pool),
        blobs_(blobs),
        uplink_(uplink),
        account_(account),
        stop_(scheduler) {}

  // The row of a file that is in the blob store then. None when Meta does not give it (any more),
  // when it is larger than WhatsApp allows, or after Stop.
  base::Task<std::optional<core::Media>> Take(MediaMention mention);
  base::Task<GivenMedia> Give(core::MediaRef media);
  // The number's own picture, by a resumable upload: the id is a handle. kMediaWrongType,
  // kMediaTooLarge when it is none that Meta takes, kUnavailable when Meta's answers make no sense.
  base::Task<base::Result<GivenMedia>> GivePicture(core::MediaRef picture);
  // The picture of a profile, whose URL Graph told. As Take, but tried once.
  base::Task<std::optional<core::Media>> TakePicture(std::string url);
  // Nothing is tried again from now on.
  void Stop() {
    stopped_ = true;
    stop_.Notify();
  }

 private:
  base::Task<base::Result<core::Media>> TakeOnce(MediaMention mention);
  // nullopt when it is not stored any more.
  base::Task<std::optional<std::string>> BytesOf(core::MediaRef media, GivenMedia* given);
  // A row for bytes that are stored.
  core::Media RowOf(core::MediaRef ref);

  base::Scheduler& scheduler_;
  base::Random& random_;
  base::BlockingPool& pool_;
  core::BlobStore& blobs_;
  Uplink& uplink_;
  const core::AccountRow account_;
  bool stopped_ = false;
  base::Signal stop_;
};

}  // namespace parley::link::cloud

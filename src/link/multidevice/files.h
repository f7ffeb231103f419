// Files: what lies on the network's media hosts, and stored media that is given to the network.
#pragma once

#include <string>

#include "base/blocking_pool.h"
#include "base/result.h"
#include "base/task.h"
#include "core/channels/channel.h"
#include "core/media/media_source.h"
#include "core/secrets.h"
#include "core/store.h"
#include "http/client.h"

namespace parley::link::multidevice {

// Of all channels. All arguments outlive it. Thread: the store's scheduler's.
class Files {
 public:
  Files(core::Store& store, core::Secrets& secrets, base::BlockingPool& pool, http::Client& client,
        core::MediaSource& media, core::BlobStore& blobs)
      : store_(store),
        secrets_(secrets),
        pool_(pool),
        client_(client),
        media_(media),
        blobs_(blobs) {}

  // The picture behind a URL that the network gave: its bytes are stored then, the row is not. At
  // most core::kMaxPicture bytes, within `limit`. kNotSupported for a channel with a proxy, past
  // which nothing may go; kUnavailable and kTimeout of the host, and what http::Client and
  // core::MediaSource say else.
  base::Task<base::Result<core::Media>> FetchPicture(core::Channel channel, std::string url,
                                                     base::Duration limit);
  // The bytes of stored media, when they are no more than that: kMediaTooLarge. kNotFound when they
  // are gone.
  base::Task<base::Result<std::string>> Read(core::MediaRef media, std::int64_t max);

 private:
  core::Store& store_;
  core::Secrets& secrets_;
  base::BlockingPool& pool_;
  http::Client& client_;
  core::MediaSource& media_;
  core::BlobStore& blobs_;
};

}  // namespace parley::link::multidevice

// The media source: bytes from a URL, a request or the store, checked and put into the blob store.
//
// URLs are fetched with the address guard, streamed to disk with the size limit enforced while
// reading; the digest is taken on the way.
#pragma once

#include <memory>

#include "base/blocking_pool.h"
#include "base/random.h"
#include "core/media/media_source.h"
#include "core/store.h"
#include "http/client.h"
#include "media/sniff.h"

namespace parley::media {

inline constexpr base::Duration kFetchTimeout = std::chrono::seconds(60);

// All arguments outlive the source. Thread: the store's scheduler.
std::unique_ptr<core::MediaSource> MakeFetcher(core::Store& store, base::Random& random,
                                               base::BlockingPool& pool, core::BlobStore& blobs,
                                               http::Client& client, Sniffer& sniffer);

}  // namespace parley::media

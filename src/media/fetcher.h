// The media source: bytes from a URL, a request or the store, checked and put into the blob store.
//
// URLs are fetched with the address guard and streamed to disk; the size limit of the likely kind
// is enforced while reading, that of the real one when the type is known. The digest is taken on
// the way. A URL of our own media links is looked up instead of fetched: whoever has it may have
// the bytes. Redirects are not followed: the address behind them was not checked. Bytes that came
// with the request are in memory already and are bounded by their route's body limit. What is for a
// message goes through media care at the end.
#pragma once

#include <memory>

#include "base/blocking_pool.h"
#include "base/random.h"
#include "core/media/media_care.h"
#include "core/media/media_source.h"
#include "core/store.h"
#include "http/client.h"
#include "media/sniff.h"

namespace parley::media {

inline constexpr base::Duration kFetchTimeout = std::chrono::seconds(60);

// All arguments outlive the source. Thread: the store's scheduler.
std::unique_ptr<core::MediaSource> MakeFetcher(core::Store& store, base::Random& random,
                                               base::BlockingPool& pool, core::BlobStore& blobs,
                                               http::Client& client, Sniffer& sniffer,
                                               const core::MediaLinks& links,
                                               core::MediaCare& care);

}  // namespace parley::media

// Public URLs of media, and the service behind them.
//
// A URL is <public base>/media/<id>-<mac>/<file name>. The mac is the first 16 bytes of an HMAC
// over the id under a key of the gateway's own, so a URL cannot be guessed and needs no other
// permission. The file name is for people; it is not checked.
#pragma once

#include <memory>
#include <string>

#include "core/media/media_source.h"
#include "core/secrets.h"
#include "core/store.h"
#include "http/message.h"

namespace parley::media {

// `public_base` is where receivers reach this gateway, without a slash at the end.
std::unique_ptr<core::MediaLinks> MakeLinks(const core::Secrets& secrets, std::string public_base);

// Serves GET and HEAD under /media with single ranges (RFC 9110, section 14; If-Range too), entity
// tags (If-None-Match) and immutable caching. What a browser could run is sent as a download.
// Thread: the store's scheduler.
std::unique_ptr<http::Service> MakeService(core::Store& store, core::BlobStore& blobs,
                                           const core::Secrets& secrets);

}  // namespace parley::media

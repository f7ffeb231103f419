// Where a call's file comes from.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "core/media/media_source.h"
#include "http/body.h"

namespace parley::api::onemsg {

// Sets the draft's source, and what comes with it of type and name: the file of a multipart
// request, else `body`, which is a link or a base64 data URI. A fault on "body" otherwise.
base::Result<void> ReadSource(const http::Body& request, const std::optional<std::string>& body,
                              core::MediaDraft& draft);

}  // namespace parley::api::onemsg

// 1MSG's errors: {"error": "..."}, or {"sent": false, "message": "..."} from the send calls, or
// plain text when the subscription itself is the problem.
#pragma once

#include "api/onemsg/dialect.h"
#include "base/error.h"
#include "http/message.h"

namespace parley::api::onemsg {

http::Response EncodeError(const base::Error& error, ErrorShape shape);

}  // namespace parley::api::onemsg

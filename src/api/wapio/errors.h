// Wapio's errors: {"success": false, "message", "reason_code", "errors"?}.
#pragma once

#include "base/error.h"
#include "http/message.h"

namespace parley::api::wapio {

http::Response EncodeError(const base::Error& error);

}  // namespace parley::api::wapio
